"""Reads Pabulib files (`.pb`), the open format of participatory-budgeting elections.

Format: D. Stolicki, S. Szufa, N. Talmon, arXiv 2012.06539. Of the ballots only `vote` and `points` are read; who the
voter is, how old and which sex is left where it lies. Vote types: approval, choose-1, cumulative, scoring, ordinal.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from .model import Ballots, Contest, Invalid, Pot, Proposal, Rule

SECTIONS = ("META", "PROJECTS", "VOTES")
MOST_SIGNS = 18  # of an amount of money: more than 64 bits hold
MOST_POINTS = 2**31 - 1  # of a project on one ballot
THOUSANDS = re.compile(r"\d{1,3}([.,]\d{3})+")
POINT_TYPES = ("cumulative", "scoring")
Sheet = tuple[list[str], list[list[str]]]


def read_pabulib(path: str | Path, rule: Rule | None = None) -> Contest:
    """The contest in a `.pb` file, ballots grouped; `rule` is ours, the file's own word for a rule is not read.

    Raises `Invalid` naming the line or field when the file contradicts itself.
    """
    return parse_pabulib(Path(path).read_text(encoding="utf-8-sig"), rule)


def parse_pabulib(text: str, rule: Rule | None = None) -> Contest:
    """As `read_pabulib`, from the text of the file."""
    parts = _sections(text)
    meta = {row[0].strip(): ";".join(row[1:]).strip() for row in _rows(parts["META"]) if len(row) > 1}
    proposals = _proposals(_sheet(parts["PROJECTS"]))
    index = {p.id: i for i, p in enumerate(proposals)}
    if len(index) < len(proposals):
        raise Invalid("project_id: the same id stands twice", "project_id: id yang sama ada dua kali")
    ballots = _ballots(parts["VOTES"], index, meta)
    return Contest(proposals, ballots, (Pot("all", _money(meta.get("budget", ""), "budget")),), (), rule or Rule())


def selected_in(text: str) -> set[str] | None:
    """The projects with another word than 0 in the column `selected`; None without the column."""
    names, rows = _sheet(_sections(text)["PROJECTS"])
    if "selected" not in names:
        return None
    name, word = names.index("project_id"), names.index("selected")
    return {row[name].strip() for row in rows if len(row) > max(name, word) and row[word].strip() not in ("0", "")}


def _sections(text: str) -> dict[str, list[str]]:
    lines = text.splitlines()
    starts = {}
    for name in SECTIONS:
        found = next((i for i, line in enumerate(lines) if line.strip(" ;\t").upper() == name), None)
        if found is None:
            raise Invalid(f"{name}: the section is missing", f"{name}: bagian itu tidak ada")
        starts[name] = found
    if not starts["META"] < starts["PROJECTS"] < starts["VOTES"]:
        raise Invalid(
            "META, PROJECTS, VOTES: must follow in this order", "META, PROJECTS, VOTES: harus berurutan demikian"
        )
    return {
        "META": lines[starts["META"] + 1 : starts["PROJECTS"]],
        "PROJECTS": lines[starts["PROJECTS"] + 1 : starts["VOTES"]],
        "VOTES": lines[starts["VOTES"] + 1 :],
    }


def _rows(lines: list[str]) -> Iterable[list[str]]:
    return (row for row in csv.reader(lines, delimiter=";") if row and any(row))


def _sheet(lines: list[str]) -> Sheet:
    rows = list(_rows(lines))
    if not rows:
        raise Invalid("PROJECTS: the line of column names is missing", "PROJECTS: baris nama kolom tidak ada")
    return [name.strip().lower() for name in rows[0]], rows[1:]


def _proposals(sheet: Sheet) -> tuple[Proposal, ...]:
    names, rows = sheet
    place = {name: i for i, name in enumerate(names)}
    if not {"project_id", "cost"} <= set(place):
        raise Invalid("PROJECTS: project_id and cost must be there", "PROJECTS: kolom project_id dan cost harus ada")

    def cell(row: list[str], name: str) -> str:
        at = place.get(name)
        return row[at].strip() if at is not None and at < len(row) else ""

    return tuple(
        Proposal(
            cell(row, "project_id"),
            cell(row, "name"),
            _money(cell(row, "cost"), f"cost of {cell(row, 'project_id')}"),
            heading=cell(row, "category"),
            groups=frozenset(
                g.strip() for g in (cell(row, "beneficiaries") or cell(row, "target")).split(",") if g.strip()
            ),
        )
        for row in rows
    )


def _money(text: str, name: str) -> int:
    plain = text.replace(" ", "")
    if THOUSANDS.fullmatch(plain):  # a program reads 1.500 as one and a half, who wrote it meant fifteen hundred
        raise Invalid(
            f"{name}: {_cut(text)} must be written without marks between thousands",
            f"{name}: {_cut(text)} harus ditulis tanpa pemisah ribuan",
        )
    try:
        value = _number(plain.replace(",", "."))
    except ValueError:
        said = _cut(text)
        raise Invalid(f"{name}: {said} is not an amount of money", f"{name}: {said} bukan jumlah uang") from None
    if value < 0 or value.denominator != 1:
        raise Invalid(
            f"{name}: {_cut(text)} is not a whole amount of at least 0",
            f"{name}: {_cut(text)} bukan bilangan bulat mulai dari 0",
        )
    return int(value)


def _number(text: str) -> Fraction:
    """A number of few enough signs, none of them a sign that could take minutes to write out. Raises ValueError."""
    if len(text) > MOST_SIGNS or not set("eE/_").isdisjoint(text):
        raise ValueError(text)
    return Fraction(text)


def _cut(text: str) -> str:
    return repr(text if len(text) <= 2 * MOST_SIGNS else f"{text[: 2 * MOST_SIGNS]}…")


def _ballots(lines: list[str], index: dict[str, int], meta: dict[str, str]) -> Ballots:
    """Count the papers as they are written, then read each different one once."""
    kind = meta.get("vote_type", "").lower()
    if kind not in ("approval", "choose-1", "ordinal", *POINT_TYPES):
        known = "approval, choose-1, ordinal, cumulative, scoring"
        raise Invalid(
            f"vote_type: {kind!r} is not one of {known}", f"vote_type: {kind!r} bukan salah satu dari {known}"
        )
    while lines and not lines[0].strip():
        lines = lines[1:]
    names = [name.strip().lower() for name in lines[0].split(";")] if lines else []
    if "vote" not in names:
        raise Invalid("VOTES: the column vote is missing", "VOTES: kolom vote tidak ada")
    vote, points = names.index("vote"), names.index("points") if kind in POINT_TYPES and "points" in names else None
    if kind in POINT_TYPES and points is None:
        raise Invalid("VOTES: the column points is missing", "VOTES: kolom points tidak ada")
    papers = _papers(lines[1:], vote, points)
    longest = max((paper[0].count(",") + 1 for paper in papers), default=1)
    top = int(meta["max_length"]) if meta.get("max_length", "").isdecimal() else longest
    grouped: dict[tuple[Any, ...], int] = {}  # indexes, or pairs of index and points
    plain = kind in ("approval", "choose-1")
    for (chosen, given), count in papers.items():
        try:
            places = [index[name] for name in chosen.split(",")] if chosen else []
        except KeyError:
            places = _places(chosen, index)
        row: tuple[Any, ...]
        if plain:
            row = tuple(sorted(set(places)))
        elif kind == "ordinal":
            row = tuple(sorted({c: max(top - at, 1) for at, c in reversed(list(enumerate(places)))}.items()))
        else:
            row = _pointed(places, given, chosen)
        grouped[row] = grouped.get(row, 0) + count
    return _packed(grouped, plain)


def _papers(lines: list[str], vote: int, points: int | None) -> Counter[tuple[str, str]]:
    last = max(vote, points or 0)
    if any('"' in line for line in lines):
        rows: Iterable[list[str]] = csv.reader(lines, delimiter=";")
    else:
        rows = (line.split(";", last + 1) for line in lines if line)
    try:
        if points is None:
            return Counter((row[vote], "") for row in rows if row)
        return Counter((row[vote], row[points]) for row in rows if row)
    except IndexError:
        short = next(i for i, line in enumerate(lines, 1) if line and line.count(";") < last)
        raise Invalid(f"VOTES: row {short} has too few columns", f"VOTES: baris {short} kekurangan kolom") from None


def _places(chosen: str, index: dict[str, int]) -> list[int]:
    names = [name.strip() for name in chosen.split(",") if name.strip()]
    unknown = [name for name in names if name not in index]
    if unknown:
        raise Invalid(
            f"vote: {unknown[0]!r} is no project of this file", f"vote: {unknown[0]!r} bukan usulan dalam berkas ini"
        )
    return [index[name] for name in names]


def _pointed(places: list[int], given: str, chosen: str) -> tuple[tuple[int, int], ...]:
    """Projects with points above 0; a project named twice keeps the sum."""
    texts = [p for p in given.split(",") if p.strip()]
    if len(texts) != len(places):
        raise Invalid(
            f"points: {len(texts)} for {len(places)} projects ({chosen!r})",
            f"points: {len(texts)} untuk {len(places)} usulan ({chosen!r})",
        )
    worth: dict[int, int] = {}
    for c, text in zip(places, texts, strict=True):
        worth[c] = worth.get(c, 0) + (int(text) if text.isdecimal() and len(text) <= MOST_SIGNS else _whole(text))
    if max(worth.values(), default=0) > MOST_POINTS:
        raise Invalid(f"points: {_cut(given)} are too many", f"points: {_cut(given)} terlalu banyak")
    return tuple(sorted((c, p) for c, p in worth.items() if p > 0))


def _whole(text: str) -> int:
    """Points written otherwise than in digits alone: blanks, a sign, "2.0"."""
    try:
        value = _number(text.strip())
    except ValueError:
        value = Fraction(1, 2)
    if value.denominator != 1:
        raise Invalid(f"points: {_cut(text)} is not a whole number", f"points: {_cut(text)} bukan bilangan bulat")
    return int(value)


def _packed(grouped: dict[tuple[Any, ...], int], plain: bool) -> Ballots:
    offsets = np.zeros(len(grouped) + 1, np.int64)
    np.cumsum([len(row) for row in grouped], out=offsets[1:])
    flat = np.fromiter(chain.from_iterable(grouped), np.int32) if plain else np.zeros(0, np.int32)
    if not plain:
        pairs = np.array([pair for row in grouped for pair in row], np.int32).reshape(-1, 2)
        flat = np.ascontiguousarray(pairs[:, 0])
    return Ballots(
        offsets,
        flat,
        np.ones(len(flat), np.int32) if plain else np.ascontiguousarray(pairs[:, 1]),
        np.fromiter(grouped.values(), np.int32, len(grouped)),
        distinct=True,
    )
