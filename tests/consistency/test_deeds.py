"""The acts that fall into the logbook by themselves exist, and are told to the journal under that very name."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

import pendamping
from pendamping.facilitators.deeds import DEEDS
from pendamping.telling.phrases import PHRASES


def acts() -> Iterator[str]:
    """The verb of every act of every service."""
    for found in walk_packages(pendamping.__path__, "pendamping."):
        if ".services" in found.name and ".tests" not in found.name:
            yield from (one.verb for one in vars(import_module(found.name)).values() if hasattr(one, "verb"))


def test_every_deed_of_the_logbook_is_an_act_that_the_journal_can_tell() -> None:
    known = set(acts())
    assert len(known) > 50
    assert set(DEEDS) - known == set()
    assert set(DEEDS) - set(PHRASES) == set()


def test_every_deed_says_something_of_its_own_in_indonesian() -> None:
    kept = [deed.kept for deed in DEEDS.values()]
    assert len(set(kept)) == len(kept)
