"""What a new installation asks of meetings, until a city sets its own: clearly marked as a default of the software.

Days follow custom as far as it is known; quorum, share of women, notice and days for objections are proposals.
"""

from __future__ import annotations

import csv
from datetime import date
from importlib import resources
from typing import Any

LEGAL_BASIS = "Bawaan Pendamping, belum ditetapkan kota; lihat Permendagri 86/2017 dan 130/2018"
_NUMBERS = ("notice_days", "quorum", "women", "rts", "objection_days")


def default_rules(kind: str, fiscal_year: int) -> dict[str, Any]:
    """The facts of a first version for a kind of meeting in a budget year. ValueError for a kind it does not know."""
    text = resources.files("pendamping.deliberation").joinpath("data", "meeting_rules.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines(), delimiter=";"):
        if row["kind"] == kind:
            return {
                "opens_on": _day(row["opens"], fiscal_year),
                "closes_on": _day(row["closes"], fiscal_year),
                **{name: int(row[name]) for name in _NUMBERS},
                "groups": {},
                "split": {},
                "legal_basis": LEGAL_BASIS,
                "note": row["note"],
            }
    raise ValueError(f"no default rules for {kind}")


def _day(text: str, fiscal_year: int) -> date:
    """ "-1 02-15": 15 February of the year before the budget year."""
    year, month_and_day = text.split()
    return date.fromisoformat(f"{fiscal_year + int(year)}-{month_and_day}")
