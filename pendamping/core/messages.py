"""Are the translations compiled? Without system gettext: polib turns each .po into the .mo that Django reads."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def catalogues() -> Iterator[Path]:
    """Every source catalogue of the project: <app>/locale/<language>/LC_MESSAGES/django.po."""
    yield from sorted(PACKAGE.glob("*/locale/*/LC_MESSAGES/*.po"))


def stale() -> list[Path]:
    """Catalogues whose compiled file is missing or older."""
    return [source for source in catalogues() if not _is_fresh(source)]


def ensure_compiled() -> int:
    """Compile what is stale; returns how many. Safe when several processes start at once."""
    waiting = stale()
    for source in waiting:
        compile_one(source)
    return len(waiting)


def compile_one(source: Path) -> Path:
    """Write the .mo beside a .po, in one step, so that no reader sees half a file."""
    import polib

    target = source.with_suffix(".mo")
    half = target.with_suffix(f".{os.getpid()}.tmp")
    polib.pofile(str(source)).save_as_mofile(str(half))
    os.replace(half, target)
    return target


def _is_fresh(source: Path) -> bool:
    target = source.with_suffix(".mo")
    try:
        return target.stat().st_mtime_ns >= source.stat().st_mtime_ns
    except FileNotFoundError:
        return False
