"""The kinds of file `pendamping import` takes in; each app adds its own."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pendamping.core.errors import Refused
from pendamping.core.imports.plan import Importer
from pendamping.core.imports.reasons import Reason
from pendamping.core.imports.sheet import Sheet, read


@dataclass(frozen=True)
class Kind:
    """One kind of import: its name on the command line, what it is, its own options, and how it runs."""

    name: str
    help: Any  # a sentence, translated when it is shown
    run: Callable[[dict[str, Any], Callable[[str], None]], bool]  # options and a way to print; True when all went well
    arguments: Callable[[argparse.ArgumentParser], None] = lambda parser: None
    takes_file: bool = True  # False: what it takes in comes with the software
    # for the page of files: the importer of a city, and how the file is read; without them the command line only
    importer: Callable[[Any], Importer] | None = None
    read: Callable[..., Sheet] = read


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Add a kind; the last of a name wins, so that a city can replace one."""
    _kinds[kind.name] = kind


def find(name: str) -> Kind:
    """A kind a page can take in, by its name. Raises Refused: there is none."""
    known = {kind.name: kind for kind in on_pages()}
    if name not in known:
        raise Refused(Reason.UNKNOWN_KIND, field="kind", known=", ".join(known))
    return known[name]


def on_pages() -> list[Kind]:
    """The kinds that a page can take in."""
    return [kind for kind in kinds() if kind.importer is not None]


def kinds() -> list[Kind]:
    """All kinds, by name."""
    return [_kinds[name] for name in sorted(_kinds)]
