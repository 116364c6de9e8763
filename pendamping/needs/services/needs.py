"""Voices become a need; a need is verified on site or answered, and its residents hear of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q

from pendamping.access.duties import office_of
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import counters, journal
from pendamping.core.acts import act
from pendamping.core.images.door import CleanImage
from pendamping.core.moments import day
from pendamping.core.personal import mask, mask_to
from pendamping.core.verdicts import first_refusal
from pendamping.needs.enums.categories import Step
from pendamping.needs.enums.conversations import Turn
from pendamping.needs.enums.needs import NeedState
from pendamping.needs.enums.news import News
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.models import Deadline, Gathering, MenuItem, Need, Proposal, Voice
from pendamping.needs.queries.proposals import live_proposals
from pendamping.needs.rules import needs as rules
from pendamping.needs.rules.assessments import has_viewpoint
from pendamping.needs.rules.voices import WARD_LEVELS, Heard, may_gather
from pendamping.needs.rules.words import has_words
from pendamping.needs.services import counting
from pendamping.needs.services.assessments import keep_view, mark_viewpoint
from pendamping.needs.services.clock import meet
from pendamping.needs.services.following import tell
from pendamping.needs.services.photos import attach
from pendamping.needs.services.proposals import end
from pendamping.needs.services.solving import done_with
from pendamping.needs.services.voices import close
from pendamping.regions.models import WIDTHS, Region


@act("needs.voices_gathered")
def gather_voices(
    *,
    by: Account,
    at: datetime,
    voices: Iterable[Voice],
    title: str,
    summary: str = "",
    menu_item: MenuItem | None = None,
) -> Need:
    """Make one need of voices about the same thing (id: menghimpun suara).

    Refuses no voices, voices of more than one ward, any already gathered or answered, and an empty title. The need
    stands at the smallest place that holds all its voices: their RT, their RW, or the ward.
    """
    locked = _locked(voices)
    may_gather(voices=_facts(locked)).or_raise()
    has_words(title, field="title").or_raise()
    need = Need.add(
        at=at, region=_shared_place(locked), title=mask_to(title, 160), summary=mask(summary).text, menu_item=menu_item,
        recorded_by=by,
    )  # fmt: skip
    counters.moved("need.state", need, None, NeedState.OPEN)
    join(need, locked, by=by, at=at)
    return need


@act("needs.voices_added")
def add_voices(*, by: Account, at: datetime, need: Need, voices: Iterable[Voice]) -> Need:
    """Let further voices join a need that is not yet answered (id: menambah suara pada kebutuhan)."""
    need = Need.objects.select_for_update().get(pk=need.pk)
    locked = _locked(voices)
    rules.may_add_to(state=need.state).or_raise()
    may_gather(voices=_facts(locked), ward=need.ward_path).or_raise()
    join(need, locked, by=by, at=at)
    return need


def _locked(voices: Iterable[Voice]) -> list[Voice]:
    """These voices, and those waiting that were joined with one of them."""
    wanted = [voice.pk for voice in voices]
    along = Q(pk__in=wanted) | Q(duplicate_of__in=wanted, state=VoiceState.HEARD)
    found = Voice.objects.select_for_update(of=("self",)).select_related("region")
    return list(found.filter(along).order_by("pk"))


def _facts(voices: Iterable[Voice]) -> list[Heard]:
    return [Heard(code=voice.code, ward=voice.ward_path, state=voice.state) for voice in voices]


def _shared_place(voices: Sequence[Voice]) -> Region:
    first = voices[0].region_path
    around = [first[: WIDTHS[level]] for level in WARD_LEVELS]
    shared = [path for path in around if all(voice.region_path.startswith(path) for voice in voices)]
    return Region.objects.get(path=max(shared, key=len))


def join(need: Need, voices: Sequence[Voice], *, by: Account, at: datetime) -> None:
    """Put locked voices into a need; within the caller's act."""
    Gathering.objects.bulk_create(Gathering(voice=voice, need=need, at=at, by=by) for voice in voices)
    counting.moved(voices, VoiceState.GATHERED)
    here = Voice.objects.filter(pk__in=[voice.pk for voice in voices])
    here.update(state=VoiceState.GATHERED)
    meet(voices, [Step.ROUTE], at)
    due = Deadline.objects.filter(voice=OuterRef("pk"), step=Step.ANSWER, met_at__isnull=True)
    here.exclude(Exists(due)).update(turn=Turn.NOBODY)  # they go on with their need; others wait for a first word
    for voice in voices:
        tell(voice, News.GATHERED, at=at)
    journal.record(
        "needs.voices_gathered",
        subject=need,
        region=need.region_path,
        by=by,
        at=at,
        office=office_of(by, Verb.VOICE_GATHER, need, at),
        changes={"voices": [voice.code for voice in voices]},
    )


