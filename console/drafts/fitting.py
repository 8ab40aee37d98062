"""Answers about size, colour and material."""

from __future__ import annotations

import re

from console.domain.text import fold
from console.domain.values import Fact, Refusal
from console.drafts.ask import Answer, Answerer, Ask, Said, lacks, one_of, path, product_of, warned, who
from console.drafts.colours import ANSWERS as COLOURS
from console.drafts.gate import lone_height
from console.drafts.wording import has_word, is_written_in
from console.shop.sizes import Reading, SizeAnswer, SizeChart, fits, judged, look_up, same_size, several, size_for

_BARE_PAIR = re.compile(r"(?<![\d.])(\d{2,3})(?:\s*[,，/、和]\s*|\s+)(\d{2,3})(?![\d.])")
_UNITS = re.compile(r"斤|公斤|kg|cm|厘米|米|lb|磅|公分|inch|\bin\b|'|ft")
GRAMS_A_JIN, GRAMS_A_KG, MICROGRAMS_A_LB = 500, 1000, 453_592_370
TENTHS_MM_AN_INCH = 254
_FILLINGS = ("填充", "绒", "fill", "down")
_RUNS = ("平时", "正码", "标准码", "偏大", "偏小", "usual size", "true to size", "oversized", "runs large", "runs small")
"""A note that speaks of these tells how a product runs; "两码之间拍大一码" does not."""
_INGREDIENTS = ("成分", "ingredient", "glycerin", "acid", "oil", "surfactant", "表面活性剂")
FIGURES = ("小个子", "高个子", "微胖", "梨形", "苹果型", "女士", "男", "老公", "妈妈")
"""People of whom the two body numbers say all that a chart needs."""
UNFIT = ("孕妇", "哺乳期", "产后", "过敏", "敏感肌", "糖尿病", "高血压", "宠物", "狗", "猫")
"""Whether these can wear it is no question of size."""
ADULT_FROM_Y = 16
"""Below this age an adult's chart says nothing."""
_ASK = {"need_both": "size.ask_both", "need_height": "size.ask_height", "need_weight": "size.ask_weight"}


def size_which(ask: Ask) -> Answer:
    """The chart's cell for the numbers of the question, yes or no where a size was named, or the number that is missing."""
    chart = _chart(ask)
    if isinstance(chart, Refusal):
        return chart
    if ask.slots.size and not (ask.slots.height_mm or ask.slots.weight_g) and ask.aspect != "size.fits":
        return size_have(ask)
    height = ask.slots.height_mm or lone_height(ask)
    answer = _spoken_pair(ask, chart) or size_for(chart, height, ask.slots.weight_g)
    where = f"size_chart.{chart.name}"
    if answer.kind == "outside":
        return Refusal("outside_chart", where)
    named, name = who(ask)
    if answer.kind in _ASK:
        if answer.kind == "need_both" and (several(ask.slots.age_y) or any(one not in FIGURES for one in one_of(ask.slots.person))):
            return Refusal("no_fact", path(product_of(ask), "size_chart[person]"))
        return Said((ask.voice.say(_ASK[answer.kind]),), (Fact(where, ask.voice.join(chart.sizes)),))
    return warned(ask, _ambiguous(ask, where, answer) if answer.kind == "ambiguous" else _one_size(ask, chart, answer, (named, name)))


def _chart(ask: Ask) -> SizeChart | Refusal:
    product = product_of(ask)
    chart = ask.catalogue.chart(product)
    if chart is None:
        return lacks(product, "size_chart")
    people = f"{ask.folded} {' '.join(one_of(ask.slots.person))}"
    if any(one in UNFIT for one in one_of(ask.slots.person)):
        return Refusal("no_fact", path(product, "size_chart[person]"))
    is_child = has_word(people, ask.templates.bodies) or any(age < ADULT_FROM_Y for age in several(ask.slots.age_y))
    others = {"women": "men", "men": "women"}.get(chart.serves or "")
    if is_child or (others is not None and has_word(people, ask.templates.sexes.get(others, ()))):
        return Refusal("no_fact", path(product, "size_chart[person]"))
    return chart


