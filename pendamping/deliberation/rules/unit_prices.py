"""When a list of unit prices may change or be put in force, what an item needs, and how its words are compared."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.deliberation.enums.unit_prices import PriceListState, PriceReason

_MARKS = re.compile(r"[\"'`´‘’“”″′]+")


def is_draft(*, state: str) -> Verdict:
    """Can the list still change?"""
    return ALLOWED if state == PriceListState.DRAFT else refused(PriceReason.NOT_DRAFT)


def may_begin(*, open_version: int | None, year: int, legal_basis: str) -> Verdict:
    """May another version for a year be begun? One at a time, each with the decree it rests on."""
    if not legal_basis.strip():
        return refused(PriceReason.BASIS_MISSING, field="legal_basis")
    if open_version is not None:
        return refused(PriceReason.DRAFT_OPEN, field="fiscal_year", version=open_version, year=year)
    return ALLOWED


def may_keep(*, state: str, code: str, name: str, unit: str, price: int) -> Verdict:
    """Is this a whole item of a list that can change?"""
    return first_refusal(
        is_draft(state=state),
        ALLOWED if code.strip() else refused(PriceReason.CODE_MISSING, field="item_code"),
        ALLOWED if name.strip() else refused(PriceReason.NAME_MISSING, field="name"),
        ALLOWED if unit.strip() else refused(PriceReason.UNIT_MISSING, field="unit"),
        ALLOWED if price > 0 else refused(PriceReason.PRICE_MISSING, field="price"),
    )


def may_fix(*, state: str, items: int) -> Verdict:
    """May the list be put in force?"""
    return first_refusal(is_draft(state=state), ALLOWED if items else refused(PriceReason.LIST_EMPTY))


def searched(text: str) -> str:
    """Words as they are searched: lower case, without accents, quotation marks and doubled spaces; 3/4'' is 3/4."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return " ".join(_MARKS.sub(" ", plain).split())


def digest_of(items: Iterable[tuple[str, str, str, str, str, int]]) -> str:
    """SHA-256 over items (code, path of the place, name, specification, unit, rupiah) in the order given."""
    whole = hashlib.sha256()
    for item in items:
        whole.update(json.dumps(item, ensure_ascii=False, separators=(",", ":")).encode())
        whole.update(b"\n")
    return whole.hexdigest()
