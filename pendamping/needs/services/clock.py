"""The clock of a voice: it starts, is met, paused, goes on, and what is missed goes up the tree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from pendamping.access.duties import nearest_office, office_of
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.counters import after
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.core.personal import mask_to
from pendamping.needs.enums.categories import Step
from pendamping.needs.enums.clock import Reason
from pendamping.needs.enums.conversations import PauseReason, Turn
from pendamping.needs.enums.news import News
from pendamping.needs.enums.voices import Channel
from pendamping.needs.models import Deadline, Pause, Voice
from pendamping.needs.queries import clock as queries
from pendamping.needs.queries.conversations import is_reopened
from pendamping.needs.rules import clock as rules
from pendamping.needs.rules.voices import is_waiting
from pendamping.needs.services.following import tell
from pendamping.regions.models import WIDTHS, Region

WORDS_MOST = 200
AT_ONCE = 200  # deadlines that one round reads at a time


def start_clock(voice: Voice, at: datetime) -> None:
    """Begin the deadlines of a voice (id: mulai tenggat), counted from the day it was said; within the caller's act.

    What comes in as an imported list has its history elsewhere, and no clock here.
    """
    if voice.channel == Channel.IMPORT:
        return
    begun = day(voice.heard_at)
    given = queries.days_given(voice.region_path, voice.category, begun)
    off = queries.days_off(voice.region_path)
    Deadline.objects.bulk_create(
        Deadline(
            voice=voice, step=step, days=days, starts_at=voice.heard_at, due_on=rules.due_on(begun, days, off=off),
            created_at=at,
        )
        for step, days in given.items()
    )  # fmt: skip


def restart(voice: Voice, step: Step, at: datetime) -> None:
    """Give a step of an open voice its days anew; a step without days of its own has those of a first answer."""
    given = queries.days_given(voice.region_path, voice.category, day(at))
    days = given.get(step) or given.get(Step.ANSWER)
    if days is None:
        return
    due = rules.due_on(day(at), days, off=queries.days_off(voice.region_path))
    anew = {"days": days, "starts_at": at, "due_on": due, "met_at": None, "escalated_to": ""}
    Deadline.objects.update_or_create(voice=voice, step=step, defaults=anew, create_defaults={**anew, "created_at": at})


def meet(voices: Sequence[Voice], steps: Iterable[Step], at: datetime) -> None:
    """These steps are done (id: tenggat terpenuhi); within the caller's act. What is met already stays as it was."""
    met = list(queries.open_deadlines(voices).filter(step__in=list(steps)).values_list("pk", flat=True))
    _go_on(Deadline.objects.filter(pk__in=met), at)
    Deadline.objects.filter(pk__in=met).update(met_at=at)


def pause(voice: Voice, *, reason: PauseReason | str, words: str = "", by: Account | None, at: datetime) -> None:
    """Stop the running deadlines of a voice, and of those joined with it, from tomorrow on; within the caller's act,
    which asked the rule."""
    Pause.objects.bulk_create(
        Pause(
            deadline=deadline, reason=reason, words=words, first_day=day(at) + rules.DAY, made_by=by, created_at=at
        )
        for deadline in queries.open_deadlines(queries.together(voice)).filter(queries.running())
    )  # fmt: skip


def go_on(voice: Voice, at: datetime) -> None:
    """Let the deadlines of a voice, and of those joined with it, run on; within the caller's act."""
    _go_on(Deadline.objects.filter(voice__in=queries.together(voice)), at)


def go_with(voices: Sequence[Voice], into: Voice, *, by: Account, at: datetime) -> None:
    """Voices were joined with another: so they are routed, and stand and go on with its clock; within the caller's act.

    Their first answer stays due: whoever gave them still waits. Nobody has their turn, the other has it for all, at the
    highest office that any of them has come to.
    """
    meet(voices, [Step.ROUTE], at)
    stands = queries.open_pause(into)
    for voice in voices:
        go_on(voice, at)
        if stands is not None:
            pause(voice, reason=stands.reason, words=stands.words, by=by, at=at)
        if into.turn in rules.UPWARDS:
            give_turn(into, rules.higher(into.turn, voice.turn))
        give_turn(voice, Turn.NOBODY)


def _go_on(deadlines: QuerySet[Deadline], at: datetime) -> None:
    """End the open pauses of deadlines, which are due later by the days these took out.

    A pause that ends on the day it began took nothing out, so no row says that it did.
    """
    ended = day(at)
    paused = list(deadlines.filter(pauses__last_day__isnull=True, pauses__isnull=False).select_related("voice"))
    if not paused:
        return
    open_ones = Pause.objects.filter(deadline__in=paused, last_day__isnull=True)
    open_ones.filter(first_day__gt=ended).delete()
    open_ones.update(last_day=ended)
    _reckon(paused, paused[0].voice.region_path)


def _reckon(deadlines: Sequence[Deadline], place: str) -> None:
    """By when deadlines are due with the days off and pauses known now; never nearer than was told."""
    off = queries.days_off(place)
    for deadline in deadlines:
        pauses = queries.pauses_of(deadline)
        due = rules.due_on(day(deadline.starts_at), deadline.days, off=off, pauses=pauses)
        deadline.due_on = max(deadline.due_on, due)
        deadline.save(update_fields=["due_on"])


def spare(on: date, city: Region) -> None:
    """A day turned out to be a day off: what is still due in a city then or later is due later."""
    here = Q(voice__region_path__gte=city.path, voice__region_path__lt=after(city.path))
    _reckon(list(Deadline.objects.filter(here, met_at__isnull=True, due_on__gte=on, starts_at__date__lt=on)), city.path)


