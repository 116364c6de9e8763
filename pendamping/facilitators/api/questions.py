"""Operations of question banks over HTTP; only for those who manage selections."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router

from pendamping.access.endpoints import endpoint, operation_id
from pendamping.access.verbs import Verb
from pendamping.facilitators import question_files
from pendamping.facilitators.importers import questions as importer
from pendamping.facilitators.models import Question, QuestionBank
from pendamping.facilitators.queries import questions as queries
from pendamping.facilitators.rules.questions import ARRANGED
from pendamping.facilitators.schemas import questions as schemas
from pendamping.facilitators.services import questions as services
from pendamping.regions.models import Level, Region

router = Router(tags=["exams"])
PAGE = 50
RIGHT = Verb.SELECTION_MANAGE


@endpoint(router, "GET", "/question-banks", verb=RIGHT, response=schemas.BanksOut)
def list_question_banks(request: HttpRequest) -> Any:
    """The banks of your city, newest first."""
    return {"results": [_bank(bank) for bank in request.scope.narrow(queries.banks(), RIGHT)[:200]]}


@endpoint(router, "POST", "/question-banks", verb=RIGHT, response=schemas.BankOut)
def make_question_bank(request: HttpRequest, facts: schemas.BankIn) -> Any:
    """Make an empty bank."""
    region = request.scope.get_or_404(Region.objects.filter(level=Level.CITY), RIGHT, path=facts.region)
    made = services.make_bank(
        by=request.auth, at=timezone.now(), op=operation_id(request), region=region, name=facts.name, about=facts.about
    )
    return 201, _bank(made)


@endpoint(router, "GET", "/question-banks/{code}/questions", verb=RIGHT, response=schemas.QuestionsOut)
def list_questions(request: HttpRequest, code: str, topic: str = "", after: int | None = None) -> Any:
    """The questions in use, newest first, with their keys."""
    found = queries.questions_of(_found(request, code), topic=topic)
    if after is not None:
        found = found.filter(pk__lt=after)
    shown = list(found[: PAGE + 1])
    more = str(shown[PAGE - 1].pk) if len(shown) > PAGE else None
    return {"next": more, "results": [_question(one) for one in shown[:PAGE]]}


@endpoint(router, "POST", "/question-banks/{code}/questions", verb=RIGHT, response=schemas.QuestionOut)
def add_question(request: HttpRequest, code: str, facts: schemas.QuestionIn) -> Any:
    """Put a question into a bank."""
    given = facts.dict()
    given["options"] = [_option(one, facts.kind) for one in facts.options]
    english = facts.translations.en if facts.translations else None
    given["translations"] = {"en": english.dict()} if english else {}
    bank = _found(request, code)
    made = services.add_question(by=request.auth, at=timezone.now(), op=operation_id(request), bank=bank, **given)
    return 201, _question(made)


@endpoint(router, "POST", "/question-banks/{code}/questions/{uid}/retirement", verb=RIGHT, response=schemas.QuestionOut)
def retire_question(request: HttpRequest, code: str, uid: uuid.UUID, facts: schemas.QuestionReasonIn) -> Any:
    """Put a question out of use."""
    question = get_object_or_404(Question, bank=_found(request, code), uid=uid)
    done = services.retire_question(
        by=request.auth, at=timezone.now(), op=operation_id(request), question=question, reason=facts.reason
    )
    return 201, _question(done)


@endpoint(router, "GET", "/question-banks/{code}/gift", verb=RIGHT, response=schemas.GiftOut)
def export_questions(request: HttpRequest, code: str) -> Any:
    """The questions in use as GIFT text, which comes in again as the same questions."""
    found = queries.questions_of(_found(request, code)).order_by("topic", "id")
    return {"content": "".join(question_files.gift(found))}


@endpoint(router, "POST", "/question-banks/{code}/imports", verb=RIGHT, response=schemas.ImportOut)
def import_questions(request: HttpRequest, code: str, facts: schemas.ImportIn) -> Any:
    """Try or take in a file of questions: GIFT, Aiken, Moodle XML or JSON. The same file twice adds nothing."""
    report = importer.run(
        facts.content.encode(), bank=_found(request, code), by=request.auth, at=timezone.now(),
        dry_run=not facts.write, good_rows=facts.good_rows, format=facts.format, topic=facts.topic, name="API",
    )  # fmt: skip
    return 201, report.as_dict()


def _found(request: HttpRequest, code: str) -> QuestionBank:
    found: QuestionBank = request.scope.get_or_404(queries.banks(), RIGHT, code=code)  # type: ignore[attr-defined]
    return found


def _bank(bank: QuestionBank) -> dict[str, Any]:
    return {
        "code": bank.code, "uid": str(bank.uid), "name": bank.name, "about": bank.about, "region": bank.region_path,
        "in_use": getattr(bank, "in_use", 0),
    }  # fmt: skip


def _question(one: Question) -> dict[str, Any]:
    names = ("kind", "topic", "difficulty", "text", "options", "feedback", "source", "retired_at")
    return {"uid": str(one.uid), **{name: getattr(one, name) for name in names}}


def _option(one: schemas.OptionIn, kind: str) -> dict[str, Any]:
    """As the bank keeps it: only what is given; steps and pairs have no weight."""
    kept: dict[str, Any] = {} if kind in ARRANGED else {"weight": f"{(one.weight or Decimal(0)).normalize():f}"}
    kept.update({"match": one.match} if one.match is not None else {})
    kept.update({"low": one.low or "0", "high": one.high or one.low or "0"} if one.text is None else {"text": one.text})
    return {**kept, "feedback": one.feedback} if one.feedback else kept
