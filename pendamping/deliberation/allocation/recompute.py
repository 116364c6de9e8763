"""`pendamping recompute FILE`: is the published result the one the rule gives? For people, in plain words."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from .decision import Decision
from .model import Contest, Invalid
from .options import add_rule, ids_in, rule_of
from .pabulib import read_pabulib, selected_in
from .unreadable import FAULTS, unreadable
from .verify import Fault, verify
from .verify.expect import expected

Found = tuple[Contest, list[Fault], tuple[str, ...]]
MOST_SHOWN = 20  # faults told one by one

WORDS = {
    "id": {
        "same": "Hasil yang diumumkan SAMA dengan hasil hitung ulang: "
        "{many} usulan didanai, total Rp {total}, dari {ballots} surat suara.",
        "differs": "Hasil yang diumumkan BERBEDA dari hasil hitung ulang ({many} perbedaan):",
        "more": "… dan {many} perbedaan lagi.",
        "not_published": "{file} bukan berkas hasil yang diumumkan: bagian {part} tidak ada. Berkas itu diunduh dari "
        "halaman hasil; keluaran `allocate --json` bukan berkas hasil.",
        "not_selected": "{one}: dalam berkas tertulis didanai, menurut aturan tidak.",
        "selected": "{one}: menurut aturan didanai, dalam berkas tertulis tidak.",
        "closing": "Setiap langkah dihitung kembali dengan bilangan bulat dan pecahan, tanpa pembulatan.",
    },
    "en": {
        "same": "The published result is THE SAME as the one recomputed: "
        "{many} proposals funded, Rp {total} in total, from {ballots} ballots.",
        "differs": "The published result DIFFERS from the one recomputed ({many} differences):",
        "more": "… and {many} more differences.",
        "not_published": "{file} is no published result: it has no part {part}. That file is downloaded from the page "
        "of the result; what `allocate --json` prints is not one.",
        "not_selected": "{one}: funded in the file, not by the rule.",
        "selected": "{one}: funded by the rule, not in the file.",
        "closing": "Every step was computed again with whole numbers and fractions, without rounding.",
    },
}


def parser() -> argparse.ArgumentParser:
    """The options of the command."""
    result = argparse.ArgumentParser(
        prog="pendamping recompute",
        description="Compute a published result again. Exit code 0: the same, 1: it differs, 2: unreadable.",
    )
    result.add_argument("file", help="the published file (.json), or a Pabulib file (.pb) with a column selected")
    result.add_argument(
        "--language", choices=("id", "en"), default="id", help="the language of the answer; default %(default)s"
    )
    result.add_argument(
        "--quick", action="store_true", help="check the last step of the completion alone; default every step"
    )
    pb = result.add_argument_group("for a .pb file, which does not carry its rule")
    add_rule(pb)
    pb.add_argument(
        "--funded",
        default="",
        metavar="ID,ID,…",
        help="the ids that were published as funded; default the column selected",
    )
    return result


def recompute(arguments: Sequence[str]) -> int:
    """Run the command; writes to the standard output. 0: reproduced, 1: differs, 2: unreadable."""
    given = parser().parse_args(arguments)
    words = WORDS[given.language]
    try:
        found = _pabulib(given, words) if given.file.endswith(".pb") else _published(given)
    except FAULTS as fault:
        return _stop(unreadable(fault, given.file, given.language))
    if isinstance(found, str):
        return _stop(words["not_published"].format(file=given.file, part=found))
    contest, faults, funded = found
    out = sys.stdout
    if not faults:
        total = sum(p.cost for p in contest.proposals if p.id in funded)
        many, ballots = len(funded), int(contest.ballots.weight.sum())
        out.write(words["same"].format(many=many, total=_grouped(total), ballots=ballots) + "\n")
        out.write(words["closing"] + "\n")
        return 0
    out.write(words["differs"].format(many=len(faults)) + "\n")
    for one in faults[:MOST_SHOWN]:
        out.write(f"- {one.sentence_id if given.language == 'id' and one.sentence_id else one.sentence}\n")
    if len(faults) > MOST_SHOWN:
        out.write(words["more"].format(many=len(faults) - MOST_SHOWN) + "\n")
    return 1


def _stop(text: str) -> int:
    sys.stderr.write(text + "\n")
    return 2


def _grouped(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def _published(given: argparse.Namespace) -> Found | str:
    """What was found, or the part without which a file is no published result."""
    document = json.loads(Path(given.file).read_text(encoding="utf-8"))
    for part in ("contest", "decision"):
        if not isinstance(document, dict) or part not in document:
            return part
    contest = Contest.from_json(document["contest"])
    decision = Decision.from_json(document["decision"])
    return contest, verify(decision, contest, thorough=not given.quick), decision.funded


def _pabulib(given: argparse.Namespace, words: dict[str, str]) -> Found:
    contest = read_pabulib(given.file, rule_of(given))
    said = set(ids_in(given.funded)) or selected_in(Path(given.file).read_text(encoding="utf-8-sig"))
    if said is None:
        raise Invalid(
            "selected: without this column no result is written in it; give --funded id,id,…",
            "selected: tanpa kolom ini hasilnya belum tertulis di dalamnya; beri --funded id,id,…",
        )
    right, _ = expected(contest, (), quick=given.quick)
    faults = [Fault("selected", one, words["not_selected"].format(one=one)) for one in sorted(said - {*right.funded})]
    faults += [Fault("selected", one, words["selected"].format(one=one)) for one in right.funded if one not in said]
    return contest, faults, right.funded
