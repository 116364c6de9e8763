"""Which place do people mean in their own words? "selokan mampet di rt 2 rw 05 kel. Suka Maju"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pendamping.regions.rules import name_key

_RT_RW = re.compile(r"\brt\W*rw\W*(\d{1,3})\W+(\d{1,3})\b", re.IGNORECASE)  # RT/RW 02/05
_PAIR = re.compile(r"\brt\W{0,3}(\d{1,3})\s*/\s*(?:rw\W{0,3})?(\d{1,3})\b", re.IGNORECASE)  # RT 02/05, RT02/RW05
_RT = re.compile(r"\brt\W{0,3}(\d{1,3})\b", re.IGNORECASE)
_RW = re.compile(r"\brw\W{0,3}(\d{1,3})\b", re.IGNORECASE)

WARD_WORDS = frozenset({"kel", "kelurahan", "desa", "kalurahan", "lurah"})
DISTRICT_WORDS = frozenset({"kec", "kecamatan", "kapanewon", "camat"})
NAME_WORDS = 4  # the longest names of wards
SHORT = 4  # a name of fewer letters counts only after "kelurahan"


@dataclass(frozen=True)
class Ward:
    """A ward by its path and all its names, and the name of its district."""

    path: str
    names: tuple[str, ...]
    district: str


def units_in(text: str) -> tuple[str, str]:
    """The numbers of RT and RW in a text; empty where none is said. An RT without its RW says nothing."""
    for pattern in (_RT_RW, _PAIR):
        found = pattern.search(text)
        if found and int(found[1]) and int(found[2]):
            return found[1], found[2]
    rt, rw = _RT.search(text), _RW.search(text)
    if rw is None or not int(rw[1]):
        return "", ""
    return (rt[1] if rt and int(rt[1]) else ""), rw[1]


def ward_in(text: str, wards: Sequence[Ward]) -> str | None:
    """The path of the one ward a text names; None when it names none, or could mean several."""
    known: dict[str, set[int]] = {}
    for place, ward in enumerate(wards):
        for name in ward.names:
            known.setdefault(name_key(name), set()).add(place)
    words = re.findall(r"[^\W_]+", text.lower())
    hits = _longest([hit for hit in _hits(words, known) if not _is_district(words, hit)])
    said = [hit for hit in hits if words[hit[0] - 1 : hit[0]] and words[hit[0] - 1] in WARD_WORDS]
    keys = ["".join(words[start:end]) for start, end in said or hits]
    meant = {place for key in keys if said or len(key) >= SHORT for place in known[name_key(key)]}
    if len(meant) > 1:
        districts = {name_key("".join(words[start:end])) for start, end in _runs(words)}
        meant = {place for place in meant if name_key(wards[place].district) in districts}
    return wards[meant.pop()].path if len(meant) == 1 else None


def _runs(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    for start in range(len(words)):
        for end in range(start + 1, min(start + NAME_WORDS, len(words)) + 1):
            yield start, end


def _hits(words: Sequence[str], known: dict[str, set[int]]) -> Iterator[tuple[int, int]]:
    return ((start, end) for start, end in _runs(words) if name_key("".join(words[start:end])) in known)


def _longest(hits: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without those that lie within another: "Kota Baru" is not "Baru"."""
    return [
        one for one in hits if not any(other != one and other[0] <= one[0] and one[1] <= other[1] for other in hits)
    ]


def _is_district(words: Sequence[str], hit: tuple[int, int]) -> bool:
    return hit[0] > 0 and words[hit[0] - 1] in DISTRICT_WORDS
