"""`pendamping import questions FILE --bank …`: GIFT, Aiken, Moodle XML or JSON into a question bank."""

from __future__ import annotations

import dataclasses
import hashlib
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pendamping.access.models import Account
from pendamping.core.errors import Refused
from pendamping.core.imports import plan
from pendamping.core.imports.cells import CellProblem
from pendamping.core.imports.command import bar
from pendamping.core.imports.registry import Kind, register
from pendamping.core.imports.report import Report
from pendamping.core.imports.sheet import Row, Sheet
from pendamping.facilitators.importers import aiken, gift, json_bank, moodle_xml
from pendamping.facilitators.importers.parsed import Parsed, Trouble
from pendamping.facilitators.importers.reasons import Reason
from pendamping.facilitators.models import Question, QuestionBank
from pendamping.facilitators.rules.questions import digest
from pendamping.facilitators.services.questions import add_question, change_verdict, make_bank
from pendamping.regions.importers import city_argument, city_of

BYTES, QUESTIONS = 5_000_000, 5_000
FORMATS = ("gift", "aiken", "xml", "json")
_SUFFIXES = {".gift": "gift", ".aiken": "aiken", ".xml": "xml", ".json": "json"}


def _taken(cell: Any) -> Parsed:
    """The question of a row, or what is wrong with it."""
    if isinstance(cell, Trouble):
        raise CellProblem(cell.code, cell.sentence)
    return cell  # type: ignore[no-any-return]


class Questions(plan.Importer):
    """Questions of a file: one question, one row; its line in the file is its number."""

    columns = (plan.Column("question", (), _taken, required=True),)

    def __init__(self, bank: QuestionBank, source: str = "") -> None:
        self.bank, self.source = bank, source[:200]
        self.name = f"questions:{bank.code or bank.name[:40]}"  # type: ignore[misc]

    def key(self, row: dict[str, Any]) -> str:
        found: Parsed = row["question"]
        return digest(kind=found.kind, text=found.text, options=found.options)

    def apply(self, row: dict[str, Any], *, by: Any, at: datetime) -> Question:
        found: Parsed = row["question"]
        return add_question(
            by=by, at=at, bank=self.bank, kind=found.kind, topic=found.topic, text=found.text,
            options=found.options, difficulty=found.difficulty, feedback=found.feedback, source=self.source,
        )  # fmt: skip


def read(data: bytes, *, name: str = "", format: str = "", topic: str = "") -> Sheet:
    """The questions of a file as rows. Refuses what is too large, empty, not text, or of no format we know."""
    if len(data) > BYTES:
        raise Refused(Reason.TOO_LARGE, field="file", limit=BYTES // 1_000_000)
    chosen = format or _SUFFIXES.get(Path(name).suffix.lower()) or _guess(data)
    topic = topic or _("General")
    if chosen == "xml":
        found = moodle_xml.read(data, topic)
    else:
        text = _text(data)
        readers = {"gift": gift.read, "aiken": aiken.read, "json": json_bank.read}
        if chosen not in readers:
            raise Refused(Reason.UNKNOWN_FORMAT, field="file")
        found = readers[chosen](text, topic)
    rows: list[Row] = [Row(0, ("question",))]
    for question in found:
        if len(rows) > QUESTIONS:
            raise Refused(Reason.TOO_MANY, field="file", limit=QUESTIONS)
        rows.append(Row(question.line, (question,)))
    if len(rows) == 1:
        raise Refused(Reason.EMPTY, field="file")
    return Sheet(tuple(rows), hashlib.sha256(data).hexdigest(), chosen)


def run(
    data: bytes, *, bank: QuestionBank, by: Account | None, at: datetime, dry_run: bool, good_rows: bool = False,
    name: str = "", format: str = "", topic: str = "", progress: plan.Progress | None = None,
) -> Report:  # fmt: skip
    """Try or import a file into a bank."""
    if bank.pk is not None:  # not one that the command will make
        change_verdict(bank).or_raise()
    sheet = read(data, name=name, format=format, topic=topic)
    importer = Questions(bank, Path(name).name)
    mode: plan.Mode = "good" if good_rows else "all"
    report = plan.run(importer, sheet, mode=mode, dry_run=dry_run, by=by, at=at, progress=progress)
    report.problems = [dataclasses.replace(problem, column="") for problem in report.problems]  # lines, no columns
    return report


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Refused(Reason.NOT_TEXT, field="file") from problem
    if "\0" in text:
        raise Refused(Reason.NOT_TEXT, field="file")
    return text


def _guess(data: bytes) -> str:
    """The format of a file without a telling name, from its first sign and its answer lines."""
    head = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if head in (b"<", b"{", b"["):
        return "xml" if head == b"<" else "json"
    upper = data[:200_000].upper()
    if b"\nANSWER:" in upper or b"\nJAWABAN:" in upper or b"\nKUNCI:" in upper:
        return "aiken"
    return "gift" if b"{" in data else ""


def _arguments(parser: ArgumentParser) -> None:
    city_argument(parser)
    parser.add_argument("--bank", required=True, help="name or code of the question bank; made when it is new")
    parser.add_argument("--as", dest="username", required=True, help="the account in whose name the questions come in")
    parser.add_argument("--format", choices=FORMATS, help="when the file's name does not tell it")
    parser.add_argument("--topic", help="topic of questions that stand under none")


def _command(options: dict[str, Any], write: Callable[[str], None]) -> bool:
    by = Account.objects.filter(username=options["username"]).first()
    if by is None:
        raise CommandError(f"There is no account {options['username']}.")
    path = Path(options["file"])
    if not path.is_file():
        raise CommandError(f"There is no file {path}.")
    with path.open("rb") as file:
        data = file.read(BYTES + 1)
    at = timezone.now()
    with nullcontext() if options["write"] else transaction.atomic():
        report = run(
            data, bank=_bank(options, by, at), by=by, at=at, dry_run=not options["write"],
            good_rows=options["good_rows"], name=path.name, format=options["format"] or "",
            topic=options["topic"] or "", progress=bar(sys.stderr) if sys.stderr.isatty() else None,
        )  # fmt: skip
        if not options["write"]:
            transaction.set_rollback(True)  # the bank made for the trial goes as well
    write(report.as_text())
    if options.get("report") and report.refused:
        Path(options["report"]).write_text(report.to_mend_csv(), "utf-8")
        write(f"Refused questions: {options['report']}")
    return not report.refused


def _bank(options: dict[str, Any], by: Account, at: datetime) -> QuestionBank:
    """The bank by code or name in the city; made when it is new."""
    city, named = city_of(options), options["bank"]
    found = QuestionBank.objects.filter(region=city)
    bank = found.filter(code=named).first() or found.filter(name=named).first()
    return bank or make_bank(by=by, at=at, region=city, name=named)


register(Kind("questions", "questions from GIFT, Aiken, Moodle XML or JSON", _command, _arguments))
