"""Applications: what is still missing, what waits for whom, who is behind one; how the measure is counted again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from pendamping.core import counters
from pendamping.core.moments import day
from pendamping.core.personal.crypt import decrypt
from pendamping.core.verdicts import Verdict
from pendamping.facilitators.enums.objections import ObjectionState
from pendamping.facilitators.enums.rounds import ApplicationState, RoundStage, Stage
from pendamping.facilitators.enums.selection import RegisterResult, RequirementKind, Right
from pendamping.facilitators.models import (
    Application,
    Check,
    Evidence,
    Objection,
    Requirement,
    RequirementSet,
    SecondCheck,
    StageResult,
)
from pendamping.facilitators.queries.rounds import today_of
from pendamping.facilitators.rules import applications as rules
from pendamping.facilitators.rules.checks import Checked

counters.recounts_states("application.state", Application)

IDENTITY = ("name", "email", "phone", "address")


def applications() -> QuerySet[Application]:
    """Applications with their round, post and version."""
    return Application.objects.select_related("round__region", "post__region", "requirement_set", "region")


def identity(application: Application) -> dict[str, str]:
    """Who applies, readable: name, email, phone, address. Empty words when unknown or forgotten."""
    key = application.subject_key
    sealed = {name: getattr(application, f"{name}_cipher") for name in IDENTITY}
    return {
        name: decrypt(value, subject_key=bytes(key), field=name) if value and key else ""
        for name, value in sealed.items()
    }


@dataclass(frozen=True)
class Line:
    """One requirement of an application: what was handed in, and what the checks say."""

    requirement: Requirement
    evidence: Evidence | None = None
    answer_files: list[Evidence] = field(default_factory=list)
    check: Check | None = None
    second: SecondCheck | None = None
    replaced: list[SecondCheck] = field(default_factory=list)

    @property
    def is_handed_in(self) -> bool:
        """Everything the applicant must bring is there: the file of a document, the tick of a declaration."""
        kind = self.requirement.kind
        if kind == RequirementKind.FACT:
            return True
        if kind == RequirementKind.DECLARATION:
            return self.evidence is not None and self.evidence.declared_at is not None
        return self.evidence is not None and bool(self.evidence.file)

    @property
    def is_asked(self) -> bool:
        """A question of the checker waits for the applicant."""
        return self.check is not None and self.check.is_asked

    @property
    def decided_at(self) -> datetime | None:
        """When the first check said yes or no; None while it is not made or asks."""
        return self.check.checked_at if self.check is not None and self.check.right != Right.UNCLEAR else None

    @property
    def seconded_at(self) -> datetime | None:
        return self.second.created_at if self.second is not None else None

    def is_failed_since(self, moment: datetime) -> bool:
        """Was something that disqualifies found after this moment?"""
        said_no = self.check is not None and self.check.right == Right.NO and self.check.checked_at > moment
        second = self.second
        found = second is not None and second.result == RegisterResult.FOUND and second.created_at > moment
        return self.requirement.is_disqualifying and (said_no or found)

    @property
    def checked(self) -> Checked:
        return Checked(
            text=self.requirement.text,
            is_disqualifying=self.requirement.is_disqualifying,
            needs_second_check=self.requirement.needs_second_check,
            right=self.check.right if self.check else "",
            reason=self.check.reason if self.check else "",
            second=self.second.result if self.second else "",
            second_reason=self.second.reason if self.second else "",
        )


def lines_of(application: Application) -> list[Line]:
    """Every requirement applied under, in order. Four queries, however many there are."""
    files: dict[tuple[int, bool], list[Evidence]] = defaultdict(list)
    for kept in Evidence.objects.filter(application=application):
        files[kept.requirement_id, kept.is_answer].append(kept)
    checks = {one.requirement_id: one for one in Check.objects.filter(application=application)}
    seconds: dict[tuple[int, bool], list[SecondCheck]] = defaultdict(list)
    for second in SecondCheck.objects.filter(application=application).select_related("checker"):
        seconds[second.requirement_id, second.replaced_at is not None].append(second)
    return [
        Line(
            one,
            next(iter(files[one.pk, False]), None),
            files[one.pk, True],
            checks.get(one.pk),
            next(iter(seconds[one.pk, False]), None),
            seconds[one.pk, True],
        )
        for one in Requirement.objects.filter(requirement_set=application.requirement_set_id).order_by("position")
    ]


def questions_of(application: Application, lines: Iterable[Line], at: datetime) -> list[Line]:
    """What the checkers ask and the applicant may answer now."""
    return [line for line in lines if line.is_asked and answer_verdict(application, line.check, at=at)]


def answer_verdict(application: Application, check: Check | None, *, at: datetime, answer: str = "-") -> Verdict:
    """May the applicant answer this? The verdict that pages show and the act raises."""
    asks = check is not None and check.is_asked
    return rules.may_answer(
        state=application.state, is_settled=asks and are_files_settled(application), is_asked=asks,
        until=check.answer_until if check else None, today=today_of(application.round, at),
        says_something=bool(answer),
    )  # fmt: skip


def are_files_settled(application: Application) -> bool:
    """Is the file check concluded, with no objection that reopened it?"""
    return file_result(application) is not None and not is_reopened(application)


def second_checks(application: Application) -> QuerySet[SecondCheck]:
    """The second checks that count: those not replaced."""
    return SecondCheck.objects.filter(application=application, replaced_at__isnull=True)


def handlers(application: Application) -> set[int]:
    """Who began, typed, handed in or answered at the counter, by their keys."""
    found = set(application.handled_by.order_by().values_list("pk", flat=True))
    return found | {application.entered_by_id} if application.entered_by_id is not None else found


def file_result(application: Application) -> StageResult | None:
    """How the file check was concluded, if it was."""
    return StageResult.objects.filter(application=application, stage=Stage.FILES).first()


def is_reopened(application: Application) -> bool:
    """Does an objection to the failed file check wait, so that what was left open can be checked after all?"""
    return reopened().filter(pk=application.pk).exists()


def reopened() -> QuerySet[Application]:
    """Applications that failed the file check and object to it."""
    waiting = Objection.objects.filter(application=OuterRef("pk"), stage=Stage.FILES, state=ObjectionState.OPEN)
    failed = StageResult.objects.filter(application=OuterRef("pk"), stage=Stage.FILES, passed=False)
    return applications().filter(Exists(waiting), Exists(failed), round__stage=RoundStage.RANKED)


def left_open() -> QuerySet[Application]:
    """Those reopened of which something was never looked at."""
    of = {"application": OuterRef(OuterRef("pk")), "requirement": OuterRef("pk")}
    decided = Check.objects.filter(**of).exclude(right=Right.UNCLEAR)
    seconded = SecondCheck.objects.filter(**of, replaced_at__isnull=True)
    unlooked = Requirement.objects.filter(
        ~Exists(decided) | (Q(needs_second_check=True) & ~Exists(seconded)),
        requirement_set=OuterRef("requirement_set"),
    )
    return reopened().filter(Exists(unlooked))


def missing_of(application: Application) -> list[str]:
    """What the applicant must still fill in before handing in, in words."""
    facts = (
        (application.name_cipher, _("full name")), (application.nik_index, _("NIK")),
        (application.born_on, _("date of birth")), (application.sex, _("sex")),
        (application.address_cipher, _("address")), (application.phone_cipher, _("telephone number")),
    )  # fmt: skip
    missing = [word for value, word in facts if not value]
    return missing + [line.requirement.text for line in lines_of(application) if not line.is_handed_in]


def others_with_nik(application: Application) -> int:
    """Handed-in applications of the same person in the same round."""
    if application.nik_index is None:
        return 0
    same = Application.objects.filter(round=application.round_id, nik_index=application.nik_index)
    return same.filter(state=ApplicationState.SUBMITTED).exclude(pk=application.pk).count()


def newer_set(application: Application) -> RequirementSet | None:
    """A published version newer than the one applied under."""
    return (
        RequirementSet.objects.filter(round=application.round_id, published_at__isnull=False)
        .filter(version__gt=application.requirement_set.version).order_by("-version").first()
    )  # fmt: skip


def listed(records: QuerySet[Application]) -> QuerySet[Application]:
    """For lists: how far the checks are, and the file result, without a query per row."""
    return records.annotate(
        checked_count=Count("checks", distinct=True),
        asked_count=Count(
            "checks", filter=Q(checks__right=Right.UNCLEAR, checks__answered_at__isnull=True), distinct=True
        ),
        files_done=Exists(Application.objects.filter(pk=OuterRef("pk"), results__stage=Stage.FILES)),
    )


def asked() -> QuerySet[Check, int]:
    """The applications of which something is asked, not answered and not settled since, by their keys."""
    concluded = StageResult.objects.filter(application=OuterRef("application"), stage=Stage.FILES)
    waiting = Check.objects.filter(~Exists(concluded), right=Right.UNCLEAR, answered_at__isnull=True)
    return waiting.order_by().values_list("application", flat=True)


def applications_waiting_for_check() -> QuerySet[Application]:
    """What waits for application.check: handed in, in the file check, not concluded; the oldest first.

    After the ranking also those who object to a failed file check of which something was left open.
    """
    concluded = StageResult.objects.filter(application=OuterRef("pk"), stage=Stage.FILES)
    waiting = Q(~Exists(concluded), round__stage=RoundStage.CHECKING)
    found = applications().filter(waiting | Q(pk__in=left_open().order_by().values("pk")))
    return found.filter(state=ApplicationState.SUBMITTED).order_by("submitted_at", "id")


def applications_waiting_for_counter(at: datetime) -> QuerySet[Application]:
    """What waits for application.receive: paper drafts begun at the counter and not handed in while it is open."""
    return (
        applications()
        .filter(round__stage=RoundStage.OPEN, state=ApplicationState.DRAFT, entered_by__isnull=False)
        .filter(round__closes_on__gte=day(at))
        .order_by("id")
    )


def paper_applications_asked() -> QuerySet[Application]:
    """What waits for application.receive: from paper, and the checkers' question must be passed on and answered."""
    waiting = applications().filter(pk__in=asked(), entered_by__isnull=False, round__stage=RoundStage.CHECKING)
    return waiting.filter(state=ApplicationState.SUBMITTED).order_by("id")


@dataclass(frozen=True)
class Standing:
    """Where an application stands, for its own page."""

    lines: list[Line]
    missing: list[str] = field(default_factory=list)
    newer: RequirementSet | None = None


def standing_of(application: Application) -> Standing:
    """Everything the applicant's own page says."""
    is_draft = application.state == ApplicationState.DRAFT
    return Standing(
        lines=lines_of(application),
        missing=missing_of(application) if is_draft else [],
        newer=newer_set(application),
    )


def is_registration_open(application: Application, at: datetime) -> Mapping[str, object]:
    """The facts for rules.applications.is_open."""
    round_ = application.round
    return {
        "stage": round_.stage, "today": today_of(round_, at), "opens_on": round_.opens_on,
        "closes_on": round_.closes_on,
    }  # fmt: skip
