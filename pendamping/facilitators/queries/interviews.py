"""The interview panel: who is invited, who has still to declare, score or lock, and what was revealed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from pendamping.access.models import Account
from pendamping.facilitators.enums.interviews import MemberStep
from pendamping.facilitators.enums.rounds import ApplicationState, RoundStage, Stage
from pendamping.facilitators.models import (
    Application,
    ConflictDeclaration,
    Criterion,
    Interview,
    PanelMember,
    Round,
    ScoreSheet,
    StageResult,
)
from pendamping.facilitators.rules import interviews as rules
from pendamping.facilitators.rules.interviews import Facts

RUNNING = (RoundStage.INTERVIEWING, RoundStage.RANKED)
ACTS = (MemberStep.DECLARE, MemberStep.SCORE, MemberStep.LOCK)


def criteria_of(round_: Round) -> list[Criterion]:
    """The criteria in their order."""
    return list(Criterion.objects.filter(round=round_).order_by("position"))


def members(round_: Round) -> QuerySet[PanelMember]:
    """Everybody who sits or sat on the panel, in the order they came."""
    return PanelMember.objects.filter(round=round_).select_related("account", "round__region").order_by("id")


def seated(round_: Round) -> QuerySet[PanelMember]:
    """Who sits on the panel now."""
    return members(round_).filter(ended_at__isnull=True)


def seat_of(account: Account | None, round_: Round) -> PanelMember | None:
    """Somebody's seat in force on the panel of a round."""
    return seated(round_).filter(account=account).first() if account is not None else None


def _passed(stage: str) -> Exists:
    found = StageResult.objects.filter(application=OuterRef("pk"), stage=stage, passed=True)
    return Exists(found.filter(released_at__isnull=False) if stage == Stage.EXAM else found)


def invited_to_interview() -> QuerySet[Application]:
    """Still in a round that interviews, with everything before the interview passed."""
    found = Application.objects.filter(
        Q(round__exam_weight=0) | Q(_passed(Stage.EXAM)), _passed(Stage.FILES), state=ApplicationState.SUBMITTED,
        round__interview_weight__gt=0,
    )  # fmt: skip
    return found.select_related("round__region", "post__region", "region").order_by("code")


def invited(round_: Round) -> QuerySet[Application]:
    """Whom the panel of a round interviews."""
    return invited_to_interview().filter(round=round_)


def is_invited(application: Application) -> bool:
    """Has this applicant passed everything before the interview?"""
    return invited_to_interview().filter(pk=application.pk).exists()


def _in_force() -> QuerySet[ConflictDeclaration]:
    return ConflictDeclaration.objects.filter(lifted_at__isnull=True)


def said_by(application: Application, member: PanelMember | None) -> ConflictDeclaration | None:
    """What counts of a member's declarations: a conflict from whichever of their seats, else what this seat said."""
    if member is None:
        return None
    said = _in_force().filter(application=application, member__account=member.account_id)
    return said.filter(Q(has_conflict=True) | Q(member=member)).order_by("-has_conflict", "id").first()


def facts_of(application: Application, member: PanelMember | None) -> Facts:
    """What decides whether a member may act on an applicant now."""
    said = said_by(application, member)
    sheet = ScoreSheet.objects.filter(member=member, application=application).first()
    round_, ended = application.round, Interview.objects.filter(application=application).first()
    return Facts(
        stage=round_.stage, stage_label=str(round_.get_stage_display()), state=application.state,
        is_invited=is_invited(application), is_seated=member is not None and member.ended_at is None,
        is_revealed=ended is not None, is_missed=ended is not None and not ended.scorers,
        has_conflict=said.has_conflict if said else None, has_sheet=sheet is not None,
        is_locked=member is not None and locked_sheets(application).filter(member__account=member.account_id).exists(),
    )  # fmt: skip


def locked_sheets(application: Application) -> QuerySet[ScoreSheet]:
    """The scores that count: locked ones, also of members who have left since."""
    found = ScoreSheet.objects.filter(application=application, locked_at__isnull=False)
    return found.select_related("member__account", "noted_by").order_by("id")


def waited_for(application: Application) -> int:
    """How many seated members have neither locked their scores nor declared a conflict."""
    done = ScoreSheet.objects.filter(
        member__account=OuterRef("account"), application=application, locked_at__isnull=False
    )  # also from an earlier seat of the same person: nobody counts twice
    out = _in_force().filter(member__account=OuterRef("account"), application=application, has_conflict=True)
    return seated(application.round).filter(~Exists(done), ~Exists(out)).count()


@dataclass(frozen=True)
class Task:
    """One applicant as a member sees it: the next step, nothing of what others gave."""

    application: Application
    member: PanelMember
    step: MemberStep

    @property
    def is_waiting(self) -> bool:
        return self.step in ACTS


