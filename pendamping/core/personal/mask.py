"""Which words of a free text are about a person, and how does it read without them?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from lokal.samaran import PiiType, detect_pii

from pendamping.core.personal import names


class Kind(Enum):
    """What was found; the value stands in its place, in the language of the texts."""

    NIK = "[NIK]"
    KK = "[KK]"
    PHONE = "[telepon]"
    EMAIL = "[surel]"
    ACCOUNT = "[rekening]"
    NUMBER = "[nomor]"
    NAME = "[nama]"


@dataclass(frozen=True)
class Finding:
    """One place in the original text."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True)
class Masked:
    """A text fit for the public, and what was taken out of it (never the taken words themselves)."""

    text: str
    found: tuple[Finding, ...]


# What the library calls them. Places, health and belief are left: they are what proposals are about.
_LIBRARY: dict[PiiType, Kind] = {
    "NIK": Kind.NIK, "KK": Kind.KK, "PHONE": Kind.PHONE, "EMAIL": Kind.EMAIL, "BANK_ACCOUNT": Kind.ACCOUNT,
    "CARD": Kind.ACCOUNT, "NPWP": Kind.NUMBER, "PASSPORT": Kind.NUMBER, "SIM": Kind.NUMBER, "NIP": Kind.NUMBER,
    "BPJS": Kind.NUMBER, "NISN": Kind.NUMBER, "NAME": Kind.NAME,
}  # fmt: skip
_PRIORITY = list(Kind)

_GAP = r"[ .\-–/()\u00a0\u2009\u200b]"
_CLUSTER = re.compile(rf"\d+(?:{_GAP}{{1,3}}\d+)*")
_DIGITS = re.compile(r"\d+")
_MOBILE = re.compile(r"(?:0|62|0062)8[1-9]\d{7,10}")
_ONE_BY_ONE = re.compile(r"\d(?:[ .\-]\d)+")
_PROVINCES = {
    *range(11, 20),
    21,
    *range(31, 37),
    *range(51, 54),
    *range(61, 66),
    *range(71, 77),
    81,
    82,
    *range(91, 98),
}
_AMOUNT = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?:,\d{1,2})?")
_PERSON_LABEL = re.compile(r"(?i)(?:nik|kk|ktp|kartu keluarga|kependudukan|nomor|no)\W{0,5}$")
_FAMILY_LABEL = re.compile(r"(?i)(?:\bkk|kartu keluarga)\W{0,6}(?:no\w*\W{0,3})?$")
_EMAIL = re.compile(r"[\w.+%'-]{1,64}(?:@|\s?[\[(](?:at|@)[\])]\s?)[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_ACCOUNT = re.compile(r"(?i)\brek(?:ening|\b)[^\d\n]{0,40}?((?:\d[ .\-]?){7,19}\d)(?!\d)")

_PLACEHOLDER = re.compile("|".join(re.escape(kind.value) for kind in Kind))
# A fixed line: only with its signs, since a plain row of nine figures is as well the number of a paper.
_FIXED = re.compile(
    r"(?:(?<![\w/.,-])0[2-79]\d{1,2}(?:-|[ ])|\(0[2-79]\d{1,2}\)[ -]?|\+62[ -]?[2-79]\d{1,2}[ -]?)"
    r"\d{3,4}[ -]?\d{2,4}(?![\d/]|[.,-]\d)"
)
_LABELLED_FIXED = re.compile(
    r"(?i)\b(?:te?lp|telepon|telpon|fax|faks|hub|phone)\b[^\w(+]{0,4}(0[2-79]\d{7,9})(?![\d/])"
)
_LETTER_O = re.compile(r"(?<![^\W_])(?=[oO]*\d[oO]*\d[oO]*\d)[\doO]{4,}(?![^\W_])")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def mask(text: str) -> Masked:
    """The text with personal numbers, addresses and names replaced by what they were: "a.n. [nama] NIK: [NIK]"."""
    plain = _plain(text)
    return _replaced(text, [*_numbers(plain), *_names(plain), *_library(plain)])


def mask_goods(text: str) -> Masked:
    """As `mask`, for catalogues: "Stella Spray", "Sopir Material" and "H Beam Panjang" are goods and stay."""
    plain = _plain(text)
    names_of = (Finding(Kind.NAME, *span) for span in names.addressed(plain))
    others = (one for one in _library(plain) if one.kind is not Kind.NAME)
    return _replaced(text, [*_numbers(plain), *names_of, *_holders(plain), *others])


def _replaced(text: str, findings: list[Finding]) -> Masked:
    found = _merged(findings)
    parts: list[str] = []
    at = 0
    for finding in found:
        parts += [text[at : finding.start], finding.kind.value]
        at = finding.end
    return Masked("".join([*parts, text[at:]]), tuple(found))


def mask_to(text: str, most: int, masked_by: Callable[[str], Masked] = mask) -> str:
    """The masked text, cut to what its column holds; placeholders are longer than short names, and stay whole."""
    masked = masked_by(text).text
    if len(masked) <= most:
        return masked
    end = most - 1
    for placeholder in _PLACEHOLDER.finditer(masked):
        if placeholder.start() < end < placeholder.end():
            end = placeholder.start()
    return masked[:end].rstrip() + "…"


def _plain(text: str) -> str:
    """The text with every figure written 0 to 9, each in its place: other scripts, wide letters, O for a zero."""
    if not text.isascii():
        text = "".join(_figure(sign) for sign in text.translate(_WIDE))
    return _LETTER_O.sub(lambda run: re.sub("[oO]", "0", run.group()), text)


def _figure(sign: str) -> str:
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)


