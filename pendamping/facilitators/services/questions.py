"""What can happen to a question bank: made, filled, and a question put out of use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from pendamping.access.duties import office_of
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.personal import mask_to
from pendamping.core.verdicts import Verdict
from pendamping.facilitators.enums.questions import Reason
from pendamping.facilitators.models import Question, QuestionBank
from pendamping.facilitators.queries.exams import test_under_way
from pendamping.facilitators.rules import questions as rules
from pendamping.regions.models import Level, Region


@act("facilitators.bank_made")
def make_bank(*, by: Account | None, at: datetime, region: Region, name: str, about: str = "") -> QuestionBank:
    """Make an empty question bank of a city (id: membuat bank soal). Refuses a name already there."""
    if region.level != Level.CITY:
        raise Refused(Reason.BANK_NOT_CITY, field="region")
    name = mask_to(" ".join(name.split()), 80)
    if QuestionBank.objects.filter(region=region, name=name).exists():
        raise Refused(Reason.BANK_NAME_TAKEN, field="name", name=name)
    try:
        with transaction.atomic():
            bank = QuestionBank.add(at=at, region=region, name=name, about=mask_to(about, 200), made_by=by)
    except IntegrityError:  # two at once
        raise Refused(Reason.BANK_NAME_TAKEN, field="name", name=name) from None
    _tell("facilitators.bank_made", bank, bank, by=by, at=at)
    return bank


@act("facilitators.question_added")
def add_question(
    *, by: Account | None, at: datetime, bank: QuestionBank, kind: str, topic: str, text: str,
    options: Sequence[dict[str, Any]], difficulty: str = "", feedback: str = "", source: str = "",
    translations: dict[str, Any] | None = None,
) -> Question:  # fmt: skip
    """Put a question into a bank (id: menambah soal). Refuses one that nobody could answer rightly, and one known;

    and any while a test that has begun draws from the bank, so that all its papers come from the same questions.

    The words are those of a test, not of a person, so they are kept as they are; readers of the journal never see them.
    """
    topic = " ".join(topic.split())[:80]
    rules.is_whole(kind=kind, topic=topic, text=text, options=options).or_raise()
    rules.translations_fit(kind=kind, options=options, translations=translations or {}).or_raise()
    digest = rules.digest(kind=kind, text=text, options=options)
    change_verdict(locked_bank(bank)).or_raise()
    try:
        with transaction.atomic():
            question = Question.objects.create(
                created_at=at, bank=bank, kind=kind, topic=topic, difficulty=difficulty, text=text,
                options=list(options), feedback=feedback[: rules.TEXT_MOST], source=source[:200], digest=digest,
                added_by=by, translations=translations or {},
            )  # fmt: skip
    except IntegrityError:
        raise Refused(Reason.QUESTION_KNOWN, field="text") from None
    _tell("facilitators.question_added", question, bank, by=by, at=at, changes={"kind": kind, "digest": digest})
    return question


@act("facilitators.question_retired")
def retire_question(*, by: Account | None, at: datetime, question: Question, reason: str) -> Question:
    """Put a question out of use (id: menghapus soal dari pemakaian); not while a test draws from its bank."""
    change_verdict(locked_bank(question.bank)).or_raise()
    question = Question.objects.select_for_update(of=("self",)).select_related("bank").get(pk=question.pk)
    if question.retired_at is not None:
        raise Refused(Reason.QUESTION_RETIRED)
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING, field="reason")
    question.retired_at, question.retired_reason = at, mask_to(reason, 200)
    question.save(update_fields=["retired_at", "retired_reason"])
    _tell(
        "facilitators.question_retired", question, question.bank, by=by, at=at, reason=question.retired_reason,
    )  # fmt: skip
    return question


def change_verdict(bank: QuestionBank) -> Verdict:
    """May questions come into this bank or go out of use now? The verdict that pages show and the acts raise."""
    under_way = test_under_way(bank)
    return rules.may_change_bank(in_test=under_way.title if under_way else None)


def locked_bank(bank: QuestionBank) -> QuestionBank:
    """The bank as it is now: who changes it and who opens a sitting that draws from it wait for each other."""
    return QuestionBank.objects.select_for_update().get(pk=bank.pk)


def _tell(
    verb: str, subject: Question | QuestionBank, bank: QuestionBank, *, by: Account | None, at: datetime,
    reason: str = "", changes: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    journal.record(
        verb, subject=subject, region=bank.region_path, by=by, at=at, reason=reason, changes=changes, public=False,
        office=office_of(by, Verb.SELECTION_MANAGE, bank, at),
    )  # fmt: skip
