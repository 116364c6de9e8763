"""What can happen in planning: rules and ceilings set; projects prepared, approved and carried through their states."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from pendamping.access import duties
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import counters, journal
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.moments import day, period
from pendamping.core.personal import mask, mask_to
from pendamping.core.verdicts import Verdict
from pendamping.deliberation.enums import MeetingState
from pendamping.deliberation.models import Decision
from pendamping.deliberation.queries import duties_until_decided
from pendamping.needs.enums import Stream
from pendamping.needs.models import Proposal
from pendamping.planning import queries, rules
from pendamping.planning.enums import ProjectState, Reason
from pendamping.planning.models import WHOLE, Ceiling, Project, RuleSet, SubActivity
from pendamping.regions.models import Region


@act("planning.rules_set")
def set_rules(
    *, by: Account | None, at: datetime, city: Region, fiscal_year: int, valid_from: date, legal_basis: str,
    default_ceiling: int, tranches: Sequence[Sequence[int]], infrastructure_min: int = 0,
    infrastructure_max: int = WHOLE, empowerment_min: int = 0, empowerment_max: int = WHOLE, note: str = "",
) -> RuleSet:  # fmt: skip
    """Set a version of the rules of a budget year (id: menetapkan aturan); the version before ends the day before.

    Shares are in hundredths of a percent; tranches are [[percent, progress needed], …]. Refuses shares that cannot
    all be kept, tranches that are not the whole, and a version that does not begin after the one in force.
    """
    city = Region.objects.select_for_update().get(pk=city.pk)
    before = RuleSet.objects.filter(city=city, fiscal_year=fiscal_year).order_by("-valid_from").first()
    shares = {
        Stream.INFRASTRUCTURE.value: rules.Share(infrastructure_min, infrastructure_max),
        Stream.EMPOWERMENT.value: rules.Share(empowerment_min, empowerment_max),
    }
    rules.may_set_rules(
        level=city.level, legal_basis=legal_basis, valid_from=valid_from, default_ceiling=default_ceiling,
        holds_from=before.valid_from if before else None, shares=shares, tranches=tranches,
    ).or_raise()  # fmt: skip
    if before is not None:
        before.valid_to = valid_from - timedelta(days=1)
        before.save(update_fields=["valid_to"])
    made = RuleSet.objects.create(
        created_at=at, city=city, fiscal_year=fiscal_year, valid_from=valid_from,
        legal_basis=mask_to(legal_basis.strip(), 200),
        default_ceiling=default_ceiling, infrastructure_min=infrastructure_min, infrastructure_max=infrastructure_max,
        empowerment_min=empowerment_min, empowerment_max=empowerment_max, tranches=[list(pair) for pair in tranches],
        note=mask(note).text, set_by=by,
    )  # fmt: skip
    _tell(
        "planning.rules_set",
        made,
        Verb.RULES_MANAGE,
        by=by,
        at=at,
        changes=_differences(before, made),
    )
    return made


def _differences(before: RuleSet | None, made: RuleSet) -> dict[str, Any]:
    names = ("valid_from", "legal_basis", "default_ceiling", "infrastructure_min", "infrastructure_max",
             "empowerment_min", "empowerment_max", "tranches")  # fmt: skip
    pairs = {name: [getattr(before, name, None), getattr(made, name)] for name in names}
    return {
        "fiscal_year": made.fiscal_year,
        **{name: pair for name, pair in pairs.items() if pair[0] != pair[1]},
    }


@act("planning.ceiling_set")
def set_ceiling(
    *,
    by: Account | None,
    at: datetime,
    ward: Region,
    year: int,
    amount: int,
    legal_basis: str = "",
) -> Ceiling:
    """Set the ceiling of one ward in a year (id: menetapkan pagu); without a basis it names the city's rules.

    A ceiling may fall below what is planned (budgets are cut within the year): nothing more can be planned then.
    """
    rules.may_set_ceiling(level=ward.level, amount=amount).or_raise()
    rule_set = _rules_or_refuse(ward.city_path, year, at)
    ceiling = _locked_ceiling(ward, year, rule_set, at)
    before = queries.ceiling_state(ward, year, day(at)).amount
    ceiling.amount, ceiling.legal_basis = (
        amount,
        mask_to(legal_basis.strip(), 200) or rule_set.legal_basis,
    )
    ceiling.save(update_fields=["amount", "legal_basis"])
    _tell("planning.ceiling_set", ceiling, Verb.RULES_MANAGE, by=by, at=at,
          changes={"year": year, "amount": [before, amount], "basis": ceiling.legal_basis})  # fmt: skip
    return ceiling


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
    year, stream = proposal.fiscal_year, proposal.menu_item.stream
    ward = Region.objects.get(path=proposal.ward_path)
    rule_set = _rules_or_refuse(ward.city_path, year, at)
    ceiling = _locked_ceiling(ward, year, rule_set, at)  # from here on one at a time in this ward and year
    for verdict in (
        rules.is_funded(
            outcome=decision.outcome,
            is_closed=decision.item.meeting.state == MeetingState.CLOSED,
            is_planned=Project.objects.filter(decision=decision).exists(),
        ),
        rules.is_told(title=title, funding_source=funding_source, executor=executor),
        rules.is_in_stream(stream=stream, sub_activity_stream=sub_activity.stream),
        rules.is_dated(starts_on=starts_on, ends_on=ends_on, fiscal_year=year),
        preparer_verdict(by=by, proposal=proposal, at=at),
    ):
        verdict.or_raise()
    room = queries.ceiling_state(ward, year, day(at)).room
    rules.fits(budget=budget, agreed=decision.amount or 0, stream=stream, room=room).or_raise()
    if not ceiling.legal_basis and ceiling.amount != room.ceiling:  # it follows the city's default
        Ceiling.objects.filter(pk=ceiling.pk).update(amount=room.ceiling)
    project = Project.add(
        at=at, region=proposal.region, decision=decision, rule_set=rule_set, fiscal_year=year,
        title=mask_to(title, 160),
        stream=stream, sub_activity=sub_activity, budget=budget, funding_source=mask_to(funding_source.strip(), 80),
        executor=mask_to(executor, 120), starts_on=starts_on, ends_on=ends_on, prepared_by=by,
    )  # fmt: skip
    counters.moved("project.state", project, None, project.state)
    counters.change(
        "planned.rupiah",
        region_path=project.region_path,
        period=project.period,
        dimension=stream,
        by=budget,
    )
    _tell("planning.project_prepared", project, Verb.PROJECT_PREPARE, by=by, at=at,
          changes={"budget": budget, "stream": stream, "starts_on": starts_on, "ends_on": ends_on,
                   "sub_activity": sub_activity.code})  # fmt: skip
    return project


@act("planning.project_approved")
def approve_project(*, by: Account | None, at: datetime, project: Project) -> Project:
    """Approve a prepared project (id: menyetujui kegiatan).

    Refuses who prepared it, proposed or checked the proposal, and any facilitator.
    """
    project = _locked(project)
    rules.may_move(state=project.state, to=ProjectState.APPROVED).or_raise()
    approver_verdict(by=by, project=project, at=at).or_raise()
    project.approved_at, project.approved_by = at, by
    _move(project, ProjectState.APPROVED, "approved_at", "approved_by")
    counters.change(
        "approved.rupiah", region_path=project.region_path, period=period(at), dimension=project.stream,
        by=project.budget,
    )  # fmt: skip
    _tell("planning.project_approved", project, Verb.PROJECT_APPROVE, by=by, at=at,
          changes={"state": [ProjectState.PREPARED, ProjectState.APPROVED], "budget": project.budget})  # fmt: skip
    return project


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
    """The work was verified at 100 % (id: kegiatan selesai). Delivery calls this. Refuses unless under way."""
    project = _locked(project)
    project.completed_at = at
    return _go_on(
        project,
        ProjectState.COMPLETED,
        "planning.project_completed",
        "completed_at",
        by=by,
        at=at,
    )


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
    journal.record(verb, subject=project, region=project.region_path, by=by, at=at, changes={"state": [old, to]},
                   public=False)  # fmt: skip
    return project


def _move(project: Project, to: str, *fields: str) -> None:
    old, project.state = project.state, to
    project.save(update_fields=["state", *fields])
    counters.moved("project.state", project, old, to)


def _rules_or_refuse(city_path: str, year: int, at: datetime) -> RuleSet:
    found = queries.rules_in_force(city_path, year, day(at))
    if found is None:
        raise Refused(Reason.NO_RULE_SET, year=year)
    return found


def _locked_ceiling(ward: Region, year: int, rule_set: RuleSet, at: datetime) -> Ceiling:
    """The row every planner of this ward and year waits for, made when first needed: two at once make one row."""
    made = Ceiling(created_at=at, ward=ward, fiscal_year=year, amount=rule_set.default_ceiling)
    Ceiling.objects.bulk_create([made], ignore_conflicts=True)
    return Ceiling.objects.select_for_update().get(ward=ward, fiscal_year=year)


def _locked_decision(decision: Decision) -> Decision:
    related = ("item__meeting", "item__proposal__menu_item", "item__proposal__region")
    return Decision.objects.select_for_update(of=("self",)).select_related(*related).get(pk=decision.pk)


def _locked(project: Project) -> Project:
    related = ("region", "decision__item__proposal", "rule_set")
    return Project.objects.select_for_update(of=("self",)).select_related(*related).get(pk=project.pk)


def _tell(
    verb: str,
    subject: Any,
    right: Verb,
    *,
    by: Account | None,
    at: datetime,
    changes: dict[str, Any],
) -> None:
    office = duties.office_of(by, right, subject, at)
    journal.record(
        verb,
        subject=subject,
        region=subject.region_path,
        by=by,
        at=at,
        office=office,
        changes=changes,
    )
