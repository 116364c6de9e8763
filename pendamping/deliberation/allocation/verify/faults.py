"""What can be wrong with a decision, in words: English and Indonesian."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Fault:
    """One thing that is not as the rule says: a code, what it is about (a proposal, a pot, or ""), a sentence."""

    code: str
    subject: str
    sentence: str
    sentence_id: str = ""


SENTENCES = {
    "pot_missing": ("Pot {0}: nothing is published for it.", "Pos {0}: tidak ada yang diumumkan."),
    "over_ceiling": (
        "Pot {0}: Rp {1} is given away, the ceiling is Rp {2}.",
        "Pos {0}: Rp {1} dibagikan, pagunya Rp {2}.",
    ),
    "unknown": ("{0} is funded and is no proposal.", "{0} didanai padahal bukan usulan."),
    "twice": ("{0} is funded twice.", "{0} didanai dua kali."),
    "list": (
        "The status of {0} is \u201c{1}\u201d, the list of the funded says otherwise.",
        "Status {0} \u201c{1}\u201d, daftar yang didanai berkata lain.",
    ),
    "cap": ("Rp {1} goes to {0}, more than the cap of Rp {2}.", "Rp {1} untuk {0}, melebihi batas atas Rp {2}."),
    "excluded": (
        "{0} is funded although {1}, which it excludes, is too.",
        "{0} didanai bersama {1}, padahal keduanya tidak boleh bersama.",
    ),
    "no_supporter": (
        "{0} is paid by ballot {1}, which does not choose it.",
        "{0} dibayar surat suara {1} yang tidak memilihnya.",
    ),
    "other_area": ("{0} is paid by ballot {1} of another area.", "{0} dibayar surat suara {1} dari wilayah lain."),
    "negative": ("{0}: ballot {1} pays less than nothing.", "{0}: surat suara {1} membayar kurang dari nol."),
    "money": ("{0} costs Rp {1}; its supporters pay Rp {2}.", "Harga {0} Rp {1}; pendukungnya membayar Rp {2}."),
    "over_share": (
        "Ballot {0} pays more than the equal share.",
        "Surat suara {0} membayar lebih dari jatah yang sama rata.",
    ),
    "equal_split": (
        "{0}: ballot {1} pays less than others and has money left.",
        "{0}: surat suara {1} membayar kurang dari yang lain padahal uangnya masih ada.",
    ),
    "inputs_hash": (
        "The proposals, ballots or limits are not those that the result was worked out from (inputs_hash).",
        "Usulan, surat suara, atau batas bukan yang dipakai menghitung hasil ini (inputs_hash).",
    ),
    "rule_hash": (
        "The rule is not the one that the result was worked out by (rule_hash).",
        "Aturannya bukan yang dipakai menghitung hasil ini (rule_hash).",
    ),
}


def found(code: str, subject: str, *values: object) -> Fault:
    """The fault of this code, its sentences filled in."""
    english, indonesian = SENTENCES[code]
    return Fault(code, subject, english.format(subject, *values), indonesian.format(subject, *values))


def differs(code: str, subject: str, said: object, right: object, place: int | None = None) -> Fault:
    """A field that says otherwise than the rule; `place` is the round it stands in."""
    if code in ("inputs_hash", "rule_hash"):
        return found(code, subject)
    of = f" {subject}" if subject else ""
    where, tempat = ("", "") if place is None else (f"round {place}, ", f"putaran {place}, ")
    return Fault(
        code,
        subject,
        f"{where}{code}{of}: {show(said)} is published, the rule gives {show(right)}.",
        f"{tempat}{code}{of}: diumumkan {show(said, 'tidak ada')}, menurut aturan {show(right, 'tidak ada')}.",
    )


def show(value: object, nothing: str = "nothing") -> str:
    """A value as a person reads it; long fractions as their whole part."""
    if isinstance(value, Fraction):
        if value.denominator == 1:
            return str(value.numerator)
        short = value.denominator < 10**9
        return f"{value.numerator}/{value.denominator}" if short else f"{value.numerator // value.denominator}…"
    if isinstance(value, (tuple, list)):
        shown = ", ".join(show(v, nothing) for v in value[:6])
        return f"({shown}{', …' if len(value) > 6 else ''})"
    return nothing if value is None or value == "" else str(value)