@act("needs.clock_paused")
def pause_clock(*, by: Account, at: datetime, voice: Voice, reason: PauseReason, words: str = "") -> Voice:
    """Stop the clock of a voice, with a reason everybody reads (id: menjeda tenggat). Needs voice.answer there."""
    voice = locked(voice)
    words = mask_to(words, WORDS_MOST)
    rules.may_pause(
        has_open=queries.open_deadlines([voice]).exists(), is_paused=queries.open_pause(voice) is not None,
        reason=reason, words=words,
    ).or_raise()  # fmt: skip
    pause(voice, reason=reason, words=words, by=by, at=at)
    told("needs.clock_paused", voice, by=by, at=at, changes={"pause": str(reason)}, reason=words)
    return voice


@act("needs.clock_resumed")
def resume_clock(*, by: Account, at: datetime, voice: Voice) -> Voice:
    """Let the clock of a voice go on (id: melanjutkan tenggat). Needs voice.answer there."""
    voice = locked(voice)
    rules.may_resume(is_paused=queries.open_pause(voice) is not None).or_raise()
    go_on(voice, at)
    told("needs.clock_resumed", voice, by=by, at=at)
    return voice


@act("needs.turn_passed")
def pass_turn(*, by: Account, at: datetime, voice: Voice, turn: Turn) -> Voice:
    """Hand a voice to the office that must act next (id: meneruskan suara): so it is routed. Needs voice.answer there.

    Refuses a voice that waits for nobody any more, and the office whose turn it is already.
    """
    voice = locked(voice)
    is_waiting(state=voice.state, is_reopened=is_reopened(voice)).or_raise()
    if turn == voice.turn:
        raise Refused(Reason.TURN_SAME, field="turn")
    old = voice.turn
    give_turn(voice, turn)
    meet(queries.together(voice), [Step.ROUTE], at)
    told("needs.turn_passed", voice, by=by, at=at, changes={"turn": [old, str(turn)]})
    tell(voice, News.MOVED, at=at)
    return voice


@act("needs.voice_escalated")
def escalate_voice(*, by: None, at: datetime, deadline: Deadline) -> Deadline:
    """A missed deadline gives the turn to the next office up the tree (id: eskalasi); asked again it does nothing.

    A voice about persons goes to the city at once: its ward and district may be what it is about. Of one joined with
    another the other has the turn.
    """
    voice = locked_together(deadline.voice, among=Voice.everything)[deadline.voice_id]
    missed = queries.overdue(day(at)).filter(pk=deadline.pk).first()
    if missed is None:  # met or paused meanwhile
        return deadline
    deadline = missed
    to = rules.risen_to(rules.late_by(deadline.due_on, day(at), off=queries.days_off(voice.region_path)))
    if to is None:
        return deadline
    to = Turn.CITY if voice.is_confidential else to
    if deadline.escalated_to and rules.higher(deadline.escalated_to, to) == deadline.escalated_to:
        return deadline
    deadline.escalated_to = to
    deadline.save(update_fields=["escalated_to"])
    acted = locked(voice.duplicate_of) if voice.duplicate_of else voice
    old = acted.turn
    give_turn(acted, rules.higher(acted.turn, to))
    told("needs.voice_escalated", voice, by=None, at=at, changes={"step": deadline.step, "turn": [old, acted.turn]})
    return deadline


def escalate_due(at: datetime) -> int:
    """Send up whatever was missed; how many. Part of the hourly rounds: asked again it sends nothing twice."""
    seen, risen = 0, 0
    while True:
        rows = list(queries.overdue(day(at)).filter(pk__gt=seen).select_related("voice").order_by("pk")[:AT_ONCE])
        for deadline in rows:
            before = deadline.escalated_to
            risen += escalate_voice(by=None, at=at, deadline=deadline).escalated_to != before
        if len(rows) < AT_ONCE:
            return risen
        seen = rows[-1].pk


def locked_together(*voices: Voice, among: models.Manager[Voice] = Voice.objects) -> dict[int, Voice]:
    """Voices with all that is joined with them and what they are joined with, by key, for an act on several.

    One statement in one order, so that two acts never wait for each other; without the other of a join, which the
    database would read as it was before the wait.
    """
    asked = [voice.pk for voice in voices]
    others = among.filter(pk__in=asked, duplicate_of__isnull=False).values("duplicate_of")
    family = Q(pk__in=asked) | Q(pk__in=others) | Q(duplicate_of__in=asked)
    return {one.pk: one for one in among.select_for_update().filter(family).order_by("pk")}


def locked(voice: Voice) -> Voice:
    """The voice for an act on it, whatever it is about: the caller has asked who may."""
    return Voice.everything.select_for_update(of=("self",)).select_related("category").get(pk=voice.pk)


def give_turn(voice: Voice, turn: Turn) -> None:
    """Say who must act next."""
    voice.turn = turn
    voice.save(update_fields=["turn"])


def told(
    verb: str, voice: Voice, *, by: Account | None, at: datetime, changes: dict[str, Any] | None = None,
    reason: str = "", office: str | None = None,
) -> None:  # fmt: skip
    """Keep an act on a voice in the journal; of a voice about persons nothing is public, not even the ward.

    Who acts on a case by being named has no right there to say their office by: it is the nearest they hold.
    """
    spoke = office
    if by is not None:
        spoke = office_of(by, Verb.VOICE_ANSWER, voice, at) or nearest_office(by, voice, at)
    where = voice.region_path[: WIDTHS["city"]] if voice.is_confidential else voice.region_path
    journal.record(
        verb, subject=voice, region=where, by=by, at=at, office=spoke, changes=changes, reason=reason,
        public=not voice.is_confidential,
    )  # fmt: skip
