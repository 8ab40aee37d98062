"""Every test calls the program with nobody's settings."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from calling import Liveroom, Said

from console.cli.main import run


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
