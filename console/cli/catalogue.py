"""`liveroom catalogue check FILE`: is it sound, and what can it not answer?"""

from __future__ import annotations

import argparse

from console.cli.output import OK, Printer
from console.config import Config
from console.i18n import Speech
from console.runtime.clock import parse_now
from console.runtime.recording import read_catalogue
from console.shop.doubts import doubts


def catalogue(flags: argparse.Namespace, _: Config, say: Speech) -> int:
    """Raises ConfigError (exit 2) naming file, line, key and the nearest valid key."""
    loaded = read_catalogue(flags.file)
    found = loaded.facts
    printer = Printer(say, as_json=flags.json)
    silent = [f"product[{product.link}].{fact}" for product in found.products for fact in _unknown(product)]
    odd = doubts(found, parse_now(getattr(flags, "now", None)))
    if flags.json:
        told = [{"path": path, "code": code, **params} for path, code, params in odd]
        printer.data({
            "kind": "catalogue", "ok": True, "sha256": loaded.sha256, "products": len(found.products), "unknown": silent, "doubts": told,
        })  # fmt: skip
    else:
        printer.line(say("catalogue.fine", file=flags.file, products=len(found.products)))
        for path, code, params in odd:
            printer.line(f"! {path}: {say(f'catalogue.{code}', **params)}")
        for path in silent:
            printer.line(say("catalogue.unknown", path=path))
    printer.flush()
    return OK


def _unknown(product: object) -> list[str]:
    """The facts that common questions ask for and this product lacks."""
    wanted = {"price": "price", "stock": "stock", "material": "material", "colours": "colors"}
    return [name for field, name in wanted.items() if getattr(product, field) is None]
