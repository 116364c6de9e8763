"""What can wait for a person: for each right, the records that ask for exactly that act now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Exists, OuterRef, QuerySet, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pendamping.access.duties import Duty
from pendamping.access.scope import scope_of
from pendamping.access.verbs import Verb
from pendamping.assets.enums import Condition
from pendamping.assets.models import Asset
from pendamping.benefits.enums import Answer
from pendamping.benefits.models import Confirmation, Reach
from pendamping.deliberation.enums.ladder import MeetingObjectionState
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.models import Meeting, MeetingObjection
from pendamping.delivery.enums import ReportState
from pendamping.delivery.models import Payment, ProgressReport
from pendamping.needs.enums.conversations import Turn
from pendamping.needs.enums.menu import Stream
from pendamping.needs.enums.needs import NeedState
from pendamping.needs.enums.proposals import ProposalState
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.models import Need, Proposal, Voice
from pendamping.needs.queries.cases import cases_without_team
from pendamping.needs.queries.moderation import reported_voices
from pendamping.needs.queries.standing import with_due
from pendamping.needs.queries.turns import my_turn
from pendamping.needs.rules.proposals import ENDED
from pendamping.planning.enums import ProjectState
from pendamping.planning.models import Project
from pendamping.planning.queries import standing

SOON = timedelta(days=14)
RECENT = timedelta(days=60)

# An earlier duty on the same object, and where its account stands on the record.
Duties = tuple[tuple[Duty, str], ...]


@dataclass(frozen=True)
class Kind:
    """One kind of waiting work (id: jenis pekerjaan yang menunggu)."""

    key: str
    title: Promise
    verb: Verb
    records: Callable[[Any, date], QuerySet[Any]]
    address: str  # the page where the act is done, by the record's code
    since: str = "created_at"
    due: str = ""
    coded_by: str = "code"  # "" where the act stands on one page for all of them
    measure: str = ""  # the counter that says how many there are in all
    state: str = ""
    takes: Duty | None = None  # the duty this work would be; with it, `duties` refuse who stands on another side
    duties: Duties = ()
    related: tuple[str, ...] = ()  # what the record's own name needs
    # Where its records stand: "ward" and below, "city" for the city's own, "inside" at any height, "own" for one's own.
    reach: str = "ward"
    is_private: bool = False  # not for whoever looks through somebody's eyes, as one's own ("own") never is
    named_by: str = ""  # what to call it by, when its own name says too little


def _proposals_to_prepare(_account: Any, _today: date) -> QuerySet[Proposal]:
    planned = standing().filter(decision__item__proposal=OuterRef("pk"))
    return Proposal.objects.filter(~Exists(planned), state=ProposalState.FUNDED)


def _needs_to_propose(_account: Any, _today: date) -> QuerySet[Need]:
    live = Proposal.objects.filter(need=OuterRef("pk")).exclude(state__in=ENDED)
    return Need.objects.filter(~Exists(live), state=NeedState.VERIFIED)


def _meetings_without_attendance(_account: Any, today: date) -> QuerySet[Meeting]:
    return Meeting.objects.filter(state=MeetingState.CALLED, held_on__lte=today, attendance=None)


def _objections_to_answer(account: Any, _today: date) -> QuerySet[MeetingObjection]:
    """Those still open, of meetings that this person did not close."""
    waiting = MeetingObjection.objects.filter(state=MeetingObjectionState.OPEN)
    return waiting.exclude(meeting__closed_by=account).exclude(meeting__revisions__closed_by=account)


def _projects_to_report(_account: Any, today: date) -> QuerySet[Project]:
    waiting = ProgressReport.objects.filter(project=OuterRef("pk"), state=ReportState.REPORTED)
    first = When(state=ProjectState.APPROVED, then="starts_on")
    begun = Project.objects.filter(starts_on__lte=today + SOON).annotate(report_by=Case(first, default="ends_on"))
    return begun.filter(~Exists(waiting), state__in=[ProjectState.APPROVED, ProjectState.RUNNING])


def _projects_to_count(_account: Any, _today: date) -> QuerySet[Project]:
    counted = Reach.objects.filter(project=OuterRef("pk"))
    return Project.objects.filter(~Exists(counted), state__in=[ProjectState.COMPLETED, ProjectState.HANDED_OVER])


def _reports_to_verify(account: Any, _today: date) -> QuerySet[ProgressReport]:
    paid = Payment.objects.filter(project=OuterRef("project"), paid_by=account)
    return ProgressReport.objects.filter(~Exists(paid), state=ReportState.REPORTED)


def _projects_to_hand_over(_account: Any, _today: date) -> QuerySet[Project]:
    return Project.objects.filter(state=ProjectState.COMPLETED, stream=Stream.INFRASTRUCTURE)


def _unhappy(_account: Any, today: date) -> QuerySet[Confirmation]:
    since = today - RECENT
    return Confirmation.objects.filter(answer=Answer.NO, period__gte=since.year * 100 + since.month)


def _project_duties(path: str = "") -> Duties:
    """The duties on a project whose accounts stand on the record itself or on what it came from."""
    proposal = f"{path}decision__item__proposal__"
    return (
        (Duty.PREPARER, f"{path}prepared_by_id"),
        (Duty.APPROVER, f"{path}approved_by_id"),
        (Duty.DECIDER, f"{path}decision__by_id"),
        (Duty.PROPOSER, f"{proposal}proposed_by_id"),
        (Duty.SUBMITTER, f"{proposal}submitted_by_id"),
        (Duty.CHECKER, f"{proposal}checked_by_id"),
    )


def _turns(account: Any, today: date) -> QuerySet[Voice]:
    """Where somebody must act next: passed on, risen, written to again. Who gathers finds fresh ones among those."""
    mine = Voice.objects.filter(my_turn(scope_of(account, today)))
    return with_due(mine.exclude(turn=Turn.FACILITATOR, state=VoiceState.HEARD))


_CHECKER: Duties = ((Duty.PROPOSER, "proposed_by_id"), (Duty.SUBMITTER, "submitted_by_id"))

KINDS: tuple[Kind, ...] = (
    Kind(
        "inspections", _("Inspections due"), Verb.ASSET_INSPECT,
        lambda _a, today: Asset.objects.exclude(condition=Condition.GONE).filter(next_inspection_on__lte=today + SOON),
        "assets:inspect", due="next_inspection_on",
    ),
    Kind(
        "meetings", _("Meetings to decide and close"), Verb.MEETING_DECIDE,
        lambda _a, today: Meeting.objects.filter(state=MeetingState.CALLED, held_on__lte=today + SOON),
        "deliberation:meeting", due="held_on",
    ),
    Kind(
        "attendance", _("Meetings whose attendance is not counted"), Verb.MEETING_ATTENDANCE,
        _meetings_without_attendance, "deliberation:meeting", due="held_on",
    ),
    Kind(
        "meeting_objections", _("Objections to meetings, to be answered"), Verb.OBJECTION_ANSWER, _objections_to_answer,
        "deliberation:answer_objection", reach="inside", named_by="meeting__title",
    ),
    Kind(
        "reporting", _("Progress to report"), Verb.PROGRESS_REPORT, _projects_to_report, "delivery:report",
        due="report_by",
    ),
    Kind(
        "reports", _("Progress reports to verify"), Verb.PROGRESS_VERIFY, _reports_to_verify, "delivery:progress",
        measure="report.state", state=ReportState.REPORTED, takes=Duty.VERIFIER,
        duties=((Duty.REPORTER, "reported_by_id"), *_project_duties("project__")),
        related=("project",),
    ),
    Kind(
        "approvals", _("Projects to approve"), Verb.PROJECT_APPROVE,
        lambda _a, _t: Project.objects.filter(state=ProjectState.PREPARED), "planning:project", due="starts_on",
        measure="project.state", state=ProjectState.PREPARED, takes=Duty.APPROVER, duties=_project_duties(),
    ),
    Kind(
        "handovers", _("Works to hand over"), Verb.ASSET_HAND_OVER, _projects_to_hand_over, "assets:hand_over",
        since="completed_at", takes=Duty.GIVER, duties=_project_duties(),
    ),
    Kind(
        "preparing", _("Decisions to plan as projects"), Verb.PROJECT_PREPARE, _proposals_to_prepare,
        "planning:prepare",
    ),
    Kind(
        "plans", _("Plans of projects to repair"), Verb.PROJECT_PREPARE,
        lambda _a, _t: Project.objects.filter(state=ProjectState.RETURNED), "planning:revise", due="starts_on",
        measure="project.state", state=ProjectState.RETURNED,
    ),
    Kind(
        "checks", _("Proposals to check"), Verb.PROPOSAL_CHECK,
        lambda _a, _t: Proposal.objects.filter(state=ProposalState.SUBMITTED), "needs:proposal", since="submitted_at",
        measure="proposal.state", state=ProposalState.SUBMITTED, takes=Duty.CHECKER, duties=_CHECKER,
    ),
    Kind(
        "repairs", _("Your proposals to complete"), Verb.PROPOSAL_WRITE,
        lambda account, _t: Proposal.objects.filter(
            state__in=[ProposalState.DRAFT, ProposalState.RETURNED], proposed_by=account
        ),
        "needs:proposal",
    ),
    Kind(
        "agenda", _("Proposals to put to a meeting"), Verb.MEETING_CALL,
        lambda _a, _t: Proposal.objects.filter(state=ProposalState.CHECKED), "needs:proposal", since="checked_at",
        measure="proposal.state", state=ProposalState.CHECKED,
    ),
    Kind(
        "proposing", _("Needs to turn into proposals"), Verb.PROPOSAL_WRITE, _needs_to_propose, "needs:propose",
        since="verified_at",
    ),
    Kind(
        "verifying", _("Needs to verify on site"), Verb.NEED_VERIFY,
        lambda _a, _t: Need.objects.filter(state=NeedState.OPEN), "needs:need",
        measure="need.state", state=NeedState.OPEN,
    ),
    Kind(
        "voices", _("Voices to gather"), Verb.VOICE_GATHER,
        lambda _a, _t: with_due(Voice.objects.filter(state=VoiceState.HEARD)), "needs:voice", since="heard_at",
        due="due_on", measure="voice.state", state=VoiceState.HEARD,
    ),
    Kind(
        "turns", _("Voices whose turn is yours"), Verb.VOICE_ANSWER, _turns, "needs:voice", since="heard_at",
        due="due_on", reach="inside",
    ),
    Kind(
        "reports_of_content", _("Reported voices to look at"), Verb.VOICE_MODERATE, lambda _a, _t: reported_voices(),
        "needs:moderate", since="heard_at",
    ),
    Kind(
        "confidential", _("Confidential voices that nobody reads yet"), Verb.CASE_HANDLE,
        lambda _a, today: cases_without_team(today), "needs:case", since="heard_at", is_private=True,
    ),
    Kind(
        "reach", _("People reached to count"), Verb.BENEFIT_COUNT, _projects_to_count, "benefits:reach",
        since="completed_at",
    ),
    Kind(
        "unhappy", _("Residents who say it does not help"), Verb.BENEFIT_COUNT, _unhappy, "planning:project",
        coded_by="project__code", related=("project",),
    ),
)  # fmt: skip

# Where all records of a kind stand when more wait than are shown: the list and its filter.
LISTED: dict[str, tuple[str, str]] = {
    "inspections": ("assets:assets", "?view=due"), "handovers": ("assets:assets", ""),
    "meetings": ("deliberation:meetings", "?state=called"), "attendance": ("deliberation:meetings", "?state=called"),
    "meeting_objections": ("deliberation:meetings", "?state=closed"),
    "reporting": ("delivery:reports", ""), "reports": ("delivery:reports", "?state=reported"),
    "payments": ("delivery:reports", ""), "approvals": ("planning:projects", "?state=prepared"),
    "preparing": ("planning:projects", ""), "plans": ("planning:projects", "?state=returned"),
    "reach": ("planning:projects", "?state=completed"),
    "unhappy": ("planning:projects", ""), "checks": ("needs:proposals", "?view=submitted"),
    "repairs": ("needs:proposals", "?view=draft"), "agenda": ("needs:proposals", "?view=checked"),
    "proposing": ("needs:needs", "?view=verified"), "verifying": ("needs:needs", "?view=open"),
    "voices": ("needs:voices", "?view=heard"), "reports_of_content": ("needs:moderation", ""),
    "confidential": ("needs:cases", ""), "turns": ("needs:voices", "?view=mine"),
    "messages": ("needs:inbox", ""),
}  # fmt: skip