@act("needs.need_verified")
def verify_need(
    *,
    by: Account,
    at: datetime,
    need: Need,
    finding: str,
    people_affected: int | None = None,
    photos: Sequence[CleanImage] = (),
    viewpoint: str = "",
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
    heading: int | None = None,
) -> Need:
    """Say what was seen on site (id: verifikasi lapangan), with a photo that becomes public.

    With the words of a `viewpoint` the first photo becomes the first view from there, to be taken again later.
    Refuses a need already handled, an empty finding, no photo, a point or direction without words. Needs need.verify
    at the place (asked by the caller).
    """
    need = Need.objects.select_for_update().get(pk=need.pk)
    finding = mask(finding).text
    is_pointed = latitude is not None or heading is not None
    first_refusal(
        rules.may_verify(state=need.state, finding=finding, photos=len(photos)),
        has_viewpoint(words=viewpoint, is_pointed=is_pointed),
    ).or_raise()
    counters.moved("need.state", need, need.state, NeedState.VERIFIED)
    need.state, need.finding, need.people_affected = NeedState.VERIFIED, finding, people_affected
    need.verified_at, need.verified_by = at, by
    need.save(update_fields=["state", "finding", "people_affected", "verified_at", "verified_by"])
    attach(need, photos, at=at, public=True)
    if viewpoint.strip():
        point = mark_viewpoint(need, at=at, words=viewpoint, latitude=latitude, longitude=longitude, heading=heading)
        keep_view(point, need.photos.order_by("id")[0], on=day(at), by=by, at=at)
    journal.record(
        "needs.need_verified",
        subject=need,
        region=need.region_path,
        by=by,
        at=at,
        office=office_of(by, Verb.NEED_VERIFY, need, at),
        reason=finding,
        changes={"state": [NeedState.OPEN, NeedState.VERIFIED], "people_affected": people_affected},
    )
    return need


@act("needs.need_answered")
def answer_need(*, by: Account, at: datetime, need: Need, answer: str) -> Need:
    """Close a need that will not be proposed, with the reason (id: menjawab kebutuhan).

    All its voices are answered with the same words, and a draft or returned proposal of it is withdrawn with them.
    Refuses one already answered, one with a proposal under way, which it names, and empty words.
    """
    need = Need.objects.select_for_update().get(pk=need.pk)
    answer = mask(answer).text
    unfinished = list(Proposal.objects.select_for_update().filter(pk__in=live_proposals(need).values("pk")))
    live = [rules.Living(proposal.code, proposal.state) for proposal in unfinished]
    rules.may_answer_need(state=need.state, answer=answer, live=live).or_raise()
    for proposal in unfinished:
        end(proposal, reason=answer, by=by, at=at, right=Verb.NEED_ANSWER)
    voices = list(Voice.objects.select_for_update(of=("self",)).filter(gathering__need=need).order_by("pk"))
    journal.record(
        "needs.need_answered",
        subject=need,
        region=need.region_path,
        by=by,
        at=at,
        office=office_of(by, Verb.NEED_ANSWER, need, at),
        reason=answer,
        changes={"state": [need.state, NeedState.ANSWERED], "voices": len(voices)},
    )
    counters.moved("need.state", need, need.state, NeedState.ANSWERED)
    need.state, need.answer, need.answered_at, need.answered_by = NeedState.ANSWERED, answer, at, by
    need.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    for voice in voices:
        close(voice, answer=answer, by=by, at=at)
    done_with(voices, at)
    return need
