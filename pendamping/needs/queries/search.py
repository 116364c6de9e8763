"""Finding voices: by words, place, state, subject, channel and time, with one function for both databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import and_
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.utils import timezone
from django.utils.dateparse import parse_date

from pendamping.core import counters
from pendamping.core.codes import read_code
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.models import MenuItem, Voice
from pendamping.needs.queries.visible import public_voices
from pendamping.needs.rules import search as rules
from pendamping.needs.rules.map import grid
from pendamping.needs.rules.similar import spellings
from pendamping.needs.search_index import SPOKEN, VECTOR, has_trigrams
from pendamping.regions.models import WIDTHS

OTHER = "other"  # the subject of a voice without a menu item
_CUTS = {WIDTHS["city"]: "city_path", WIDTHS["district"]: "district_path", WIDTHS["ward"]: "ward_path"}


VIEWS = {
    "heard": (VoiceState.HEARD,),
    "gathered": (VoiceState.GATHERED,),
    "answered": (VoiceState.ANSWERED,),
}  # of the working list; any other word means all


@dataclass(frozen=True)
class Asked:
    """What is looked for (id: yang dicari); empty means all."""

    words: str = ""
    place: str = ""  # a region's path
    states: tuple[str, ...] = ()
    group: str = ""  # of the menu, or "other"
    category: str = ""  # its key
    channel: str = ""
    turn: str = ""
    since: date | None = None
    until: date | None = None
    box: tuple[float, float, float, float] | None = None  # west, south, east, north of a map

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Asked:
        """The filters of a list as they stand in its address; what makes no sense counts as not said."""
        place = query.get("place", "")
        return cls(
            words=query.get("q", "").strip()[:200],
            place=place if place.isdecimal() and len(place) in WIDTHS.values() else "",
            states=VIEWS.get(query.get("view", "") or "heard", ()),
            group=query.get("about", ""),
            category=query.get("category", ""),
            channel=query.get("channel", ""),
            turn=query.get("turn", ""),
            since=_day(query.get("since", "")),
            until=_day(query.get("until", "")),
            box=read_box(query.get("box", "")),
        )

    @property
    def code(self) -> str | None:
        """The code that was typed instead of words: it names one voice, wherever it stands."""
        return read_code(self.words)


def _day(typed: str) -> date | None:
    try:
        return parse_date(typed)
    except ValueError:  # the 31st of February
        return None


def read_box(typed: str) -> tuple[float, float, float, float] | None:
    """ "108.1,-7.4,108.3,-7.2": the part of a map, in degrees; None for what is none."""
    try:
        west, south, east, north = (float(part) for part in typed.split(","))
    except ValueError:
        return None
    return (west, south, east, north) if -180 <= west < east <= 180 and -90 <= south < north <= 90 else None


def search_voices(voices: QuerySet[Voice], asked: Asked, *, nearly: bool = False) -> QuerySet[Voice]:
    """Of these voices, those that fit, in no order; `nearly` also takes words that are almost those typed.

    Every word must occur, or begin a word that does. The caller says which voices may be seen at all.
    """
    if asked.code is not None:
        return voices.filter(code=asked.code)
    wanted = _facts(asked)
    words = rules.words_of(asked.words)
    if words:
        voices = voices.filter(_nearly(words, asked) if nearly else _worded(_typed(words), asked))
    return voices.filter(wanted) if wanted else voices


def search_public(asked: Asked, voices: QuerySet[Voice] | None = None, *, nearly: bool = False) -> QuerySet[Voice]:
    """What everyone may find, of public voices or of these: nobody finds one by its words before an official read them,
    nor by a part of a map finer than what the public map tells."""
    voices = public_voices() if voices is None else voices
    if asked.box is not None:
        asked = replace(asked, box=grid(asked.box, is_coarse=True).box)
    if asked.words and asked.code is None:
        voices = voices.exclude(state=VoiceState.HEARD)
    return search_voices(voices, asked, nearly=nearly)


def within(path: str) -> Q:
    """One equality for a city, district or ward; a range for RW and RT."""
    cut = _CUTS.get(len(path))
    return Q(**{cut: path}) if cut else Q(region_path__gte=path, region_path__lt=counters.after(path))


def _facts(asked: Asked) -> Q:
    wanted = within(asked.place) if asked.place else Q()
    plain = {
        "state__in": asked.states, "category__key": asked.category, "channel": asked.channel, "turn": asked.turn,
        "heard_at__gte": _start(asked.since), "heard_at__lt": _start(asked.until, later=1),
    }  # fmt: skip
    wanted &= Q(**{name: value for name, value in plain.items() if value})
    if asked.group == OTHER:
        wanted &= Q(menu_item__isnull=True)
    elif asked.group:
        wanted &= Q(menu_item__in=MenuItem.objects.filter(code__startswith=f"{asked.group}."))  # found by its index
    if asked.box is not None:
        west, south, east, north = asked.box
        wanted &= Q(latitude__gte=south, latitude__lt=north, longitude__gte=west, longitude__lt=east)
    return wanted


def _start(on: date | None, *, later: int = 0) -> datetime | None:
    """When a day begins, or one some days later; days before and after all voices are as good as their ends."""
    if on is None:
        return None
    on = min(max(on, date(1970, 1, 1)), date(2200, 1, 1))
    return timezone.make_aware(datetime.combine(on + timedelta(days=later), time()))


class _Worded(Func):
    """A voice's key and a search in the words of the database: is it among the voices found?"""

    output_field = BooleanField()

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> Any:
        among = " IN (SELECT rowid FROM needs_voice_search WHERE needs_voice_search MATCH "
        return self.as_sql(compiler, connection, template="%(expressions)s)", arg_joiner=among)

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> Any:
        among = f" IN (SELECT id FROM needs_voice WHERE {VECTOR} @@ to_tsquery('simple', "  # noqa: S608
        return self.as_sql(compiler, connection, template="%(expressions)s))", arg_joiner=among)


