"""The way of one month from its plan to its pay, as a line of time the person and the offices read."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pendamping.core import formats
from pendamping.core.pieces import Entry
from pendamping.facilitators.enums.months import DecisionKind, MonthOffice
from pendamping.facilitators.enums.pay import LineState
from pendamping.facilitators.models import MonthDecision, MonthPlan, MonthReport, PayLine
from pendamping.facilitators.month_shown import label_of

_STATES = {DecisionKind.RECOMMENDED: "active", DecisionKind.RETURNED: "stopped", DecisionKind.APPROVED: "done"}


def story(
    report: MonthReport | None, plan: MonthPlan | None, lines: list[PayLine], *, words: bool = True
) -> list[Entry]:
    """Everything that happened with a month, the newest first; what was said about the pay only with `words`."""
    found: list[Entry] = []
    if plan is not None:
        said = _("Plan sent, after its day") if plan.is_late else _("Plan sent")
        found.append(Entry(said, plan.sent_at))
    if report is not None:
        found += [_decision(one) for one in report.decisions.order_by("id")]
        found.append(Entry(_sent(report), report.sent_at))
    for line in lines:
        found += _pay(line, words=words)
    return sorted(found, key=lambda one: str(one.when.isoformat()), reverse=True)


def _sent(report: MonthReport) -> str:
    if report.sendings > 1:
        return _("Report sent again (sending %(number)d)") % {"number": report.sendings}
    return _("Report sent, late") if report.is_late else _("Report sent")


def _decision(one: MonthDecision) -> Entry:
    kind = DecisionKind(one.kind)
    return Entry(
        str(kind.label), one.created_at, who=label_of(MonthOffice, one.office), why=one.reason, state=_STATES[kind]
    )


def _pay(line: PayLine, *, words: bool) -> list[Entry]:
    run, found = line.run, []
    reason, said = (line.reason, line.said) if words else ("", "")
    found.append(Entry(_("On list %(number)d of honoraria") % {"number": run.number}, line.created_at))
    if run.handed_over_at:
        found.append(Entry(_("With the treasurer"), run.handed_over_at, state="active"))
    if run.paid_at and line.state != LineState.FAILED:
        day = formats.day(run.paid_on)
        found.append(Entry(_("Paid on %(day)s") % {"day": day}, run.paid_at, why=reason, state="active"))
    if line.answered_at and line.state in (LineState.RECEIVED, LineState.DENIED):
        state = "done" if line.state == LineState.RECEIVED else "stopped"
        found.append(Entry(str(line.get_state_display()), line.answered_at, why=said, state=state))
    if line.state == LineState.FAILED:
        when = run.paid_at or run.handed_over_at or line.created_at
        found.append(Entry(str(line.get_state_display()), when, why=reason, state="stopped"))
    return found
