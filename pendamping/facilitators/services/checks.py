"""The file check: each requirement looked at, the independent second check, and what both come to."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, override

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.personal import mask, mask_to
from pendamping.core.verdicts import Verdict
from pendamping.facilitators import letters
from pendamping.facilitators.enums.rounds import Stage
from pendamping.facilitators.enums.selection import Reason, Right
from pendamping.facilitators.models import Application, Check, Requirement, SecondCheck, StageResult
from pendamping.facilitators.queries.applications import (
    Line,
    file_result,
    handlers,
    is_reopened,
    lines_of,
    second_checks,
)
from pendamping.facilitators.queries.rounds import today_of
from pendamping.facilitators.rules import checks as rules
from pendamping.facilitators.services.applications import locked, tell

ASKED = gettext_noop("The checkers ask you something about your application.")
DECIDED = gettext_noop("The file check of your application is concluded.")


@act("facilitators.requirement_checked")
def check_requirement(
    *, by: Account, at: datetime, application: Application, requirement: Requirement, is_there: bool, right: str,
    note: str = "", reference: str = "", reason: str = "", answer_until: date | None = None,
) -> Application:  # fmt: skip
    """Say of one requirement whether it is there and whether it is right (id: memeriksa persyaratan).

    "Needs clarification" asks the applicant until `answer_until`; other words ask anew, and what was answered before
    stays beside them. A new check replaces the one before until the file check is concluded. Refuses the person who
    entered the application, and saying no while an answer may still come or never could.
    """
    found = _checkable(application, requirement, by=by)
    known = Check.objects.filter(application=found, requirement=requirement).first()
    _was_left_open(found, known.checked_at if known and known.right != Right.UNCLEAR else None)
    reason = mask(reason.strip()).text
    is_same = known is not None and known.right == Right.UNCLEAR and known.reason == reason
    is_answered = bool(known and known.answered_at)
    rules.is_whole_check(
        is_there=is_there, right=right, reason=reason, today=today_of(found.round, at), answer_until=answer_until,
        asked_until=known.answer_until if known else None, is_answered=is_answered,
        is_taken_back=bool(known and known.right == Right.YES),
    ).or_raise()  # fmt: skip
    second = second_checks(found).filter(requirement=requirement).first()
    rules.are_two_people(first=by.pk, second=second.checker_id if second else None).or_raise()
    facts: dict[str, Any] = {
        "is_there": is_there, "right": right, "note": mask(note.strip()).text, "reference": mask_to(reference, 80),
        "reason": reason, "checker": by, "checked_at": at,
    }  # fmt: skip
    asks = right == Right.UNCLEAR
    if asks:
        facts["answer_until"] = answer_until
    if asks and not is_same:
        facts |= {"answered_at": None, "answer": "", "earlier": _earlier(known) if known else ""}
    is_later = not is_answered and known is not None and known.answer_until != answer_until
    Check.objects.update_or_create(
        application=found, requirement=requirement, defaults=facts, create_defaults={**facts, "created_at": at}
    )
    if asks and (is_later or not is_same):
        letters.send_news(found, ASKED)
    _tell("facilitators.requirement_checked", found, by=by, at=at,
          changes={"requirement": requirement.position, "is_there": is_there, "right": str(right)})  # fmt: skip
    return found


def _earlier(known: Check) -> str:
    """What was asked and answered before, with the question now answered, if any."""
    if known.answered_at is None:
        return known.earlier
    with override("id"):
        said = _("%(question)s Answered on %(day)s: %(answer)s") % {
            "question": known.reason, "day": formats.day(known.answered_at), "answer": known.answer or "–",
        }  # fmt: skip
    return f"{known.earlier}\n{said}".strip()


@act("facilitators.second_check_recorded")
def record_second_check(
    *, by: Account, at: datetime, application: Application, requirement: Requirement, result: str, done_on: date,
    reference: str, reason: str = "",
) -> Application:  # fmt: skip
    """Record what the independent register says (id: mencatat pemeriksaan kedua).

    Refuses the first checker, a day to come, a missing reference number. What was found is not in the journal. Whoever
    replaces a check says why; that it was replaced is journaled, and what it said stays.
    """
    found = _checkable(application, requirement, by=by)
    first = Check.objects.filter(application=found, requirement=requirement).first()
    rules.are_two_people(first=first.checker_id if first else None, second=by.pk).or_raise()
    reason = mask(reason.strip()).text
    before = second_checks(found).filter(requirement=requirement).first()
    _was_left_open(found, before.created_at if before else None)
    rules.is_whole_second_check(
        needs_second_check=requirement.needs_second_check, result=result, reason=reason, reference=reference,
        done_on=done_on, today=today_of(found.round, at), replaces=before is not None,
    ).or_raise()  # fmt: skip
    if before is not None:
        before.replaced_at = at
        before.save(update_fields=["replaced_at"])
    SecondCheck.objects.create(
        application=found, requirement=requirement, register=requirement.register_name, result=result,
        done_on=done_on, reason=reason, checker=by, reference=mask_to(reference.strip(), 80), created_at=at,
    )  # fmt: skip
    changes = {"requirement": requirement.position, "register": requirement.register_name, "replaced": bool(before)}
    _tell("facilitators.second_check_recorded", found, by=by, at=at, changes=changes)
    return found


@act("facilitators.file_check_concluded")
def conclude_files(*, by: Account, at: datetime, application: Application) -> StageResult:
    """Conclude the file check (id: menutup pemeriksaan berkas): passed or not, with the reasons, told at once.

    Refuses while something is open, the independent check above all.
    """
    found = locked(application)
    verdict_to_check(found, by=by).or_raise()
    lines = lines_of(found)
    checked = [line.checked for line in lines]
    rules.may_conclude(checked, is_concluded=file_result(found) is not None).or_raise()
    passed = rules.has_passed(checked)
    made = StageResult.objects.create(
        application=found, stage=Stage.FILES, passed=passed, reason=_reason(found, lines), by=by, released_at=at,
        created_at=at,
    )  # fmt: skip
    letters.send_news(found, DECIDED)
    _tell("facilitators.file_check_concluded", found, by=by, at=at, changes={"passed": passed})
    return made


def _reason(found: Application, lines: list[Line]) -> str:
    """What the applicant reads, in Indonesian: each failed requirement with its source and why."""
    with override("id"):
        failed = [line for line in lines if line.checked.is_failed]
        if not failed:
            return ngettext(
                "The %(count)d requirement of version %(version)d is fulfilled.",
                "All %(count)d requirements of version %(version)d are fulfilled.", len(lines),
            ) % {"count": len(lines), "version": found.requirement_set.version}  # fmt: skip
        parts = [
            _("Requirement %(number)d, %(text)s (%(source)s): %(why)s") % {
                "number": line.requirement.position, "text": line.requirement.text,
                "source": line.requirement.source, "why": line.checked.why,
            }
            for line in failed
        ]  # fmt: skip
        if rules.has_passed([line.checked for line in lines]):
            parts.insert(0, _("Passed. Noted, without disqualifying:"))
        else:
            parts.insert(0, _("Not fulfilled:"))
        return "\n".join(parts)


def verdict_to_check(found: Application, *, by: Account | None) -> Verdict:
    """May this person check this application now? The verdict that pages show and acts raise."""
    return rules.may_check(
        stage=found.round.stage, stage_label=str(found.round.get_stage_display()), state=found.state,
        checker=by.pk if by else None, handled_by=handlers(found),
        is_concluded=file_result(found) is not None, is_reopened=is_reopened(found),
    )  # fmt: skip


def _checkable(application: Application, requirement: Requirement, *, by: Account) -> Application:
    found = locked(application)
    if requirement.requirement_set_id != found.requirement_set_id:
        raise Refused(Reason.FOREIGN_REQUIREMENT)
    verdict_to_check(found, by=by).or_raise()
    return found


def _was_left_open(found: Application, decided_at: datetime | None) -> None:
    result = file_result(found)
    rules.was_left_open(concluded_at=result.created_at if result else None, decided_at=decided_at).or_raise()


def _tell(verb: str, found: Application, *, by: Account, at: datetime, changes: dict[str, object]) -> None:
    tell(verb, found, by=by, at=at, changes=changes, with_verb=Verb.APPLICATION_CHECK)
