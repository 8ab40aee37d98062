"""The command line as a function: what it returned, what it said on stdout and on stderr."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from console.cli.main import run


class Said(NamedTuple):
    code: int
    out: bytes
    err: str

    @property
    def lines(self) -> list[Any]:
        """stdout as JSON, one value a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    def of(self, kind: str) -> list[Any]:
        return [line for line in self.lines if line["kind"] == kind]


Liveroom = Callable[..., Said]


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nobody's config, nobody's language."""
    for name in ("LIVEROOM_LANG", "LIVEROOM_THEME", "LIVEROOM_ANSWER_S", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("LIVEROOM_CONFIG", str(tmp_path / "no-config.toml"))


@pytest.fixture
def liveroom(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Liveroom:
    """`liveroom("rank", file, "--json")`; `stdin=` is what the pipe holds."""

    def call(*arguments: object, stdin: bytes | None = None) -> Said:
        if stdin is not None:
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(stdin))))  # type: ignore[type-var]
        capfdbinary.readouterr()
        code = run([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        return Said(code, out, err.decode())

    return call
