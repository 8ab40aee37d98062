"""The shop's own words are found by their own wording, and nothing a template says stands beside them."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafting import TEMPLATES

from console.domain.text import clean
from console.drafts.desk import Outcome, draft_for
from console.drafts.faq import bare
from console.runtime.recording import read_catalogue
from console.runtime.tables import shipped_rules
from console.shop.catalogue import Catalogue
from console.triage.same import resolve
from console.triage.understand import understand

FEEDS = Path(__file__).parents[2] / "sample_feeds"
SHOPS: dict[str, Catalogue] = {name: read_catalogue(str(FEEDS / f"{name}.toml"))[1] for name in ("autumn_coats", "flash_sale", "overseas")}
RULES = shipped_rules()
ASKS = [(name, entry.id, ask, entry.link) for name, shop in SHOPS.items() for entry in shop.faq.entries for ask in entry.ask]


def said(name: str, text: str, on_air: str | None = None) -> Outcome:
    """As `liveroom draft` does: understand, resolve, draft, while the catalogue is fresh."""
    shop = SHOPS[name]
    u = understand(clean(text), RULES.lexicon)
    slots = resolve(u, on_air)
    return draft_for(u, slots, shop, (shop.updated_ms or 0) + 60_000, text=clean(text), lang="zh", templates=TEMPLATES, on_air=on_air)


def source(outcome: Outcome) -> str | None:
    """The first fact of the first draft; None = refused."""
    return outcome[0][0].facts[0].path if outcome[0] else None


@pytest.mark.parametrize(("name", "entry", "ask", "link"), ASKS, ids=lambda value: str(value))
def test_every_question_that_a_shop_wrote_down_gets_the_answer_beside_it(name: str, entry: str, ask: str, link: str | None) -> None:
    assert source(said(name, ask, link)) == f"faq[{entry}]"


@pytest.mark.parametrize(
    ("name", "on_air", "text", "entry"),
    [
        ("autumn_coats", "2", "可以开票吗 公司报销哈哈", "invoice"),
        ("autumn_coats", "2", "帮我改下地址", "address"),
        ("autumn_coats", "1", "3号能机洗么", "coat-wash"),
        ("autumn_coats", "1", "大衣能机洗吗", "coat-wash"),
        ("autumn_coats", "3", "新疆包邮吗", "remote"),
        ("overseas", "3", "ship to UK?", "countries"),
        ("overseas", "3", "do you ship to Canada", "countries"),
        ("overseas", "3", "free shipping over 35?", "shipping-cost"),
        ("overseas", "3", "is shipping free", "shipping-cost"),
        ("overseas", "3", "满多少包邮", "shipping-cost"),
        ("flash_sale", "2", "锅还补吗", "restock"),
        ("flash_sale", "1", "什么时候补货", "restock"),
    ],
)
def test_the_same_matter_in_other_words_gets_that_answer_alone(name: str, on_air: str, text: str, entry: str) -> None:
    outcome = said(name, text, on_air)
    assert source(outcome) == f"faq[{entry}]"
    assert [draft.source for draft in outcome[0] if "claims_allowed" not in str(draft.facts)] == ["faq"]


def test_a_price_is_no_question_about_shipping_that_shares_its_words() -> None:
    assert said("overseas", "how much", "1")[0][0].text == "#1 Glow Serum is $18.90 during this live, in stock."
    assert said("overseas", "how much")[1] is not None


def test_a_products_entry_found_without_a_product_says_which_it_speaks_about() -> None:
    assert "保温杯" in said("flash_sale", "多少毫升")[0][0].text
    assert said("overseas", "how big is it")[0] == ()


@pytest.mark.parametrize("text", ["显示已售罄", "显示抢光了", "抢不到", "没抢到", "秒光", "2号没了"])
def test_who_could_not_buy_is_for_a_person_never_told_that_there_is_stock(text: str) -> None:
    drafts, refused, meanwhile = said("flash_sale", text, "2")
    assert drafts == () and refused is not None and refused.reason == "no_match" and meanwhile


def test_questions_to_the_shop_never_ask_which_link_is_meant() -> None:
    for text in ("退款多久到账", "不喜欢咋退", "有优惠吗"):
        refused = said("autumn_coats", text)[1]
        assert refused is not None and refused.reason == "no_fact" and refused.missing, text


def test_the_link_and_the_name_are_no_part_of_the_wording() -> None:
    product = SHOPS["autumn_coats"].by_link["3"]
    assert bare("3号能机洗么", product) == "能机洗么" and bare("双面羊毛大衣能机洗吗", product) == "能机洗吗"
    assert bare("9块9多少颗", None) == "9块9多少颗" and bare("3号", product) == "3号"