def _one_size(ask: Ask, chart: SizeChart, answer: SizeAnswer, named: tuple[str, Fact]) -> Said:
    assert answer.size is not None
    where, body = f"size_chart.{chart.name}", _body(ask, answer.readings[0])
    facts = [named[1], Fact(where, answer.size), *_question_facts(ask, answer.readings[:1])]
    asked = one_of(ask.slots.size)
    if asked:
        does_fit = any(fits(answer, one) for one in asked)
        one = next((size for size in asked if same_size(size, answer.size)), ask.voice.join(asked))
        facts.append(Fact("question.size", ask.voice.join(asked)))
        key = "size.fits" if does_fit else "size.fits_none" if len(asked) > 1 else "size.not_fits"
        clauses = [ask.voice.say(key, body=body, asked=one, size=answer.size)]
    else:
        clauses = [ask.voice.say("size.one", body=body, who=named[0], size=answer.size)]
    if chart.note is not None and is_written_in(chart.note, ask.voice.lang):
        clauses.append(ask.voice.say("size.note", note=chart.note))
        facts.append(Fact(f"{where}.note", chart.note))
    return Said(tuple(clauses), tuple(facts))


def _ambiguous(ask: Ask, where: str, answer: SizeAnswer) -> Said:
    clauses = [
        ask.voice.say("size.reading", body=_body(ask, one), size=one.size)
        if one.size
        else ask.voice.say("size.reading_outside", body=_body(ask, one))
        for one in answer.readings
    ]
    facts = [Fact(where, one.size) for one in answer.readings if one.size]
    return Said((*clauses, ask.voice.say("size.which")), (*facts, *_question_facts(ask, answer.readings)))


def _spoken_pair(ask: Ask, chart: SizeChart) -> SizeAnswer | None:
    """160 175 without units: 160 cm and 175 jin, or 160 jin and 175 cm. Both readings are shown."""
    found = _BARE_PAIR.search(ask.folded)
    if ask.voice.lang != "zh" or found is None or _UNITS.search(ask.folded):
        return None
    one, other = int(found[1]), int(found[2])
    if not (140 <= one <= 209 and 140 <= other <= 209):
        return None
    pairs = ((one, other), (other, one))
    return judged([Reading(cm * 10, jin * GRAMS_A_JIN, look_up(chart, cm * 10, jin * GRAMS_A_JIN)) for cm, jin in pairs])


def _body(ask: Ask, one: Reading) -> str:
    return f"{_height(ask, one.height_mm)}/{_weight(ask, one.weight_g)}"


def _question_facts(ask: Ask, readings: tuple[Reading, ...]) -> tuple[Fact, ...]:
    """The viewer's own numbers as the draft shows them: they stand in the question, in whatever spelling."""
    found: dict[Fact, None] = {}
    for one in readings:
        found.setdefault(Fact("question.height_mm", _height(ask, one.height_mm)))
        found.setdefault(Fact("question.weight_g", _weight(ask, one.weight_g)))
    return tuple(found)


def _weight(ask: Ask, grams: int) -> str:
    """In the viewer's unit: jin, kg or lb."""
    if re.search(r"\blbs?\b|\dlbs?|pound|磅", ask.folded):
        return f"{(grams * 1_000_000 + MICROGRAMS_A_LB // 2) // MICROGRAMS_A_LB} lb"
    if ask.voice.lang == "zh" and not re.search(r"公斤|kg|千克", ask.folded):
        return f"{_tenths(grams * 10 // GRAMS_A_JIN)}斤"
    return f"{_tenths(grams * 10 // GRAMS_A_KG)}kg"


