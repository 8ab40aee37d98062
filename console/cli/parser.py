"""The argument parser, speaking the user's language and naming the nearest flag."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import NoReturn

from rapidfuzz.distance import OSA

from console.domain.errors import UsageError
from console.i18n import Speech

# How argparse words what is wrong → our code and its parameters, by the pattern's names.
_WORDINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("usage.required", re.compile(r"the following arguments are required: (?P<names>.*)", re.S)),
    ("usage.choice", re.compile(r"argument (?P<flag>.+?): invalid choice: (?P<value>.*) \(choose from (?P<choices>.*)\)", re.S)),
    ("usage.wants_one", re.compile(r"argument (?P<flag>.+?): expected one argument", re.S)),
    ("usage.not_whole", re.compile(r"argument (?P<flag>.+?): invalid int value: (?P<value>.*)", re.S)),
    ("usage.not_number", re.compile(r"argument (?P<flag>.+?): invalid float value: (?P<value>.*)", re.S)),
    ("usage.takes_none", re.compile(r"argument (?P<flag>.+?): ignored explicit argument (?P<value>.*)", re.S)),
)


class Parser(argparse.ArgumentParser):
    """Raises UsageError (exit 2) where argparse would print and exit."""

    say = Speech("en")

    def error(self, message: str) -> NoReturn:
        hint = self.say("usage.help", program=self.prog)
        for code, pattern in _WORDINGS:
            found = pattern.fullmatch(message)
            if found is not None:
                raise UsageError(self.say(code, **found.groupdict()), hint=hint)
        raise UsageError(message, hint=hint)

    def refuse(self, word: str) -> NoReturn:
        """A word that nothing here takes: an unknown flag with its nearest neighbour, or an argument too many."""
        if not word.startswith("-") or word == "-":
            raise UsageError(self.say("usage.too_many", name=word), hint=self.say("usage.help", program=self.prog))
        flag = word.partition("=")[0]
        near = nearest(flag, (name for name in self._option_string_actions if name.startswith("--")))
        raise UsageError(self.say("usage.unknown_flag", name=flag), hint=self.say("usage.near", name=near, program=self.prog))


def nearest(word: str, names: Iterable[str]) -> str:
    """The name that is typed most like `word`."""
    return min(names, key=lambda name: (OSA.distance(word, name), name))
