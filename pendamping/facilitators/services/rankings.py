"""The ranking is published, made anew when something changed, and taken away as a file."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.acts import act
from pendamping.facilitators import letters
from pendamping.facilitators.enums.rankings import Cause
from pendamping.facilitators.enums.rounds import RoundStage, SelectionOutcome, Stage
from pendamping.facilitators.enums.selection import TieBreak
from pendamping.facilitators.models import Application, Ranking, Round, StageResult, Standing
from pendamping.facilitators.queries import rankings as found
from pendamping.facilitators.queries.rounds import today_of
from pendamping.facilitators.rules import objections as rules
from pendamping.facilitators.rules import ranking
from pendamping.facilitators.services.rounds import advance_round
from pendamping.facilitators.services.rounds import locked as locked_round
from pendamping.facilitators.services.telling import tell

NEWS = gettext_noop("The provisional result of the selection is published. You can object until the day stated there.")
MOVED = gettext_noop("The ranking was made anew and your outcome has changed. Read there until when you can object.")


@act("facilitators.ranking_published")
def publish_ranking(*, by: Account | None, at: datetime, round: Round) -> Ranking:
    """Publish the first ranking (id: mengumumkan peringkat): results are released and the objection window opens.

    Refuses while an interview has no result or a striking score no note.
    """
    round = locked_round(round)
    found.publish_verdict(round, at).or_raise()
    StageResult.objects.filter(
        application__round=round, stage=Stage.INTERVIEW, released_at__isnull=True
    ).update(released_at=at)  # fmt: skip
    round.objections_until = window_end(round, at)
    round.save(update_fields=["objections_until"])
    made, applications = _make(round, by=by, at=at, cause=Cause.FIRST, reason="")
    advance_round(by=by, at=at, round=round, to=RoundStage.RANKED)
    for application in applications.values():
        letters.send_news(application, NEWS)
    return made


def window_end(round_: Round, at: datetime) -> datetime:
    """The end of the last day for objections, in the city's zone."""
    last = today_of(round_, at) + timedelta(days=round_.objection_days)
    return datetime.combine(last, time(23, 59, 59), ZoneInfo(round_.region.zone))


def rank_anew(round_: Round, *, by: Account | None, at: datetime, cause: Cause, reason: str) -> Ranking | None:
    """A new version inside the act that made it necessary; the old one stays readable. None before publication.

    Whose outcome changed is told. An upheld objection, a late test or interview gives something to object to anew: the
    window stays open for as many days again.
    """
    round_ = locked_round(round_)
    if round_.stage != RoundStage.RANKED:
        return None
    made, applications = _make(round_, by=by, at=at, cause=cause, reason=reason)
    if cause != Cause.WITHDRAWAL and round_.objections_until is not None:
        round_.objections_until = max(round_.objections_until, window_end(round_, at))
        round_.save(update_fields=["objections_until"])
    for move in made.moves:
        before, after = move["outcome"]
        if before != after and move["pseudonym"] in applications:
            letters.send_news(applications[move["pseudonym"]], MOVED)
    return made


def _make(
    round_: Round, *, by: Account | None, at: datetime, cause: Cause, reason: str
) -> tuple[Ranking, dict[str, Application]]:
    candidates, behind = found.candidates(round_)
    version, facts, posts = round_.ranking_version + 1, found.rules_of(round_), found.posts(round_)
    about = {
        "round": round_.code, "title": round_.title, "city": str(round_.region.label), "version": version,
        "made_at": at.isoformat(timespec="seconds"), "cause": str(cause.value), "reason": reason,
    }  # fmt: skip
    document = ranking.document(candidates, facts, posts, about)
    numbers = {key: number for key, (_label, number) in posts.items()}
    ranked = ranking.rank(candidates, facts, numbers)
    before = {
        one.pseudonym: (one.rank, one.outcome) for one in found.standings(round_, round_.ranking_version)
    }  # fmt: skip
    moved = ranking.moves(before, ranked) if before else []
    made = Ranking.objects.create(
        round=round_, version=version, cause=cause, reason=reason, document=ranking.written(document),
        sha256=document["sha256"], moves=moved, made_by=by, created_at=at,
    )  # fmt: skip
    Standing.objects.bulk_create(
        Standing(
            round=round_, version=version, application=behind[place.candidate.pseudonym], rank=place.rank,
            total=place.total, outcome=place.outcome, pseudonym=place.candidate.pseudonym, created_at=at,
            reason=_reason(place, numbers[place.candidate.post], facts),
        )
        for place in ranked
    )  # fmt: skip
    round_.ranking_version = version
    round_.save(update_fields=["ranking_version"])
    tell(
        "facilitators.ranking_published" if version == 1 else "facilitators.ranking_renewed", made,
        right=Verb.SELECTION_MANAGE, by=by, at=at, public=True, reason=reason,
        changes={
            "version": [version - 1, version], "sha256": document["sha256"], "vacant": document["vacant"],
            "ties_at_the_cut": len(document["ties_at_the_cut"]), "moved": moved[:50],
        },
    )  # fmt: skip
    return made, behind


def _reason(place: ranking.Place, number: int, facts: ranking.Rules) -> str:
    """Said to the applicant in full, in the language of the papers."""
    with override("id"):
        if place.failed_at:
            has_score = place.failed_at == "files" or place.candidate.score(place.failed_at) is not None
            return (_FAILED if has_score else _WITHOUT)[place.failed_at]()
        words = {
            "rank": place.rank, "total": formats.number(place.total, 3), "number": number, "reserves": facts.reserves,
        }  # fmt: skip
        said = {
            SelectionOutcome.CHOSEN: _("Rank %(rank)d with a total of %(total)s: within the %(number)d places."),
            SelectionOutcome.RESERVE: _(
                "Rank %(rank)d with a total of %(total)s: on the reserve list of %(reserves)d."
            ),
            SelectionOutcome.FAILED: _(
                "Rank %(rank)d with a total of %(total)s: passed, but beyond places and reserves."
            ),
        }[SelectionOutcome(place.outcome)] % words
        if place.decided_by:
            said += " " + _("The total was equal to the one before; the tie rule decided: %(rule)s.") % {
                "rule": comparison_label(place.decided_by)
            }
        return said


_FAILED = {
    "files": lambda: _("The file check is not passed."),
    "exam": lambda: _("The pass mark of the computer test is not reached."),
    "interview": lambda: _("The pass mark of the interview is not reached."),
}
_WITHOUT = {
    "exam": lambda: _("There is no score of the computer test."),
    "interview": lambda: _("There is no score of the interview."),
}


def comparison_label(name: str) -> str:
    """A comparison of the tie rule in words."""
    return _("the public lottery") if name == ranking.LOTTERY else str(dict(TieBreak.choices).get(name, name))


@act("facilitators.round_exported")
def record_export(*, by: Account, at: datetime, round: Round, part: str, form: str, with_codes: bool) -> Round:
    """Somebody takes figures or decisions of a round away as a file (id: mengunduh data seleksi)."""
    rules.may_export(part=part, ranking_version=round.ranking_version).or_raise()
    tell(
        "facilitators.round_exported", round, right=Verb.SELECTION_SEE, by=by, at=at,
        changes={"part": part, "form": form, "with_codes": with_codes, "version": round.ranking_version},
    )  # fmt: skip
    return round
