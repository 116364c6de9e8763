"""My work: what waits for me, one act away each; and the hub of all working lists."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from pendamping.access.pages import page, render_page
from pendamping.access.scope import Scope
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.moments import day
from pendamping.core.money import rupiah
from pendamping.core.pieces import Link
from pendamping.insight.measures import RECORDS
from pendamping.insight.queries import numbers, waiting
from pendamping.training import gate_told
from pendamping.training.queries import gates as training

MONTHS_SHOWN = 6
PLACES_NAMED = 3
# What belongs to listening and is no list of one step: the verb that opens it, its address, its name.
BESIDE = (
    (Verb.VOICE_RECORD, "needs:doors", gettext_lazy("From door to door")),
    (Verb.VOICE_RECORD, "needs:meeting_list", gettext_lazy("Voices of one meeting, from a spreadsheet")),
    (Verb.VOICE_MODERATE, "needs:moderation", gettext_lazy("Moderation")),
    (Verb.CASE_HANDLE, "needs:cases", gettext_lazy("Confidential voices")),
    (Verb.LISTENING_MANAGE, "needs:inbox", gettext_lazy("Messages without a place")),
    (Verb.LISTENING_MANAGE, "needs:categories", gettext_lazy("Categories, deadlines, ready answers, criteria")),
    (Verb.RECORD_SEE, "needs:waiting_times", gettext_lazy("How long voices wait (public)")),
)


@require_safe
@page(Verb.WORK_SEE)
def work(request: HttpRequest) -> HttpResponse:
    """The first page after sign-in: Menunggu Anda, then the numbers of my area beside last month's."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    today = day(timezone.now())
    groups = waiting.waiting(scope, today)
    context = {
        "groups": groups,
        "kicker": formats.day(today, "hari"),
        "lead": _lead(_places(scope)),
        "stats": _stats(scope, today),
        "holds_nothing": not scope.holdings,
        "gates": _gates(scope, today),
    }
    return render_page(request, "insight/work.html", context)


def _gates(scope: Scope, today: date) -> list[dict[str, object]]:
    """What asks, or will soon ask, for a certificate this person lacks: one's own business, not a viewer's."""
    closing = training.closing(scope, today) if scope.viewer is None else []
    shown = []
    for course in dict.fromkeys(one.gate.course for one in closing):
        first = next(one for one in closing if one.gate.course == course)
        acts = [gate_told.act_label(one.gate) for one in closing if one.gate.course == course]
        shown.append({
            "said": gate_told.told(first.gate), "course": gate_told.course_label(course), "acts": acts, "on": first.on,
            "is_shut": first.on <= today,
        })  # fmt: skip
    return shown


def _stats(scope: Scope, today: date) -> list[dict[str, object]]:
    """This month beside the month before, with half a year as a small line."""
    paths = scope.paths(Verb.FIGURES_SEE)
    if not paths:
        return []
    months = _months(today)
    words = {
        "voice.received": _("voices"), "need.state": _("new needs"), "proposal.state": _("new proposals"),
        "spent.rupiah": _("spent, verified"),
    }  # fmt: skip
    found = numbers.by_month(paths, words, since=months[0], until=months[-1])
    return [_stat(measure, noun, [found[measure].get(month, 0) for month in months]) for measure, noun in words.items()]


def _stat(measure: str, noun: str, series: list[int]) -> dict[str, object]:
    write = rupiah if measure.endswith(".rupiah") else formats.number
    note = _("last month %(count)s") % {"count": write(series[-2])}
    return {"number": write(series[-1]), "noun": noun, "note": note, "series": series if any(series) else ()}


def _months(today: date) -> list[int]:
    """The last months as yyyymm, this one at the end."""
    first = today.year * 12 + today.month - MONTHS_SHOWN
    return [(first + step) // 12 * 100 + (first + step) % 12 + 1 for step in range(MONTHS_SHOWN)]


@require_safe
@page(Verb.RECORD_SEE)
def records(request: HttpRequest) -> HttpResponse:
    """All working lists, each with how many records stand in which state."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    sums = numbers.sums_of(scope.paths(Verb.RECORD_SEE), [record.measure for record in RECORDS])
    lists = []
    for record in RECORDS:
        counts = sums.by_dimension(record.measure)
        states = [(label, formats.number(counts[value])) for value, label in record.states.choices if counts.get(value)]
        total = formats.number(sum(counts.values()))
        lists.append({"label": record.label, "href": reverse(record.address), "total": total, "states": states})
    beside = [Link(str(label), reverse(address)) for verb, address, label in BESIDE if scope.can_anywhere(verb)]
    context = {"lists": lists, "beside": beside, "kicker": ", ".join(_places(scope))}
    return render_page(request, "insight/records.html", context)


def _lead(places: list[str]) -> str:
    few = len(places) <= PLACES_NAMED
    return ", ".join(places) if few else _("%(count)s places") % {"count": formats.number(len(places))}


def _places(scope: Scope) -> list[str]:
    return sorted({holding.region_label for holding in scope.holdings})
