"""One stylesheet for the browser, many small ones for us.

A page may ask for at most eight files, so the parts under `css/` travel as one `core/app.css`. It is put together by a
static files finder, the one door that `collectstatic` (then hashing and compression), a development server and the
tests all use: no build step to forget, no built file in the repository, nothing to install.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

SOURCES = Path(__file__).parent / "css"
LAYERS = ("reset", "tokens", "base", "layout", "components", "pages", "utilities")
NAME = "core/app.css"


def sources() -> list[tuple[str, Path]]:
    """Every part with its layer: `css/<layer>.css` first, then `css/<layer>/*.css` by name."""
    found: list[tuple[str, Path]] = []
    for layer in LAYERS:
        alone = SOURCES / f"{layer}.css"
        parts = ([alone] if alone.exists() else []) + sorted((SOURCES / layer).glob("*.css"))
        found += [(layer, part) for part in parts]
    return found


def build() -> str:
    """All parts in the order of their layers, without comments and idle space."""
    blocks = [f"@layer {','.join(LAYERS)};"]
    blocks += [f"@layer {layer}{{{_squeeze(part.read_text())}}}" for layer, part in sources()]
    return "\n".join(blocks) + "\n"


def _squeeze(css: str) -> str:
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r"\s*([{};,>])\s*", r"\1", css).replace(";}", "}").strip()


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="pendamping-css-")


class StylesFinder(BaseFinder):
    """Offers the stylesheet under its one name, built anew whenever a part is younger."""

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != NAME:
            return []
        built = str(self._built())
        return [built] if find_all else built

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, Storage]]:
        self._built()
        yield NAME, FileSystemStorage(location=_folder().name)

    def _built(self) -> Path:
        built = Path(_folder().name) / NAME
        newest = max(part.stat().st_mtime_ns for _, part in sources())
        if not built.exists() or built.stat().st_mtime_ns < newest:
            built.parent.mkdir(parents=True, exist_ok=True)
            built.write_text(build())
        return built
