"""Makes a data folder ready, in a process of its own."""

from __future__ import annotations

from pendamping.core import prepare


def main() -> None:
    """Translations, tables and styles."""
    prepare.everything(say=lambda _line: None)