class _Near(Func):
    """A text and a word: does PostgreSQL find something like the word in it?"""

    output_field = BooleanField()
    template = "%(expressions)s"
    arg_joiner = " %%> "


def _typed(words: Sequence[str]) -> list[list[str]]:
    """Each word or whatever begins with it."""
    return [[f"{word}*"] for word in words]


def _worded(words: Sequence[Sequence[str]], asked: Asked) -> _Worded:
    """The voices with one of each list of words; "jal*" is any word that begins so."""
    if connection.vendor == "postgresql":
        return _Worded(
            F("pk"),
            Value(" & ".join("(" + " | ".join(word.replace("*", ":*") for word in each) + ")" for each in words)),
        )
    typed = " AND ".join("(" + " OR ".join(_quoted(word) for word in each) + ")" for each in words)
    typed = f"{{{' '.join(SPOKEN)}}} : ({typed})"
    if len(asked.place) >= WIDTHS["ward"]:
        typed += f' AND ward_path : "{asked.place[: WIDTHS["ward"]]}"'
    return _Worded(F("pk"), Value(typed))


def _quoted(word: str) -> str:
    return f'"{word[:-1]}" *' if word.endswith("*") else f'"{word}"'


def _nearly(words: Sequence[str], asked: Asked) -> Combinable | Q:
    """As people also write a word, or nearly so."""
    if connection.vendor != "postgresql":
        return _worded([[*(f"{one}*" for one in _known(word)), *_spelled(word)] for word in words], asked)
    written = [Q(_worded([[f"{word}*", *_spelled(word)]], asked)) for word in words]
    if has_trigrams():
        written = [one | Q(_Near(F("text"), Value(word))) for one, word in zip(written, words, strict=True)]
    return reduce(and_, written)


def _spelled(word: str) -> list[str]:
    return [other for other in spellings(word) if other.isalnum()]


_BEGUN = "SELECT 1 FROM needs_voice_terms WHERE term >= %s AND term < %s LIMIT 1"
_ALIKE = "SELECT term FROM needs_voice_terms WHERE term >= %s AND term < %s AND length(term) BETWEEN %s AND %s"
_LAST = "\U0010ffff"


def _known(word: str) -> list[str]:
    """The word itself where some word begins so, otherwise the most alike of those with its first letter."""
    with connection.cursor() as cursor:
        cursor.execute(_BEGUN, [word, word + _LAST])
        if cursor.fetchone() is not None:
            return [word]
        cursor.execute(_ALIKE, [word[0], word[0] + _LAST, len(word) - 2, len(word) + 2])
        return rules.near(word, (term for (term,) in cursor)) or [word]
