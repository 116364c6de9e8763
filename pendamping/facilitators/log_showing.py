"""How lines of the logbook are shown: flags as friendly sentences, photos, rows of a day with like acts told once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pendamping.core import formats, pieces
from pendamping.facilitators.deeds import words_of
from pendamping.facilitators.enums.logbook import Activity
from pendamping.facilitators.models import LogEntry, LogFlag

# What a flag asks: the writer, and whoever verifies, read the same.
QUESTIONS: dict[str, Promise] = {
    "no_fix": gettext_lazy("Without a place on the map. Was there no signal? Press “Use where I am” next time."),
    "outside": gettext_lazy("The place on the map lies {figure} m outside the ward. Was it done elsewhere?"),
    "too_close": gettext_lazy("Only {figure} minutes from another place ({note}). Are the times right?"),
    "same_photo": gettext_lazy("A photo is the same as in {note}. Is it the right one?"),
    "same_text": gettext_lazy("The words are the same as in {note}. What was different this time?"),
    "round_times": gettext_lazy("The last {figure} lines all have round times. Are they as it was?"),
    "out_of_hours": gettext_lazy("At {note}, outside the usual hours. Was it an evening meeting?"),
    "held_back": gettext_lazy("It reached us {figure} days after it was noted. Was there no signal for so long?"),
    "late": gettext_lazy("Written {figure} days later. A word why helps whoever reads it."),
}

# What the fields of a line are called where its earlier words are shown.
FIELDS: dict[str, Promise] = {
    "day": gettext_lazy("Day"), "begins": gettext_lazy("From"), "ends": gettext_lazy("Until"),
    "activity": gettext_lazy("What kind"), "what": gettext_lazy("What was done"), "region": gettext_lazy("Where"),
    "place": gettext_lazy("Where exactly"), "latitude": gettext_lazy("Latitude"),
    "longitude": gettext_lazy("Longitude"), "accuracy_m": gettext_lazy("Accurate to (m)"),
    "women": gettext_lazy("Women"), "men": gettext_lazy("Men"),
    "vulnerable": gettext_lazy("Of them old, poor or with a disability"),
    "problem": gettext_lazy("What stood in the way"), "solution": gettext_lazy("What was tried"),
    "follow_up": gettext_lazy("What is still to be done"), "follow_up_by": gettext_lazy("To be done by"),
    "linked_code": gettext_lazy("About"), "late_reason": gettext_lazy("If it is late: why"),
}  # fmt: skip


def question(flag: LogFlag) -> str:
    """What a flag asks, as a sentence."""
    return str(QUESTIONS[flag.kind]).format(figure=formats.number(flag.figure), note=flag.note)


@dataclass(frozen=True)
class Row:
    """One line in a list; several automatic ones of the same act and day are told as one."""

    entry: LogEntry
    words: str
    meta: str
    count: int = 1
    flags: str = ""


def rows(entries: Iterable[LogEntry], *, with_person: bool = False) -> list[Row]:
    """Lines as rows."""
    found: dict[tuple[object, ...], list[LogEntry]] = {}
    for one in entries:
        alone = not one.is_automatic or one.verified_by_id or one.state != "verified"
        key = (one.pk,) if alone else (one.account_id, one.day, one.verb, one.region_id)
        found.setdefault(key, []).append(one)
    return [_row(group, with_person) for group in found.values()]


def _row(group: Sequence[LogEntry], with_person: bool) -> Row:
    one = group[0]
    words = words_of(one.what, one.verb)
    if len(group) > 1:
        words = f"{words} · {len(group)}×"
    told = [one.account.name if with_person else "", formats.day(one.day) if with_person else "", hours(one)]
    told += [one.place or one.region.label, met(group)]
    signs = [flag.get_kind_display() for flag in one.flags.all()]
    return Row(one, words, " · ".join(part for part in told if part), len(group), ", ".join(signs))


def hours(entry: LogEntry) -> str:
    """ "09.07–10.40"."""
    times = [f"{at:%H.%M}" for at in (entry.begins, entry.ends) if at]
    return "–".join(times)


def met(group: Sequence[LogEntry]) -> str:
    """How many people were met; nothing when nobody was."""
    count = sum(one.met for one in group)
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": formats.number(count)} if count else ""


def photos(entry: LogEntry, *, own: bool = False) -> list[pieces.Photo]:
    """The photos of a line; one's `own` are seen wherever one serves by now."""
    door, line = ("facilitators:my_log_photo", [entry.code]) if own else ("access:photo", [])
    return [
        pieces.Photo(
            src=reverse(door, args=[*line, photo.name, "thumb"]), alt=_("Photo of %(what)s") % {"what": entry.code},
            on=photo.taken_claim or photo.created_at, href=reverse(door, args=[*line, photo.name, "full"]),
        )
        for photo in entry.photos.all()
    ]  # fmt: skip


@dataclass(frozen=True)
class Earlier:
    """What a line said until it was changed (id: isi sebelumnya)."""

    until: datetime
    words: list[tuple[str, str]]


def earlier(entry: LogEntry) -> list[Earlier]:
    """What a line said before each change, the latest first; what was empty is left out."""
    versions = entry.versions.order_by("-id")
    return [Earlier(one.created_at, [_said(*pair) for pair in one.said.items() if pair[1] not in ("", None)])
            for one in versions]  # fmt: skip


def _said(name: str, value: object) -> tuple[str, str]:
    shown = str(Activity(value).label) if name == "activity" and value in Activity.values else str(value)
    return str(FIELDS[name]), shown


def month_of(typed: str, today: date) -> tuple[date, date]:
    """The first and last day of a month given as "2026-02"; this month when it cannot be read or meant."""
    try:
        first = date.fromisoformat(f"{typed}-01")
    except ValueError:
        first = today.replace(day=1)
    if not 2000 <= first.year <= today.year + 1:
        first = today.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
