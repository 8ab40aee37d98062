"""`liveroom catalogue check FILE`: is it sound, and what can it not answer?"""

from __future__ import annotations

import argparse

from console.cli.output import OK, Printer
from console.config import Config
from console.i18n import Speech
from console.runtime.recording import read_catalogue


def catalogue(flags: argparse.Namespace, _: Config, say: Speech) -> int:
    """Raises ConfigError (exit 2) naming file, line, key and the nearest valid key."""
    sha256, found, _data = read_catalogue(flags.file)
    printer = Printer(say, as_json=flags.json)
    silent = [f"product[{product.link}].{fact}" for product in found.products for fact in _unknown(product)]
    if flags.json:
        printer.data({"kind": "catalogue", "ok": True, "sha256": sha256, "products": len(found.products), "unknown": silent})
    else:
        printer.line(say("catalogue.fine", file=flags.file, products=len(found.products)))
        for path in silent:
            printer.line(say("catalogue.unknown", path=path))
    printer.flush()
    return OK


def _unknown(product: object) -> list[str]:
    """The facts that common questions ask for and this product lacks."""
    wanted = {"price": "price", "stock": "stock", "material": "material", "colours": "colors", "size_chart": "size_chart"}
    return [name for field, name in wanted.items() if getattr(product, field) is None]
