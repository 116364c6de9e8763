"""The registry of field errors: what went wrong in the field and which app can tell, so that training treats it.

An app declares in its own `training_errors.py`, imported when it starts (this app: `queries/field_errors.py`):

    @field_error("proposal.returned.cost", label=_("Proposals returned: cost"))
    def returned(window): yield Seen("proposal.returned.cost", account_id, region_path, day, code)

A function may stand under several keys and is read once for all of them, in a constant number of queries whatever the
number of people, wards and records. A module names the keys it treats (`Module.serves`); one that says
"progress.returned.photo" also treats what is only known as "progress.returned". What no app counts stays in the module
and is shown as not counted here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise

from pendamping.core.counters import after

NOWHERE = Q(pk__in=[])


@dataclass(frozen=True)
class Window:
    """Whose errors, and from which day to which, both included (id: rentang waktu).

    Everybody's under some places, or, with `accounts`, what these people did wherever it was; what belongs to nobody
    by name is still told by `paths`, where they serve.
    """

    since: date
    until: date
    paths: tuple[str, ...] = ()
    accounts: tuple[int, ...] | None = None

    def here(self, field: str = "region_path") -> Q:
        """Records of the places."""
        found = NOWHERE
        for path in self.paths:
            found |= Q(**{f"{field}__gte": path, f"{field}__lt": after(path)})
        return found

    def whose(self, account: str, field: str = "region_path") -> Q:
        """Records of the people where people are asked for, else of the places."""
        return self.here(field) if self.accounts is None else Q(**{f"{account}__in": self.accounts})

    def at(self, field: str) -> Q:
        """Records whose instant lies in the window."""
        return Q(**{f"{field}__gte": _start(self.since), f"{field}__lt": _start(self.until + timedelta(days=1))})

    def on(self, field: str) -> Q:
        """Records whose day lies in the window."""
        return Q(**{f"{field}__range": (self.since, self.until)})


def _start(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))


@dataclass(frozen=True)
class Seen:
    """One thing that went wrong (id: kesalahan lapangan). Without an account: of whoever served there then."""

    key: str
    account_id: int | None
    path: str
    on: date
    code: str  # of the record, as an example for the person
    is_about_person: bool = False  # small counts of it are shown to nobody but the person


Read = Callable[[Window], Iterable[Seen]]

_labels: dict[str, str | Promise] = {}
_reads: dict[Read, set[str]] = {}


def field_error(key: str, *, label: str | Promise) -> Callable[[Read], Read]:
    """Declare what a function counts; several of these may stand above one function."""

    def keep(read: Read) -> Read:
        _labels[key] = label
        _reads.setdefault(read, set()).add(key)
        return read

    return keep


def label_of(key: str) -> str | None:
    """The name of an error that is counted here; None when no app counts it."""
    found = next((one for one in _labels if is_treated(one, [key])), None)
    return str(_labels[found]) if found is not None else None


def known() -> dict[str, str]:
    """Every key that some app counts, with its name."""
    return {key: str(label) for key, label in _labels.items()}


def is_treated(key: str, serves: Collection[str]) -> bool:
    """Does something that serves these keys treat this one? Also when it names a finer one."""
    return any(one == key or one.startswith(f"{key}.") for one in serves)


def read(window: Window, keys: Collection[str] | None = None) -> list[Seen]:
    """Everything that went wrong in a window, of some keys or of all."""
    wanted = set(_labels) if keys is None else {one for one in _labels if is_treated(one, keys)}
    return [
        seen for function, offers in _reads.items() if offers & wanted for seen in function(window)
        if seen.key in wanted
    ]  # fmt: skip
