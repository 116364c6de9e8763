"""What does a spreadsheet cell mean? Typed readers for cells as Indonesian offices write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from django.utils.translation import gettext as _

Cell = Any  # str from CSV; str, int, float, bool, date, datetime, time or timedelta from XLSX
Value = TypeVar("Value")

MOST_RUPIAH = 10**15
MOST_TEXT = 10_000
_EMPTY = {"", "-", "–", "—", "n/a", "#n/a", "null", "none"}
_SCALES = {
    "rb": 10**3, "ribu": 10**3, "k": 10**3,
    "jt": 10**6, "juta": 10**6,
    "m": 10**9, "miliar": 10**9, "milyar": 10**9,
    "t": 10**12, "triliun": 10**12,
}  # fmt: skip
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january", "februari feb pebruari february", "maret mar march", "april apr", "mei may",
            "juni jun june", "juli jul july", "agustus agu agt ags aug august", "september sep sept",
            "oktober okt october oct", "november nov nopember nop", "desember des december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_YES = {"ya", "y", "yes", "true", "benar", "1", "v", "x", "✓", "✔", "ada", "sudah", "iya"}
_NO = {"tidak", "t", "n", "no", "false", "salah", "0", "tdk", "belum", "bukan", "tidak ada"}
_NUMBER = re.compile(r"[-−+]?\d[\d.,\s]*|[-−+]?[.,]\d+")
_EXCEL_START = date(1899, 12, 30)


@dataclass(frozen=True)
class CellProblem(Exception):
    """A cell that cannot be read, with a sentence that says how to mend it."""

    code: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def is_empty(cell: Cell) -> bool:
    """Nothing in it, or one of the signs people write for nothing."""
    return cell is None or (isinstance(cell, str) and tidy(cell).lower() in _EMPTY)


def tidy(text: str) -> str:
    """One line, single spaces, composed characters, none that are invisible."""
    text = unicodedata.normalize("NFC", text).translate({0x200B: None, 0xFEFF: None, 0x00AD: None})
    return " ".join(text.split())


def text(cell: Cell) -> str:
    """A line of words. A whole number that Excel made of a code loses its ".0"."""
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime | date):
        cell = cell.isoformat()
    words = tidy(str(cell))
    if len(words) > MOST_TEXT:
        raise CellProblem(
            "text_too_long", _("The text is longer than %(most)d characters. Shorten it.") % {"most": MOST_TEXT}
        )
    return words


def rupiah(cell: Cell) -> int:
    """ "5.000" → 5000, "Rp 12.500.000,00", "1,5 juta"; whole rupiah, never negative."""
    if isinstance(cell, str):
        words = re.sub(r"(?i)(?<![a-z])(?:rp|idr)\.?(?![a-z])|\brupiah\b", " ", tidy(cell))
        words = re.sub(r"[,.]?\s*[-=]+\s*$", "", words).strip()  # "12.500.000,-"
        match = re.fullmatch(r"(?i)(.*?)\s*(" + "|".join(_SCALES) + r")\.?", words)
        scale = _SCALES[match.group(2).lower()] if match else 1
        number = _decimal(match.group(1) if match else words, money=scale == 1)
    else:
        scale, number = 1, _plain_number(cell)
    if number is None:
        raise CellProblem(
            "not_an_amount", _("“%(cell)s” is not an amount. Write it as 12500000 or Rp 12.500.000.") % _shown(cell)
        )
    amount = number * scale
    if amount < 0:
        raise CellProblem(
            "negative_amount", _("The amount “%(cell)s” is below zero. Write it without the minus.") % _shown(cell)
        )
    if amount > MOST_RUPIAH:
        raise CellProblem(
            "amount_too_large", _("The amount “%(cell)s” is beyond any budget. Check the zeros.") % _shown(cell)
        )
    return int(amount.quantize(Decimal(1)))


def rupiah_range(cell: Cell) -> tuple[int, int]:
    """ "5.000.000 - 7.500.000", "5 s/d 7 juta" or one amount, as (least, most)."""
    if not isinstance(cell, str):
        amount = rupiah(cell)
        return amount, amount
    parts = re.split(
        r"(?i)\s*(?:\bs\s*[/.]?\s*d\b\.?|\bsampai(?: dengan)?\b|\bhingga\b|–|—|(?<=[\da-z])\s*-\s*(?=rp|\d))\s*",
        tidy(cell),
    )
    if len(parts) != 2:
        amount = rupiah(cell)
        return amount, amount
    low, high = parts
    scale = re.search(r"(?i)\d\s*(" + "|".join(_SCALES) + r")\.?$", high)
    if scale and not re.search(r"[a-z]\.?$", low, re.IGNORECASE) and len(re.sub(r"\D", "", low)) < 4:
        low = f"{low} {scale.group(1)}"  # "5 - 7 juta" means 5 juta
    least, most = rupiah(low), rupiah(high)
    if least > most:
        raise CellProblem(
            "range_reversed", _("In “%(cell)s” the first amount is larger than the second. Swap them.") % _shown(cell)
        )
    return least, most


def quantity(cell: Cell) -> Decimal:
    """ "1.250,5" and "1250.5" alike; at most three decimals, never negative."""
    number = _decimal(tidy(cell), money=False) if isinstance(cell, str) else _plain_number(cell)
    if number is None:
        raise CellProblem(
            "not_a_number", _("“%(cell)s” is not a number. Write only figures, as 1250,5.") % _shown(cell)
        )
    if number < 0:
        raise CellProblem("negative_number", _("“%(cell)s” is below zero. Write it without the minus.") % _shown(cell))
    if number >= 10**12:
        raise CellProblem("number_too_large", _("“%(cell)s” is too large. Check the zeros.") % _shown(cell))
    return number.quantize(Decimal("0.001")).normalize() + 0


def integer(cell: Cell) -> int:
    """A whole number, not negative; "1.250" is 1250."""
    number = _decimal(tidy(cell), money=True) if isinstance(cell, str) else _plain_number(cell)
    if number is None or number != number.to_integral_value() or number < 0 or number >= 10**12:
        raise CellProblem(
            "not_a_whole_number", _("“%(cell)s” is not a whole number. Write only figures, as 1250.") % _shown(cell)
        )
    return int(number)


def day(cell: Cell) -> date:
    """dd/mm/yyyy, ISO, "1 Juli 2025", or Excel's own dates and serial numbers; 1900 to 2100."""
    found: date | None = None
    if isinstance(cell, datetime):
        found = cell.date()
    elif isinstance(cell, date):
        found = cell
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        found = _from_serial(cell)
    elif isinstance(cell, str):
        found = _written_day(tidy(cell).lower())
    if found is None or not 1900 <= found.year <= 2100:
        raise CellProblem(
            "not_a_date", _("“%(cell)s” is not a date. Write it as 31/12/2025 or 31 Desember 2025.") % _shown(cell)
        )
    return found


