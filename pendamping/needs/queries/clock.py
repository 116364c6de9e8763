"""Days off, days given for a step, and the deadlines of a voice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from pendamping.needs.enums.categories import Step
from pendamping.needs.enums.conversations import Turn
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.models import Category, Deadline, Holiday, Pause, StepDays, Voice
from pendamping.needs.rules.clock import UPWARDS, Stretch
from pendamping.regions.models import WIDTHS, Region


def days_off(place: str) -> frozenset[date]:
    """The days off of the nation and of the city a path lies in."""
    of_city = Q(city__isnull=True) | Q(city__path=place[: WIDTHS["city"]])
    return frozenset(Holiday.objects.filter(of_city).order_by().values_list("day", flat=True))


def days_given(place: str, category: Category | None, on: date) -> dict[Step, int]:
    """Working days for each step that has any, as in force on a day.

    Those of the category, in whatever version, come before those of all, and of these the city's own before
    everybody's.
    """
    here = Q(city__isnull=True) | Q(city__path=place[: WIDTHS["city"]])
    about = Q(category__isnull=True) | Q(category__key=category.key) if category else Q(category__isnull=True)
    rows = in_force(on).filter(here, about).order_by("valid_from", "id")
    found: dict[Step, tuple[tuple[bool, bool], int]] = {}
    for row in rows:
        rank = (row.category_id is not None, row.city_id is not None)
        known = found.get(Step(row.step))
        if known is None or rank >= known[0]:
            found[Step(row.step)] = rank, row.days
    return {step: days for step, (_rank, days) in found.items()}


def in_force(on: date) -> QuerySet[StepDays]:
    """Days given that have begun and not ended on a day; of several versions the last begun is the one that counts."""
    return StepDays.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


def scope_key(city: Region | None, category: Category | None) -> str:
    """City and category in one word."""
    return f"{city.path if city else '-'}:{category.pk if category else '-'}"


def open_deadlines(voices: Iterable[Voice]) -> QuerySet[Deadline]:
    """What is still to be done, soonest first."""
    found = Deadline.objects.filter(voice__in=[voice.pk for voice in voices], met_at__isnull=True)
    return found.order_by("due_on", "id")


def together(voice: Voice) -> list[Voice]:
    """A voice and those joined with it that still wait: their clocks stand and go on together."""
    return [voice, *Voice.objects.filter(duplicate_of=voice).exclude(state=VoiceState.ANSWERED).order_by("pk")]


def risen(voice: Voice) -> Turn:
    """The highest office that a missed deadline of a voice has told; the facilitator when none was missed."""
    told = [Turn(one.escalated_to) for one in open_deadlines([voice]) if one.escalated_to]
    return max(told, key=UPWARDS.index, default=Turn.FACILITATOR)


def open_pause(voice: Voice) -> Pause | None:
    """Why the clock of a voice stands still, if it does."""
    return Pause.objects.filter(deadline__voice=voice, last_day__isnull=True).order_by("id").first()


def pauses_of(deadline: Deadline) -> list[Stretch]:
    """The pauses of a deadline as days."""
    return [Stretch(pause.first_day, pause.last_day) for pause in deadline.pauses.order_by("id")]


def overdue(today: date) -> QuerySet[Deadline]:
    """Deadlines missed while their clock was running."""
    return Deadline.objects.filter(running(), met_at__isnull=True, due_on__lt=today).order_by("due_on", "id")


def running() -> Q:
    """Deadlines whose clock does not stand still."""
    return Q(~Exists(Pause.objects.filter(deadline=OuterRef("pk"), last_day__isnull=True)))
