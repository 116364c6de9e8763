"""A project is prepared, repaired, returned, cancelled or approved, and carried through its states by later steps."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pendamping.access import duties
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import counters, journal
from pendamping.core.acts import act
from pendamping.core.moments import day, period
from pendamping.core.personal import mask, mask_to
from pendamping.core.verdicts import Verdict
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.models import Decision, Meeting
from pendamping.deliberation.queries.meetings import duties_until_decided
from pendamping.needs import services as needs
from pendamping.needs.models import Proposal
from pendamping.planning import queries, rules
from pendamping.planning.enums import ProjectState
from pendamping.planning.models import Ceiling, Project, ProjectRevision, RuleSet, SubActivity
from pendamping.planning.services.limits import locked_ceiling, rules_or_refuse, tell
from pendamping.regions.models import Region

FACTS = ("title", "budget", "funding_source", "executor", "starts_on", "ends_on")


@act("planning.project_prepared")
def prepare_project(
    *, by: Account | None, at: datetime, decision: Decision, title: str, sub_activity: SubActivity, budget: int,
    funding_source: str, executor: str, starts_on: date, ends_on: date,
) -> Project:  # fmt: skip
    """Plan what a meeting decided to fund (id: menyusun kegiatan), under the ceiling of the ward.

    Refuses what no closed meeting funded, more than it agreed, more than the ceiling or the share of the stream leaves
    (saying by how much), days outside the budget year, a budget line of the other stream, and who checked
    or decided it.
    """
    decision = _locked_decision(decision)
    proposal = decision.item.proposal
    rules.is_funded(
        outcome=decision.outcome,
        is_closed=decision.item.meeting.state == MeetingState.CLOSED,
        is_planned=Project.objects.filter(decision=decision).exists(),
    ).or_raise()
    facts = _plan(
        title=title, sub_activity=sub_activity, budget=budget, funding_source=funding_source, executor=executor,
        starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip
    rule_set = _room_for(facts, proposal, decision, by=by, at=at)
    project = Project.add(
        at=at, region=proposal.region, decision=decision, rule_set=rule_set, fiscal_year=proposal.fiscal_year,
        stream=proposal.menu_item.stream, prepared_by=by, **facts,
    )  # fmt: skip
    counters.moved("project.state", project, None, project.state)
    _count_planned(project, project.budget)
    tell("planning.project_prepared", project, Verb.PROJECT_PREPARE, by=by, at=at,
         changes={"budget": budget, "stream": project.stream, "starts_on": starts_on, "ends_on": ends_on,
                  "sub_activity": sub_activity.code})  # fmt: skip
    return project


@act("planning.project_revised")
def revise_project(
    *, by: Account | None, at: datetime, project: Project, title: str, sub_activity: SubActivity, budget: int,
    funding_source: str, executor: str, starts_on: date, ends_on: date,
) -> Project:  # fmt: skip
    """Repair a project before its approval (id: memperbaiki kegiatan); how it read before is kept.

    It then waits for approval again, under the rules in force now. Refuses what preparing refuses, and a project
    already approved or cancelled.
    """
    project = _locked(project)
    rules.is_unapproved(state=project.state).or_raise()
    facts = _plan(
        title=title, sub_activity=sub_activity, budget=budget, funding_source=funding_source, executor=executor,
        starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip
    rule_set = _room_for(facts, project.decision.item.proposal, project.decision, by=by, at=at, besides=project)
    before = {**{name: getattr(project, name) for name in FACTS}, "sub_activity": project.sub_activity.code}
    ProjectRevision.objects.create(created_at=at, project=project, facts={k: str(v) for k, v in before.items()}, by=by)
    _count_planned(project, budget - project.budget)
    for name, value in {**facts, "rule_set": rule_set, "verdict_note": ""}.items():
        setattr(project, name, value)
    _move(project, ProjectState.PREPARED, *facts, "rule_set", "verdict_note")
    after = {**facts, "sub_activity": sub_activity.code}
    changes = {name: [old, after[name]] for name, old in before.items() if old != after[name]}
    tell("planning.project_revised", project, Verb.PROJECT_PREPARE, by=by, at=at, changes=changes)
    return project


def _plan(*, title: str, funding_source: str, executor: str, **facts: Any) -> dict[str, Any]:
    rules.is_told(title=title, funding_source=funding_source, executor=executor).or_raise()
    words = {"title": mask_to(title, 160), "funding_source": mask_to(funding_source.strip(), 80)}
    return {**facts, **words, "executor": mask_to(executor, 120)}


def _room_for(
    facts: dict[str, Any], proposal: Proposal, decision: Decision, *, by: Account | None, at: datetime,
    besides: Project | None = None,
) -> RuleSet:  # fmt: skip
    """The rules under which these facts fit; from here on one at a time in this ward and year."""
    year, stream = proposal.fiscal_year, proposal.menu_item.stream
    ward = Region.objects.get(path=proposal.ward_path)
    rule_set = rules_or_refuse(ward.city_path, year, at)
    ceiling = locked_ceiling(ward, year, rule_set, at)
    rules.is_in_stream(stream=stream, sub_activity_stream=facts["sub_activity"].stream).or_raise()
    rules.is_dated(starts_on=facts["starts_on"], ends_on=facts["ends_on"], fiscal_year=year).or_raise()
    preparer_verdict(by=by, proposal=proposal, at=at).or_raise()
    room = queries.ceiling_state(ward, year, day(at)).room
    room = room.without(stream, besides.budget) if besides else room
    rules.fits(budget=facts["budget"], agreed=decision.amount or 0, stream=stream, room=room).or_raise()
    if not ceiling.legal_basis and ceiling.amount != room.ceiling:  # it follows the city's default
        Ceiling.objects.filter(pk=ceiling.pk).update(amount=room.ceiling)
    return rule_set


@act("planning.project_returned")
def return_project(*, by: Account | None, at: datetime, project: Project, reason: str) -> Project:
    """Send a prepared project back with what is to be mended (id: mengembalikan kegiatan)."""
    project = _locked(project)
    rules.may_move(state=project.state, to=ProjectState.RETURNED).or_raise()
    return _turn_down(project, ProjectState.RETURNED, reason, by=by, at=at)


@act("planning.project_cancelled")
def cancel_project(*, by: Account | None, at: datetime, project: Project, reason: str) -> Project:
    """Give up a project before its approval (id: membatalkan kegiatan), for example when the ceiling was cut.

    Its budget is free again, and its proposal is deferred: a later meeting may decide on it anew.
    """
    project = _locked(project)
    rules.is_unapproved(state=project.state).or_raise()
    _turn_down(project, ProjectState.CANCELLED, reason, by=by, at=at)
    _count_planned(project, -project.budget)
    needs.defer_funded(by=by, at=at, proposal=project.decision.item.proposal)
    return project


def _turn_down(project: Project, to: ProjectState, reason: str, *, by: Account | None, at: datetime) -> Project:
    rules.is_told(reason=reason).or_raise()
    approver_verdict(by=by, project=project, at=at).or_raise()
    old, project.verdict_note = project.state, mask(reason).text
    _move(project, to, "verdict_note")
    tell(f"planning.project_{to.value}", project, Verb.PROJECT_APPROVE, by=by, at=at,
         changes={"state": [old, to.value]}, reason=project.verdict_note)  # fmt: skip
    return project


def _count_planned(project: Project, by: int) -> None:
    counters.change(
        "planned.rupiah", region_path=project.region_path, period=project.period, dimension=project.stream, by=by
    )


@act("planning.project_approved")
def approve_project(*, by: Account | None, at: datetime, project: Project) -> Project:
    """Approve a prepared project (id: menyetujui kegiatan).

    Refuses who prepared it, proposed or checked the proposal, any facilitator, and what no longer fits the ceiling or
    the share of its stream (saying by how much): either may have been cut since it was prepared.
    """
    project = _locked(project)
    rules.may_move(state=project.state, to=ProjectState.APPROVED).or_raise()
    approver_verdict(by=by, project=project, at=at).or_raise()
    _still_fits(project, at=at).or_raise()
    project.approved_at, project.approved_by = at, by
    _move(project, ProjectState.APPROVED, "approved_at", "approved_by")
    counters.change(
        "approved.rupiah", region_path=project.region_path, period=period(at), dimension=project.stream,
        by=project.budget,
    )  # fmt: skip
    tell("planning.project_approved", project, Verb.PROJECT_APPROVE, by=by, at=at,
          changes={"state": [ProjectState.PREPARED, ProjectState.APPROVED], "budget": project.budget})  # fmt: skip
    return project


def _still_fits(project: Project, *, at: datetime) -> Verdict:
    ward = Region.objects.get(path=project.ward_path)
    locked_ceiling(ward, project.fiscal_year, rules_or_refuse(ward.city_path, project.fiscal_year, at), at)
    return room_verdict(project, at=at)


def room_verdict(project: Project, *, at: datetime) -> Verdict:
    """Does a planned project still fit the ceiling and the share of its stream, beside all the others?"""
    ward = Region.objects.get(path=project.ward_path)
    room = queries.ceiling_state(ward, project.fiscal_year, day(at)).room.without(project.stream, project.budget)
    return rules.fits(budget=project.budget, agreed=project.decision.amount or 0, stream=project.stream, room=room)


def approver_verdict(*, by: Account | None, project: Project, at: datetime) -> Verdict:
    """May this person approve this project? Not who proposed, checked or prepared it; never a facilitator."""
    earlier = queries.duties_until_approved(project)
    return duties.duty_verdict(by=by, place=project, at=at, takes=duties.Duty.APPROVER, earlier=earlier)


def preparer_verdict(*, by: Account | None, proposal: Proposal, at: datetime) -> Verdict:
    """May this person plan this proposal as a project? Not who checked it or recorded the decision."""
    earlier = duties_until_decided(proposal)
    return duties.duty_verdict(by=by, place=proposal, at=at, takes=duties.Duty.PREPARER, earlier=earlier)


@act("planning.project_started")
def mark_running(*, by: Account | None, at: datetime, project: Project) -> Project:
    """The first progress was verified (id: kegiatan mulai). Delivery calls this; a project under way stays as it is."""
    project = _locked(project)
    if project.state != ProjectState.RUNNING:
        _go_on(project, ProjectState.RUNNING, "planning.project_started", by=by, at=at)
    return project


@act("planning.project_completed")
def mark_completed(*, by: Account | None, at: datetime, project: Project) -> Project:
    """The work was verified at 100 % (id: kegiatan selesai), and those who spoke are asked whether it is solved.

    Delivery calls this. Refuses unless under way.
    """
    project = _locked(project)
    project.completed_at = at
    _go_on(project, ProjectState.COMPLETED, "planning.project_completed", "completed_at", by=by, at=at)
    needs.ask_whether_solved(by=by, at=at, proposal=project.decision.item.proposal)
    return project


@act("planning.project_handed_over")
def mark_handed_over(*, by: Account | None, at: datetime, project: Project) -> Project:
    """The work was given into somebody's care (id: kegiatan diserahterimakan). Assets calls this."""
    return _go_on(
        _locked(project),
        ProjectState.HANDED_OVER,
        "planning.project_handed_over",
        by=by,
        at=at,
    )


def _go_on(project: Project, to: str, verb: str, *fields: str, by: Account | None, at: datetime) -> Project:
    old = project.state
    rules.may_move(state=old, to=to).or_raise()
    _move(project, to, *fields)
    # Not public: the act that led here (a verified report, a handover) tells the same to everyone.
    journal.record(verb, subject=project, region=project.region_path, by=by, at=at,
                   office=duties.nearest_office(by, project, at), changes={"state": [old, to]},
                   public=False)  # fmt: skip
    return project


def _move(project: Project, to: str, *fields: str) -> None:
    old, project.state = project.state, to
    project.save(update_fields=["state", *fields])
    counters.moved("project.state", project, old, to)


def _locked_decision(decision: Decision) -> Decision:
    related = ("item__meeting", "item__proposal__menu_item", "item__proposal__region")
    Meeting.objects.select_for_update().get(items__decision=decision.pk)  # an objection may open it again just now
    return Decision.objects.select_for_update(of=("self",)).select_related(*related).get(pk=decision.pk)


def _locked(project: Project) -> Project:
    related = ("region", "decision__item__proposal__menu_item", "rule_set", "sub_activity")
    return Project.objects.select_for_update(of=("self",)).select_related(*related).get(pk=project.pk)