def _numbers(text: str) -> Iterator[Finding]:
    for cluster in _CLUSTER.finditer(text):
        yield from _in_cluster(text, [group.span() for group in _DIGITS.finditer(text, *cluster.span())])
    for match in _FIXED.finditer(text):
        yield Finding(Kind.PHONE, *match.span())
    for match in _LABELLED_FIXED.finditer(text):
        yield Finding(Kind.PHONE, *match.span(1))
    for match in _EMAIL.finditer(text):
        yield Finding(Kind.EMAIL, *match.span())
    for match in _ACCOUNT.finditer(text):
        gap = text[match.start() : match.start(1)]
        if _AMOUNT.fullmatch(match.group(1)) is None and not re.search(r"(?i)\brp\b", gap):
            yield Finding(Kind.ACCOUNT, *match.span(1))


def _in_cluster(text: str, groups: list[tuple[int, int]]) -> Iterator[Finding]:
    """Cut a row of figures, from the left, into phones and sixteen-digit numbers: lists write them side by side."""
    at = 0
    while at < len(groups):
        for kind, last in _readings(text, groups, at):
            start, end = groups[at][0], groups[last][1]
            if kind is Kind.PHONE and text[start - 1 : start] == "+":
                start -= 1
            yield Finding(kind, start, end)
            at = last
            break
        at += 1


def _readings(text: str, groups: list[tuple[int, int]], first: int) -> Iterator[tuple[Kind, int]]:
    """What the figures from this group on can be, and the group they end with; the likeliest first."""
    digits, person, phone = "", None, None
    for last in range(first, min(first + 16, len(groups))):
        digits += text[slice(*groups[last])]
        shown = text[groups[first][0] : groups[last][1]]
        if len(digits) == 16 and _is_person_number(shown, text[: groups[first][0]]):
            person = last
        if (
            phone != first
            and _MOBILE.fullmatch(digits)
            and (groups[first][1] - groups[first][0] != 1 or _ONE_BY_ONE.fullmatch(shown))
            and _is_phone(shown)
        ):
            phone = last
        if len(digits) >= 16:
            break
    if person == first or (person is not None and phone is None):
        before = text[max(0, groups[first][0] - 30) : groups[first][0]]
        yield (Kind.KK if _FAMILY_LABEL.search(before) else Kind.NIK), person
    elif phone is not None:
        yield Kind.PHONE, phone


def _is_phone(shown: str) -> bool:
    """Not an hour ("08.30-12.00 2025") and not an amount behind a number ("62 8.500.000.000")."""
    return not re.match(r"0\d(?!\d)", shown) and re.fullmatch(r"62 \d(?:\.\d{3})+", shown) is None


def _is_person_number(shown: str, before: str) -> bool:
    """Sixteen digits in a row always are. With signs between them they may be an amount, a decimal or a list."""
    digits = re.sub(r"\D", "", shown)
    if shown == digits or _PERSON_LABEL.search(before[-20:]):
        return True
    if _AMOUNT.fullmatch(shown) or re.fullmatch(r"\d{1,3}[.,]\d+", shown):
        return False
    if re.fullmatch(r"\d{4}(?:\D{1,2}\d{4}){3}", shown):
        return True
    day, month = int(digits[6:8]) % 40, int(digits[8:10])
    return int(digits[:2]) in _PROVINCES and 1 <= day <= 31 and 1 <= month <= 12


def _names(text: str) -> Iterator[Finding]:
    for start, end in names.after_cues(text):
        yield Finding(Kind.NAME, start, end)
    yield from _holders(text)


def _holders(text: str) -> Iterator[Finding]:
    """Names that stand right before a number of a person."""
    for number in _numbers(text):
        if number.kind in (Kind.NIK, Kind.KK) and (span := names.before_number(text, number.start)):
            yield Finding(Kind.NAME, *span)


def _library(text: str) -> Iterator[Finding]:
    for match in detect_pii(text, types=list(_LIBRARY)):
        if match.type == "NAME" and names.is_place(text, match.start, match.value):
            continue
        if match.type not in ("NAME", "EMAIL") and _AMOUNT.fullmatch(match.value):
            continue
        yield Finding(_LIBRARY[match.type], match.start, match.end)


def _merged(found: list[Finding]) -> list[Finding]:
    """In order, overlapping ones joined: what two rules touch goes as a whole, under the more telling kind."""
    merged: list[Finding] = []
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        if merged and one.start < merged[-1].end:
            last = merged.pop()
            kind = min(last.kind, one.kind, key=_PRIORITY.index)
            merged.append(Finding(kind, last.start, max(last.end, one.end)))
        else:
            merged.append(one)
    return merged
