"""The figures of a month in the words of the active language: one source for the page, the paper and the table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pendamping.core import formats
from pendamping.core.pieces import Column
from pendamping.facilitators.enums.absences import AbsenceKind
from pendamping.facilitators.enums.logbook import Activity, FlagKind, LogState
from pendamping.facilitators.enums.months import MonthOffice
from pendamping.facilitators.models import MonthDecision, MonthReport

Rows = list[list[str]]


@dataclass(frozen=True)
class Block:
    """One table of the report (id: bagian laporan); empty rows say `none`."""

    title: str
    columns: list[tuple[str, bool]]  # label, and whether it is a number
    rows: Rows
    none: str

    @property
    def heads(self) -> list[Column]:
        """The heads as the table component takes them."""
        return [Column(label, number=number) for label, number in self.columns]


@dataclass(frozen=True)
class Shown:
    """A month's figures, ready to be drawn (id: isi laporan)."""

    facts: Rows
    blocks: list[Block]


def shown(figures: dict[str, Any]) -> Shown:
    """Everything a report says, block by block."""
    return Shown(_facts(figures), [_plan(figures), _activities(figures), _problems(figures), _follow_ups(figures),
                                   _absences(figures)])  # fmt: skip


def _facts(figures: dict[str, Any]) -> Rows:
    met, states = figures["met"], figures["states"]
    served = " – ".join(_day(one) for one in figures["served"])
    rows = [
        [_("Places"), ", ".join(figures["places"])],
        [_("Served"), served],
        [_("Days with a line"), formats.number(figures["days"])],
        [_("Lines of the logbook"), _lines(figures["lines"], states)],
        [_("People met"), _("%(women)s women, %(men)s men; %(vulnerable)s of them vulnerable") % {
            name: formats.number(met[name]) for name in ("women", "men", "vulnerable")
        }],
        [_("Working days without a line"), _gaps(figures["gaps"])],
    ]  # fmt: skip
    if figures["flags"]:
        rows.append([_("What catches the eye"), _counts(FlagKind, figures["flags"])])
    return rows


def _lines(count: int, states: dict[str, int]) -> str:
    told = _counts(LogState, [[state, number] for state, number in states.items()])
    return f"{formats.number(count)} ({told})" if told else formats.number(count)


def _counts(labels: Any, pairs: list[list[Any]]) -> str:
    return ", ".join(f"{label_of(labels, key)}: {formats.number(count)}" for key, count in pairs)


def _gaps(gaps: list[str]) -> str:
    if not gaps:
        return _("none")
    days = ", ".join(formats.day(date.fromisoformat(one), "singkat") for one in gaps)
    return f"{formats.number(len(gaps))} ({days})"


def _plan(figures: dict[str, Any]) -> Block:
    rows = [
        [
            one["what"], one["place"], label_of(Activity, one["activity"]), formats.number(one["wanted"]),
            formats.number(one["done"]),
        ]
        for one in figures["plan"] or []
    ]  # fmt: skip
    columns = [
        (_("Planned"), False), (_("Place"), False), (_("Kind"), False), (_("Wanted"), True), (_("Done"), True),
    ]  # fmt: skip
    return Block(_("Plan and what came of it"), columns, rows, _("No plan was sent for this month."))


def _activities(figures: dict[str, Any]) -> Block:
    rows = [[label_of(Activity, key), formats.number(count)] for key, count in figures["activities"]]
    columns = [(_("Kind"), False), (_("Lines"), True)]
    return Block(_("What was done"), columns, rows, _("The logbook has no line in this month."))


def _problems(figures: dict[str, Any]) -> Block:
    rows = [[_day(one["day"]), one["problem"], one["solution"] or formats.NONE] for one in figures["problems"]]
    columns = [(_("Day"), False), (_("Problem"), False), (_("Solution"), False)]
    return Block(_titled(_("Problems and solutions"), figures["problem_count"], rows), columns, rows, _("None told."))


def _follow_ups(figures: dict[str, Any]) -> Block:
    rows = [[one["follow_up"], _day(one["by"]), one["code"]] for one in figures["follow_ups"]]
    columns = [(_("To do"), False), (_("Until"), False), (_("Line"), False)]
    title = _titled(_("Still to be followed up"), figures["follow_up_count"], rows)
    return Block(title, columns, rows, _("Nothing is open."))


def _absences(figures: dict[str, Any]) -> Block:
    rows = [_absence(one) for one in figures["absences"]]
    columns = [(_("Kind"), False), (_("Days"), False), (_("Number"), True)]
    return Block(_("Leave, sickness, duty travel"), columns, rows, _("None."))


def _absence(one: dict[str, Any]) -> list[str]:
    if "kind" not in one:
        return [_("Absent"), formats.NONE, _days(one["days"])]
    return [label_of(AbsenceKind, one["kind"]), f"{_day(one['from'])} – {_day(one['to'])}", _days(one["days"])]


def _titled(title: str, count: int, rows: Rows) -> str:
    """A list cut short says so."""
    if count <= len(rows):
        return title
    return _("%(title)s (%(shown)d of %(count)d)") % {"title": title, "shown": len(rows), "count": count}


def _days(count: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


def _day(iso: str | None) -> str:
    return formats.day(date.fromisoformat(iso)) if iso else formats.NONE


def label_of(labels: Any, key: str) -> str:
    """The label of a value kept long ago, also when the list has changed since."""
    return str(labels(key).label) if key in labels.values else key


def decision_rows(report: MonthReport, decisions: list[MonthDecision]) -> Rows:
    """Who said yes or no, when and why: office, word, day, reason."""
    return [
        [
            label_of(MonthOffice, one.office), str(one.get_kind_display()), formats.day(one.created_at),
            one.reason or formats.NONE,
        ]
        for one in decisions
        if one.sending == report.sendings
    ]  # fmt: skip
