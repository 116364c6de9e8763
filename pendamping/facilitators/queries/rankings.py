"""Who is ranked with what, versions of the ranking, and where one applicant stands in them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet

from pendamping.core.codes import ALPHABET
from pendamping.core.personal.crypt import blind_index
from pendamping.facilitators.enums.rounds import ApplicationState, Stage
from pendamping.facilitators.models import Application, Ranking, Round, StageResult, Standing
from pendamping.facilitators.queries.interviews import unnoted_outliers
from pendamping.facilitators.queries.rounds import gate_of, posts_of
from pendamping.facilitators.rules import objections as publishing
from pendamping.facilitators.rules.ranking import Candidate, Rules

UNKNOWN = float(10**12)  # a date that is not known comes last


def pseudonym(application: Application) -> str:
    """Under which name an applicant stands in the published file: keyed, so that nobody can try codes against it."""
    number = int(blind_index(f"{application.round_id}:{application.uid}", purpose="ranking"), 16)
    signs = "".join(ALPHABET[number >> (5 * place) & 31] for place in range(10))
    return f"P-{signs[:5]}-{signs[5:]}"


def rules_of(round_: Round) -> Rules:
    """What was fixed before the first application."""
    return Rules(
        weights={"exam": round_.exam_weight, "interview": round_.interview_weight},
        pass_marks={"exam": Decimal(round_.exam_pass), "interview": Decimal(round_.interview_pass)},
        tie_rule=list(round_.tie_rule), lottery_seed=round_.lottery_seed, reserves=round_.reserves,
    )  # fmt: skip


def posts(round_: Round) -> dict[str, tuple[str, int]]:
    """The posts of a round by a short key, with label and number of places."""
    return {f"post-{at}": (str(post), post.number) for at, post in enumerate(posts_of(round_), start=1)}


def ranked_applications(round_: Round) -> QuerySet[Application]:
    """Who is in the ranking: handed in, not withdrawn, files checked."""
    found = Application.objects.filter(round=round_, state=ApplicationState.SUBMITTED, results__stage=Stage.FILES)
    return found.select_related("post__region").order_by("id")


def candidates(round_: Round) -> tuple[list[Candidate], dict[str, Application]]:
    """Everybody as the formula reads them, and who is behind each pseudonym. Three queries."""
    keys = {post.pk: f"post-{at}" for at, post in enumerate(posts_of(round_), start=1)}
    results: dict[tuple[int, str], StageResult] = {
        (one.application_id, one.stage): one
        for one in StageResult.objects.filter(application__round=round_).order_by("id")
    }
    made, behind = [], {}
    for application in ranked_applications(round_):
        name = pseudonym(application)
        behind[name] = application
        exam, interview = (results.get((application.pk, stage)) for stage in (Stage.EXAM, Stage.INTERVIEW))
        made.append(Candidate(
            name, keys[application.post_id], results[application.pk, Stage.FILES].passed,
            exam.score if exam else None, interview.score if interview else None, _ties(application),
        ))  # fmt: skip
    return made, behind


def _ties(application: Application) -> Mapping[str, float]:
    born, came = application.born_on, application.submitted_at
    return {
        "older": float(born.toordinal()) if born else UNKNOWN,
        "younger": -float(born.toordinal()) if born else UNKNOWN,
        "earlier": came.timestamp() if came else UNKNOWN,
    }


def publish_verdict(round_: Round, at: Any) -> Any:
    """May the ranking be published now? The verdict that pages show and the act raises."""
    return publishing.may_publish(
        stage=round_.stage, stage_label=str(round_.get_stage_display()), unscored=gate_of(round_, at).unscored,
        unnoted=unnoted_outliers(round_).count(), has_seed=bool(round_.lottery_seed),
        candidates=ranked_applications(round_).count(),
    )  # fmt: skip


def rankings(round_: Round) -> QuerySet[Ranking]:
    """Every published version, the newest first."""
    return Ranking.objects.filter(round=round_).select_related("round__region").order_by("-version")


def standing_in_force(application: Application) -> Standing | None:
    """Where an applicant stands in the version in force."""
    found = Standing.objects.filter(application=application, version=F("round__ranking_version"))
    return found.select_related("round").first()


def standings(round_: Round, version: int) -> QuerySet[Standing]:
    """One version, post by post in the order of rank."""
    found = Standing.objects.filter(round=round_, version=version).select_related("application__post__region")
    return found.order_by("application__post_id", F("rank").asc(nulls_last=True), "pseudonym")