def _from_serial(cell: float) -> date | None:
    return _EXCEL_START + timedelta(days=int(cell)) if 1 <= cell < 73_415 else None


def _written_day(words: str) -> date | None:
    words = re.sub(r"^(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\b[ ,/]*", "", words)
    words = re.sub(r"[ t]\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?: ?wi(?:b|ta|t))?$", "", words)
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", words):
        return _date(*match.groups())
    if match := re.fullmatch(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})", words):
        return _date(*reversed(match.groups()))
    if match := re.fullmatch(r"(\d{1,2})[ \-/]?([a-z]+)\.?[ \-/]?(\d{4})", words):
        named, month, year = match.groups()
        return _date(year, _MONTHS.get(month, 0), named)
    if re.fullmatch(r"\d{5}(?:[.,]0+)?", words):
        return _from_serial(int(words[:5]))
    return None


def _date(year: Any, month: Any, on: Any) -> date | None:
    try:
        return date(int(year), int(month), int(on))
    except ValueError:
        return None


def yes_no(cell: Cell) -> bool:
    """ "ya"/"tidak" and the many ways to write them."""
    if isinstance(cell, bool):
        return cell
    words = tidy(str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)).lower()
    if words in _YES:
        return True
    if words in _NO:
        return False
    raise CellProblem("not_yes_or_no", _("“%(cell)s” is neither yes nor no. Write “ya” or “tidak”.") % _shown(cell))


