"""Somebody objects to a closed meeting; another office answers, and an upheld objection opens it again."""

from __future__ import annotations

from datetime import datetime

from pendamping.access import duties
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import counters, journal
from pendamping.core.acts import act
from pendamping.core.documents import document as documents
from pendamping.core.errors import Refused
from pendamping.core.moments import period
from pendamping.core.personal import mask
from pendamping.core.verdicts import Verdict, refused
from pendamping.deliberation import holds
from pendamping.deliberation.enums.ladder import LadderReason, MeetingObjectionState, Phase
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.models import AgendaItem, Decision, Meeting, MeetingObjection, MinutesRevision
from pendamping.deliberation.queries.ladder import hour, objections_until, spans_of
from pendamping.deliberation.rules import ladder
from pendamping.deliberation.services.shared import locked, tell
from pendamping.needs import services as needs
from pendamping.needs.rules.words import has_words

SUPERSEDED = "Digantikan: musyawarah dibuka kembali karena keberatan; berita acara revisi {number} menyusul."


@act("deliberation.objection_made")
def make_objection(*, by: Account | None, at: datetime, meeting: Meeting, words: str) -> MeetingObjection:
    """Object to a closed meeting, with or without an account (id: mengajukan keberatan); its code is the receipt.

    Refuses empty words, a meeting still open, and after the days that its rules or its phase give.
    """
    meeting = locked(meeting)
    words = mask(words).text
    has_words(words, field="words").or_raise()
    objection_verdict(meeting, at).or_raise()
    made = MeetingObjection.add(
        at=at, region=meeting.region, meeting=meeting, revision=meeting.revision, words=words, recorded_by=by
    )
    journal.record(  # told of the meeting, without words: the code is known to who objected
        "deliberation.objection_made", subject=meeting, region=meeting.region_path, by=by, at=at,
        office=duties.office_of(by, Verb.VOICE_RECORD, meeting, at), changes={"revision": meeting.revision},
    )  # fmt: skip
    return made


def objection_verdict(meeting: Meeting, at: datetime) -> Verdict:
    """May an objection be made at this hour?"""
    return ladder.may_object(
        closed_at=meeting.closed_at, until=objections_until(meeting), at=at, hour=hour,
        days=meeting.rules.objection_days if meeting.rules else 0, span=spans_of(meeting).get(Phase.OBJECTIONS),
    )  # fmt: skip


def answerer_verdict(*, by: Account | None, at: datetime, objection: MeetingObjection) -> Verdict:
    """May this person answer? An office above, and never who closed the meeting."""
    if not duties.office_of(by, Verb.OBJECTION_ANSWER, objection, at):
        return refused(LadderReason.NOT_ANSWERER)
    closers = {objection.meeting.closed_by_id, *objection.meeting.revisions.values_list("closed_by", flat=True)}
    return ladder.may_answer(
        is_open=objection.state == MeetingObjectionState.OPEN, is_closer=by is not None and by.pk in closers
    )


@act("deliberation.objection_answered")
def answer_objection(
    *, by: Account | None, at: datetime, objection: MeetingObjection, is_upheld: bool, answer: str
) -> MeetingObjection:
    """Answer an objection with a reason (id: menjawab keberatan); upheld, the meeting is opened again.

    Refuses a second answer, empty words, who closed the meeting, and upholding while a decision already became a
    project or went to another meeting, naming them.
    """
    meeting = locked(objection.meeting)
    objection = MeetingObjection.objects.select_for_update().get(pk=objection.pk)
    objection.meeting = meeting
    answer = mask(answer).text
    answerer_verdict(by=by, at=at, objection=objection).or_raise()
    has_words(answer, field="answer").or_raise()
    objection.state = MeetingObjectionState.UPHELD if is_upheld else MeetingObjectionState.DISMISSED
    objection.answer, objection.answered_at, objection.answered_by = answer, at, by
    objection.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    journal.record(
        "deliberation.objection_answered", subject=meeting, region=meeting.region_path, by=by, at=at,
        office=duties.office_of(by, Verb.OBJECTION_ANSWER, meeting, at), reason=answer,
        changes={"objection": objection.state, "revision": objection.revision},
    )  # fmt: skip
    if is_upheld and meeting.state == MeetingState.CLOSED:  # another objection may have opened it already
        _open_again(meeting, objection, by=by, at=at)
    return objection


def _open_again(meeting: Meeting, objection: MeetingObjection, *, by: Account | None, at: datetime) -> None:
    """The minutes get a next revision; every proposal is again on this agenda, its decision as it was."""
    decisions = list(
        Decision.objects.filter(item__meeting=meeting)
        .select_related("item__proposal__menu_item", "item__lay_in")
        .order_by("item__position")
    )
    ladder.may_open_again(planned=holds.held(meeting), gone_on=_gone_on(meeting, decisions)).or_raise()
    for decision in decisions:
        proposal = decision.item.proposal
        needs.reopen_proposal(
            proposal=proposal, decided=decision.outcome, fiscal_year=meeting.fiscal_year, region=decision.item.lay_in,
            by=by, at=at,
        )  # fmt: skip
        if decision.amount:
            counters.change(
                "decided.rupiah", region_path=meeting.region_path, period=period(meeting.held_on),
                dimension=proposal.menu_item.stream, by=-decision.amount,
            )  # fmt: skip
    if meeting.closed_at is None or meeting.closed_by is None:
        raise Refused(LadderReason.NOT_CLOSED)
    MinutesRevision.objects.create(
        created_at=at, meeting=meeting, number=meeting.revision, closed_at=meeting.closed_at,
        closed_by=meeting.closed_by, minutes=meeting.minutes, objection=objection,
    )  # fmt: skip
    paper, number = meeting.minutes, meeting.revision + 1
    meeting.state, meeting.closed_at, meeting.closed_by = MeetingState.CALLED, None, None
    meeting.minutes, meeting.revision = None, number
    meeting.save(update_fields=["state", "closed_at", "closed_by", "minutes", "revision"])
    if paper is not None:
        documents.revoke(paper, reason=SUPERSEDED.format(number=number), at=at)
    counters.moved("meeting.state", meeting, MeetingState.CLOSED, MeetingState.CALLED)
    tell(
        "deliberation.meeting_reopened", meeting, Verb.OBJECTION_ANSWER, by=by, at=at,
        changes={"state": [MeetingState.CLOSED, MeetingState.CALLED], "revision": [number - 1, number]},
    )  # fmt: skip


def _gone_on(meeting: Meeting, decisions: list[Decision]) -> list[str]:
    """Proposals that stand otherwise than decided here, or were put to a later meeting since."""
    later = AgendaItem.objects.filter(proposal__in=[one.item.proposal_id for one in decisions]).exclude(meeting=meeting)
    since = set(
        later.filter(pk__gt=max((one.item_id for one in decisions), default=0)).values_list("proposal", flat=True)
    )
    return [one.code for one in decisions if one.item.proposal.state != one.outcome or one.item.proposal_id in since]
