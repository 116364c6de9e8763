"""The working lists: what waits first, a few filters, pages by keyset."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.codes import read_code
from pendamping.core.moments import day
from pendamping.core.pieces import Link
from pendamping.core.trace import Step, Trace
from pendamping.needs.enums.needs import NeedState
from pendamping.needs.enums.proposals import ProposalState
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.models import Need, Proposal, Voice
from pendamping.needs.queries.finding import code_or_words
from pendamping.needs.queries.menu import menu_in_force

ROWS = 25
PLACE = ("region__parent__parent", "menu_item")
TONES = {
    VoiceState.HEARD: "waiting", VoiceState.GATHERED: "active", VoiceState.ANSWERED: "done",
    NeedState.OPEN: "waiting", NeedState.VERIFIED: "active", NeedState.PROPOSED: "active",
    ProposalState.DRAFT: "neutral", ProposalState.SUBMITTED: "waiting", ProposalState.RETURNED: "waiting",
    ProposalState.CHECKED: "active", ProposalState.ON_AGENDA: "active", ProposalState.FUNDED: "done",
    ProposalState.DEFERRED: "stopped", ProposalState.PASSED_ON: "stopped", ProposalState.REJECTED: "stopped",
    ProposalState.WITHDRAWN: "stopped", ProposalState.RECOMMENDED: "active", ProposalState.TO_CITY: "stopped",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One line of a list."""

    record: Any
    title: str
    place: str
    state: str
    tone: str
    trace: Trace
    href: str
    due: date | None = None
    late: bool = False


def tone(record: Voice | Need | Proposal) -> str:
    """The sign of a record's state."""
    return TONES[record.state]  # type: ignore[index]


@require_safe
@page(Verb.RECORD_SEE)
def needs(request: HttpRequest) -> HttpResponse:
    """What the voices come to."""
    views = {
        "open": [NeedState.OPEN],
        "verified": [NeedState.VERIFIED],
        "done": [NeedState.PROPOSED, NeedState.ANSWERED],
    }
    labels = {"open": _("To verify"), "verified": _("Verified"), "done": _("Proposed or answered")}
    context = _listed(request, Need.objects.select_related(*PLACE), views, labels, "title", at=Step.NEED)
    return render_page(request, "needs/needs.html", context)


@require_safe
@page(Verb.RECORD_SEE)
def proposals(request: HttpRequest) -> HttpResponse:
    """What is proposed, and where each proposal stands."""
    views = {
        "submitted": [ProposalState.SUBMITTED], "draft": [ProposalState.DRAFT, ProposalState.RETURNED],
        "checked": [ProposalState.CHECKED, ProposalState.RECOMMENDED, ProposalState.ON_AGENDA],
        "decided": [
            ProposalState.FUNDED, ProposalState.DEFERRED, ProposalState.PASSED_ON, ProposalState.REJECTED,
            ProposalState.TO_CITY, ProposalState.WITHDRAWN,
        ],
    }  # fmt: skip
    labels = {
        "submitted": _("To check"), "draft": _("In writing"), "checked": _("For the meeting"),
        "decided": _("Decided or withdrawn"),
    }  # fmt: skip
    return render_page(
        request,
        "needs/proposals.html",
        _listed(request, Proposal.objects.select_related(*PLACE), views, labels, "title", at=Step.PROPOSAL),
    )


def _listed(
    request: HttpRequest, records: QuerySet[Any], views: Mapping[str, Iterable[str] | Q], labels: dict[str, str],
    words: str, *, at: Step,
) -> dict[str, Any]:  # fmt: skip
    """One page of a list as its template takes it."""
    asked = request.GET
    found = request.scope.narrow(records, Verb.RECORD_SEE)  # type: ignore[attr-defined]
    search, group = asked.get("q", "").strip(), asked.get("about", "")
    view = asked.get("view") or next(iter(views))
    if read_code(search):
        view = "all"  # a code names one record, wherever it stands
    if view in views:
        wanted = views[view]
        found = found.filter(wanted if isinstance(wanted, Q) else Q(state__in=wanted))
    if search:
        found = code_or_words(found, search, words)
    if group == "other":
        found = found.filter(menu_item=None)
    elif group:
        found = found.filter(menu_item__code__startswith=f"{group}.")
    before = asked.get("before", "")
    if before.isdigit():
        found = found.filter(pk__lt=int(before[:18]))
    page_of = list(found.order_by("-id")[: ROWS + 1])
    return {
        "rows": [row_of(record, words, at) for record in page_of[:ROWS]],
        "tabs": [
            Link(label, address(asked, view=name, before=None), current=name == view)
            for name, label in {**labels, "all": _("All")}.items()
        ],
        "older": address(asked, before=page_of[ROWS - 1].pk) if len(page_of) > ROWS else "",
        "newer": address(asked, before=None) if before else "",
        "search": search, "group": group, "view": view, "groups": groups(),
    }  # fmt: skip


def row_of(record: Any, words: str, at: Step) -> Row:
    title = getattr(record, words)
    trace = Trace(at, stopped=tone(record) == "stopped")
    due = getattr(record, "due_on", None)
    return Row(
        record=record,
        title=title if len(title) <= 140 else f"{title[:140]}…",
        place=record.region.place_label,
        state=record.get_state_display(),
        tone=tone(record),
        trace=trace,
        href=_address_of(record),
        due=due,
        late=due is not None and due < day(timezone.now()),
    )


def _address_of(record: Any) -> str:
    return reverse(f"needs:{type(record).__name__.lower()}", args=[record.code])


def groups() -> list[tuple[str, str]]:
    items = menu_in_force(day(timezone.now()))
    return list({item.group_code: item.group_label for item in items}.items())


def address(asked: Any, **changes: Any) -> str:
    query = asked.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"?{query.urlencode()}"