def _height(ask: Ask, millimetres: int) -> str:
    if re.search(r"\d\s*['’′]|(?:\b|\d)ft\b|feet|foot|inch|英尺|\d\s*in\b", ask.folded):
        feet, inches = divmod((millimetres * 10 + TENTHS_MM_AN_INCH // 2) // TENTHS_MM_AN_INCH, 12)
        return f"{feet}'{inches}\""
    return f"{_tenths(millimetres)}cm"


def _tenths(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)


def size_have(ask: Ask) -> Answer:
    """Whether the range holds a size."""
    product = product_of(ask)
    chart = ask.catalogue.chart(product)
    if chart is None:
        return lacks(product, "size_chart")
    asked = one_of(ask.slots.size)
    if not asked:
        return size_all(ask)
    named, name = who(ask)
    range_of = Fact(f"size_chart.{chart.name}", ask.voice.join(chart.sizes))
    facts = (name, range_of, Fact("question.size", ask.voice.join(asked)))
    have = [next((size for size in chart.sizes if same_size(size, one)), None) for one in asked]
    if all(have):
        sizes = ask.voice.join(tuple(str(one) for one in have))
        return warned(ask, Said((ask.voice.say("size.have", who=named, asked=sizes),), facts))
    lacking = ask.voice.join(tuple(one for one, found in zip(asked, have, strict=True) if found is None))
    everything = ask.voice.say("size.all", who="", sizes=ask.voice.join(chart.sizes)).strip()
    return warned(ask, Said((ask.voice.say("size.not_have", who=named, asked=lacking), everything), facts, is_good_news=False))


def size_all(ask: Ask) -> Answer:
    """The range of sizes and the bodies it serves."""
    product = product_of(ask)
    chart = ask.catalogue.chart(product)
    if chart is None:
        return lacks(product, "size_chart")
    if ask.slots.height_mm or ask.slots.weight_g:
        return size_which(ask)
    named, name = who(ask)
    sizes = ask.voice.join(chart.sizes)
    bounds = {
        "height_from": _height(ask, chart.heights_mm[0]),
        "height_to": _height(ask, chart.max_height_mm),
        "weight_from": _weight(ask, chart.weights_g[0]),
        "weight_to": _weight(ask, chart.max_weight_g),
    }
    clauses = (ask.voice.say("size.all", who=named, sizes=sizes), ask.voice.say("size.range", **bounds))
    where = f"size_chart.{chart.name}"
    ends = Fact(f"{where}.max", "–".join(bounds.values()))
    return warned(ask, Said(clauses, (name, Fact(where, sizes), ends)))


def size_run(ask: Ask) -> Answer:
    """Whether it runs large or small: only the chart's own note knows."""
    product = product_of(ask)
    chart = ask.catalogue.chart(product)
    if chart is None:
        return lacks(product, "size_chart")
    if chart.note is None or not has_word(fold(chart.note), _RUNS):
        return Refusal("no_fact", f"size_chart.{chart.name}.note")
    return warned(ask, Said((ask.voice.say("size.note", note=chart.note),), (Fact(f"size_chart.{chart.name}.note", chart.note),)))


def material_what(ask: Ask) -> Answer:
    """What it is made of, in the catalogue's words."""
    product = product_of(ask)
    if product.material is None:
        return lacks(product, "material")
    named, name = who(ask)
    fact = Fact(path(product, "material"), product.material)
    key = "material.content" if has_word(ask.folded, _INGREDIENTS) or has_word(fold(product.material), _INGREDIENTS) else "material.what"
    return Said((ask.voice.say(key, who=named, material=product.material),), (name, fact))


def material_fill(ask: Ask) -> Answer:
    """What it is filled with, where the catalogue's words about the material say so."""
    product = product_of(ask)
    is_told = product.material is not None and has_word(fold(product.material), _FILLINGS)
    return material_what(ask) if is_told else lacks(product, "material")


def material_down(ask: Ask) -> Answer:
    """含绒量 is a share and may stand in the material; 充绒量 is grams, and never does."""
    product = product_of(ask)
    is_share = "充绒" not in ask.folded and "克" not in ask.folded and "%" in (product.material or "")
    return material_fill(ask) if is_share else lacks(product, "material[fill]")


ANSWERS: dict[str, Answerer] = {
    "size": size_which,
    "size.which": size_which,
    "size.fits": size_which,
    "size.have": size_have,
    "size.chart": size_all,
    "size.upto": size_all,
    "size.max": size_all,
    "size.min": size_all,
    "size.run": size_run,
    **COLOURS,
    "material": material_what,
    "material.what": material_what,
    "material.is": material_what,
    "material.have": material_what,
    "material.fill": material_fill,
    "material.down": material_down,
}