def tasks_of(account: Account) -> list[Task]:
    """Everybody the panels of an account interview, with the next step. Five queries, however many there are."""
    seats = {
        seat.round_id: seat
        for seat in PanelMember.objects.filter(account=account, ended_at__isnull=True, round__stage__in=RUNNING)
        .select_related("round").order_by("id")
    }  # fmt: skip
    found = list(invited_to_interview().filter(round__in=seats))
    mine = _in_force().filter(Q(has_conflict=True) | Q(member__in=seats.values()), member__account=account)
    said = dict(mine.order_by("has_conflict").values_list("application", "has_conflict"))  # a conflict comes last
    scored = ScoreSheet.objects.filter(
        Q(member__in=seats.values()) | Q(locked_at__isnull=False), member__account=account
    )  # fmt: skip
    sheets = dict(scored.filter(application__in=found).order_by("locked_at").values_list("application", "locked_at"))
    ended = dict(Interview.objects.filter(application__in=found).order_by().values_list("application", "scorers"))
    return [
        Task(one, seats[one.round_id], rules.step_of(Facts(
            stage=one.round.stage, stage_label="", state=one.state, is_invited=True, is_seated=True,
            is_revealed=one.pk in ended, is_missed=ended.get(one.pk) == 0, has_conflict=said.get(one.pk),
            has_sheet=one.pk in sheets,
            is_locked=sheets.get(one.pk) is not None,
        )))
        for one in found
    ]  # fmt: skip


@dataclass(frozen=True)
class Progress:
    """How far the panel is with one applicant, for the secretariat: who, never how much."""

    application: Application
    undeclared: list[PanelMember] = field(default_factory=list)
    conflicted: list[PanelMember] = field(default_factory=list)
    unlocked: list[PanelMember] = field(default_factory=list)
    locked: int = 0
    score: StageResult | None = None  # once revealed
    unnoted: int = 0


def progress_of(round_: Round) -> list[Progress]:
    """Applicant by applicant: who has not declared, who has not locked, what was revealed. Six queries."""
    panel = list(seated(round_))
    said: dict[tuple[int, int], bool] = {}
    for one in _in_force().filter(member__round=round_).select_related("member").order_by("has_conflict"):
        for seat in panel:
            if seat.pk == one.member_id or (one.has_conflict and seat.account_id == one.member.account_id):
                said[one.application_id, seat.pk] = one.has_conflict
    locked: dict[int, set[int]] = defaultdict(set)
    for application, member in ScoreSheet.objects.filter(
        member__round=round_, locked_at__isnull=False
    ).order_by().values_list("application", "member"):  # fmt: skip
        locked[application].add(member)
    unnoted = dict(
        unnoted_outliers(round_).order_by().values_list("application").annotate(count=Count("pk"))
    )  # fmt: skip
    scores = {
        one.application_id: one
        for one in StageResult.objects.filter(application__round=round_, stage=Stage.INTERVIEW).order_by("id")
    }
    return [_progress(one, panel, said, locked[one.pk], scores.get(one.pk), unnoted.get(one.pk, 0))
            for one in invited(round_)]  # fmt: skip


def _progress(
    one: Application, panel: Iterable[PanelMember], said: dict[tuple[int, int], bool], locked: set[int],
    score: StageResult | None, unnoted: int,
) -> Progress:  # fmt: skip
    made = Progress(one, locked=len(locked), score=score, unnoted=unnoted)
    for member in panel:
        conflict = said.get((one.pk, member.pk))
        if conflict:
            made.conflicted.append(member)
        elif member.pk not in locked and score is None:
            (made.undeclared if conflict is None else made.unlocked).append(member)
    return made


def unnoted_outliers(round_: Round) -> QuerySet[ScoreSheet]:
    """Striking scores that nobody has explained yet, of applicants who are still in."""
    found = ScoreSheet.objects.filter(application__round=round_, application__state=ApplicationState.SUBMITTED)
    return found.filter(is_outlier=True, noted_at__isnull=True)


def interviews_waiting_for_member(account: Account) -> QuerySet[Application]:
    """What waits for interview.score: applicants whom this member has to declare about, score or lock."""
    mine = PanelMember.objects.filter(account=account, ended_at__isnull=True, round=OuterRef("round"))
    done = ScoreSheet.objects.filter(application=OuterRef("pk"), member__account=account, locked_at__isnull=False)
    out = _in_force().filter(application=OuterRef("pk"), member__account=account, has_conflict=True)
    shown = Interview.objects.filter(application=OuterRef("pk"))
    return invited_to_interview().filter(
        Exists(mine), ~Exists(done), ~Exists(out), ~Exists(shown), round__stage__in=RUNNING
    )


def rounds_waiting_for_criteria() -> QuerySet[Round]:
    """What waits for selection.manage: rounds that will interview and have no criteria yet."""
    none_yet = ~Exists(Criterion.objects.filter(round=OuterRef("pk")))
    found = Round.objects.select_related("region").filter(none_yet, interview_weight__gt=0)
    return found.filter(stage__in=[RoundStage.CHECKING, RoundStage.TESTING]).order_by("-id")


def rounds_waiting_for_ranking() -> QuerySet[Round]:
    """What waits for selection.manage: everybody invited is scored and the ranking is not published."""
    open_ones = invited_to_interview().filter(round=OuterRef("pk"), interview__isnull=True)
    found = Round.objects.select_related("region").filter(~Exists(open_ones), stage=RoundStage.INTERVIEWING)
    return found.filter(Exists(Application.objects.filter(round=OuterRef("pk"), state=ApplicationState.SUBMITTED)))


def conflicts(application: Application) -> QuerySet[ConflictDeclaration]:
    """Who declared a conflict with an applicant, of which kind and why, those lifted since among them."""
    found = ConflictDeclaration.objects.filter(application=application, has_conflict=True)
    return found.select_related("member__account", "application__round", "lifted_by").order_by("id")


def revealed(application: Application) -> list[ScoreSheet]:
    """Everybody's scores once they are revealed, in the order of the seats; nothing before."""
    if not Interview.objects.filter(application=application).exists():
        return []
    return list(locked_sheets(application).order_by(F("member_id"), "id"))