def coordinate(cell: Cell) -> tuple[Decimal, Decimal]:
    """ "-7,3274; 108,2207" or "-7.3274, 108.2207" as (latitude, longitude), inside Indonesia."""
    words = tidy(str(cell)).replace("−", "-")
    match = re.fullmatch(r"(-?\d{1,2}[.,]\d{2,10})\s*[;,/ ]\s*(\d{2,3}[.,]\d{2,10})", words)
    if match is None:
        raise CellProblem(
            "not_a_place",
            _("“%(cell)s” is not a coordinate. Write latitude and longitude, as -7.3274, 108.2207.") % _shown(cell),
        )
    return latitude(match.group(1)), longitude(match.group(2))


def latitude(cell: Cell) -> Decimal:
    """Degrees north, -11.5 to 6.5."""
    return _degrees(cell, Decimal("-11.5"), Decimal("6.5"))


def longitude(cell: Cell) -> Decimal:
    """Degrees east, 94 to 142."""
    return _degrees(cell, Decimal(94), Decimal(142))


def _degrees(cell: Cell, least: Decimal, most: Decimal) -> Decimal:
    words = tidy(str(cell)).replace("−", "-").replace(",", ".")
    degrees = Decimal(words) if re.fullmatch(r"-?\d{1,3}(?:\.\d{1,15})?", words) else None
    if degrees is None or not least <= degrees <= most:
        raise CellProblem(
            "outside_indonesia",
            _("“%(cell)s” is not a place in Indonesia. Check whether latitude and longitude are swapped.")
            % _shown(cell),
        )
    return degrees.quantize(Decimal("0.000001"))


def choice(values: Iterable[tuple[Value, Iterable[str]]]) -> Callable[[Cell], Value]:
    """A reader for one of some values, each with the words people write for it (case and signs do not count)."""
    known = {plain(word): value for value, words in values for word in words}

    def read(cell: Cell) -> Value:
        if (key := plain(str(cell))) in known:
            return known[key]
        allowed = ", ".join(sorted(known)[:12])
        raise CellProblem(
            "not_in_the_list",
            _("“%(cell)s” is not in the list. Use one of: %(allowed)s.") % {**_shown(cell), "allowed": allowed},
        )

    return read


def plain(words: str) -> str:
    """Letters and figures only, lower case: how headers and choices are compared."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", words).lower().replace("_", " ")))


def _shown(cell: Cell) -> dict[str, str]:
    return {"cell": tidy(str(cell))[:40]}


def _plain_number(cell: Cell) -> Decimal | None:
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal):
        return None
    number = Decimal(str(cell))
    return number if number.is_finite() else None


def _decimal(words: str, *, money: bool) -> Decimal | None:
    """A written number. With `money`, three digits after a lone separator are thousands: "5.000" is five thousand.

    In quantities a lone dot before exactly three digits is thousands too ("1.250"), as Indonesian offices write;
    a lone comma is always the decimal sign ("1,250" is one and a quarter).
    """
    bare = words.replace("−", "-").replace(" ", "")
    if not bare or _NUMBER.fullmatch(bare) is None:
        return None
    sign, bare = (-1, bare[1:]) if bare[0] == "-" else (1, bare.lstrip("+"))
    dots, commas = bare.count("."), bare.count(",")
    if dots and commas:
        decimal_sign = "," if bare.rfind(",") > bare.rfind(".") else "."
    elif dots + commas > 1:
        decimal_sign = ""
    elif commas:
        decimal_sign = "" if money and re.fullmatch(r"[1-9]\d{0,2},\d{3}", bare) else ","
    else:
        decimal_sign = "" if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", bare) else "."
    whole, _sign, rest = bare.rpartition(decimal_sign) if decimal_sign and decimal_sign in bare else (bare, "", "")
    if re.search(r"[.,]", whole) and re.fullmatch(r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+", whole) is None:
        return None  # "1.25.000": grouped wrongly, so nobody knows what was meant
    try:
        return sign * Decimal(re.sub(r"[.,]", "", whole or "0") + (f".{rest}" if rest else ""))
    except InvalidOperation:
        return None
