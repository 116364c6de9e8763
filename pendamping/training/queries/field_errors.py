"""The field errors of the logbook, the month reports and the evaluations. One query for each function."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from pendamping.core.moments import day
from pendamping.facilitators.enums.evaluations import EvaluationState
from pendamping.facilitators.enums.logbook import FlagKind
from pendamping.facilitators.enums.months import DecisionKind
from pendamping.facilitators.models import EvaluationValue, LogEntry, LogFlag, MonthDecision
from pendamping.training.errors import Seen, Window, field_error

FLAGS = {
    FlagKind.NO_FIX: "log.no_place", FlagKind.OUTSIDE: "log.outside_ward", FlagKind.SAME_PHOTO: "log.same_photo",
    FlagKind.SAME_TEXT: "log.same_text", FlagKind.LATE: "log.late",
}  # fmt: skip

# Indicators of evaluations, by what a module can do about them.
WEAK = {
    "facilitators.log_days": "indicator.log_discipline",
    "facilitators.log_on_time": "indicator.timeliness", "facilitators.months_on_time": "indicator.timeliness",
    "needs.first_answer": "indicator.timeliness", "needs.verification": "indicator.timeliness",
    "facilitators.months_first_pass": "indicator.first_pass", "needs.proposals_first_pass": "indicator.first_pass",
    "delivery.first_pass": "indicator.first_pass",
    "deliberation.women": "indicator.participation", "deliberation.poor": "indicator.participation",
    "deliberation.disabled": "indicator.participation", "needs.rts_unheard": "indicator.participation",
    "assets.working": "indicator.technical", "benefits.confirmed": "indicator.feedback",
}  # fmt: skip


@field_error("log.returned", label=_("Log lines returned"))
def lines_returned(window: Window) -> Iterator[Seen]:
    """Lines sent back; one sent back twice counts once."""
    found = LogEntry.objects.filter(window.whose("account"), window.at("returned_at"))
    rows: Any = found.order_by("id").values_list("account_id", "region_path", "returned_at", "code")
    for account, path, at, code in rows:
        yield Seen("log.returned", account, path, day(at), code)


@field_error("log.no_place", label=_("Log lines without a place fix"))
@field_error("log.outside_ward", label=_("Log lines fixed outside the ward"))
@field_error("log.same_photo", label=_("Log lines with a photo used before"))
@field_error("log.same_text", label=_("Log lines with the same words as before"))
@field_error("log.late", label=_("Log lines written late"))
def lines_flagged(window: Window) -> Iterator[Seen]:
    """Lines that catch the eye, as they stand: a repaired one has lost its flag."""
    found = LogFlag.objects.filter(
        window.whose("entry__account", "entry__region_path"), window.on("entry__day"), kind__in=FLAGS
    )
    rows: Any = found.order_by("id").values_list(
        "kind", "entry__account_id", "entry__region_path", "entry__day", "entry__code"
    )
    for kind, *rest in rows:
        yield Seen(FLAGS[FlagKind(kind)], *rest)


@field_error("month.returned", label=_("Monthly reports returned"))
def months_returned(window: Window) -> Iterator[Seen]:
    """Each return of a report."""
    found = MonthDecision.objects.filter(
        window.whose("report__account", "report__region_path"), window.at("created_at"), kind=DecisionKind.RETURNED
    )
    rows = found.order_by("id").values_list("report__account_id", "report__region_path", "created_at", "report__code")
    for account, path, at, code in rows:
        yield Seen("month.returned", account, path, day(at), code)


@field_error("indicator.log_discipline", label=_("Weak in the evaluation: discipline of the logbook"))
@field_error("indicator.timeliness", label=_("Weak in the evaluation: timeliness"))
@field_error("indicator.first_pass", label=_("Weak in the evaluation: right at the first go"))
@field_error("indicator.participation", label=_("Weak in the evaluation: participation"))
@field_error("indicator.technical", label=_("Weak in the evaluation: works that still serve"))
@field_error("indicator.feedback", label=_("Weak in the evaluation: what residents say"))
def weak_indicators(window: Window) -> Iterator[Seen]:
    """Values below the bound of their own rules, from the day the evaluation was shown; struck ones are left out."""
    found = EvaluationValue.objects.filter(
        window.whose("evaluation__account", "evaluation__region_path"), window.at("evaluation__shown_at"),
        indicator__in=WEAK, is_struck=False, points__lt=F("evaluation__rules__weak_below"),
    ).exclude(evaluation__state=EvaluationState.DRAFT)  # fmt: skip
    rows: Any = found.order_by("id").values_list(
        "indicator", "evaluation__account_id", "evaluation__region_path", "evaluation__shown_at", "evaluation__code"
    )
    for indicator, account, path, at, code in rows:
        yield Seen(WEAK[indicator], account, path, day(at), code, is_about_person=True)
