"""The report of a version in the words of the active language: one source for the page, the paper and the table.

`leaves` the office: then every small group is withheld, and nothing can be reckoned from what is told beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping.core import formats
from pendamping.core.languages import in_language
from pendamping.facilitators.month_shown import Block, Shown
from pendamping.training.enums.certificates import Standing
from pendamping.training.enums.learning import Aspect
from pendamping.training.models import Activity, Module
from pendamping.training.queries.effect import DistrictLine, QuizLine, Report
from pendamping.training.rules.effect import (
    EFFECT_DAYS,
    EFFECT_LEAST,
    GAIN_LEAST,
    OPINIONS_LEAST,
    Effect,
    Gains,
)
from pendamping.training.rules.small_groups import is_small, veiled

DASH = "–"


def words(told: dict[str, str]) -> str:
    """What is kept in two languages, in the reader's."""
    return in_language(told, get_language() or "id")


def module_name(module: Module) -> str:
    """ "8. Progress and photos"."""
    return f"{module.position}. {words(module.title)}"


def quiz_name(activity: Activity) -> str:
    """The quiz with the module it belongs to."""
    return f"{module_name(activity.module)} · {words(activity.title)}"


def shown(report: Report, *, leaves: bool) -> Shown:
    """Everything a report says, block by block."""
    return Shown(
        _facts(report, leaves),
        [
            _districts(report, leaves), _quizzes(report, leaves), _gain(report, leaves), _items(report),
            _opinions(report, leaves), _field(report, leaves),
        ],
    )  # fmt: skip


def _facts(report: Report, leaves: bool) -> list[list[str]]:
    version = report.version
    active, completed, left = _states(report, leaves)
    certificates = (  # together nearly those who passed
        (_("Certificates in force"), report.certificates[Standing.VALID]),
        (_("Certificates whose time is over"), report.certificates[Standing.EXPIRED]),
        (_("Certificates revoked"), report.certificates[Standing.REVOKED]),
    )
    came = report.attendance
    share = came.share if not (leaves and is_small(report.enrolled)) else None
    return [
        [_("Version"), f"{words(version.course.title)} · {version.number}"],
        [_("As of"), formats.day(report.on)],
        [_("Enrolled"), _count(report.enrolled, leaves)],
        [_("Learning"), _number(active)],
        [_("Passed"), _number(completed)],
        [_("Left the course"), _number(left)],
        [_("Attendance"), DASH if share is None else _percent(share * 100)],
        *([label, _withheld() if completed is None else _count(number, leaves)] for label, number in certificates),
    ]


def _states(report: Report, leaves: bool) -> list[int | None]:
    """Learning, passed, left; None where it is withheld."""
    states: list[int | None] = [report.active, report.completed, report.left]
    return veiled([report.active, report.completed, report.left]) if leaves else states


def _districts(report: Report, leaves: bool) -> Block:
    rows = [
        [line.label, *(_number(one) for one in cells)]
        for line, cells in zip(report.districts, _cells(report.districts, leaves), strict=True)
    ]
    heads = [_("District"), _("Enrolled"), _("Learning"), _("Passed"), _("Left the course")]
    return _block(_("By district"), heads, rows, _("Nobody is enrolled yet."))


def _cells(lines: Sequence[DistrictLine], leaves: bool) -> list[list[int | None]]:
    """A district with a small group is withheld whole, never one alone: the sums above tell the rest."""
    rows: list[list[int | None]] = [[one.enrolled, one.active, one.completed, one.left] for one in lines]
    if not leaves:
        return rows
    hidden = {place for place, row in enumerate(rows) if any(is_small(count or 0) for count in row)}
    if len(hidden) == 1 and len(rows) > 1:
        hidden |= {min((one.enrolled, place) for place, one in enumerate(lines) if place not in hidden)[1]}
    return [[None] * 4 if place in hidden else row for place, row in enumerate(rows)]


def _quizzes(report: Report, leaves: bool) -> Block:
    rows = [_quiz(one, leaves) for one in report.tests.quizzes]
    heads = [_("Quiz"), _("What for"), _("Learners"), _("First attempt"), _("Best attempt"), _("Passed")]
    return _block(_("Quizzes"), heads, rows, _("This version has no quiz."), wide=2)


def _quiz(line: QuizLine, leaves: bool) -> list[str]:
    head = [quiz_name(line.activity), str(line.purpose.label)]
    if leaves and is_small(line.learners):
        return [*head, _few(), DASH, DASH, DASH]
    passed = _few() if leaves and (is_small(line.passed) or is_small(line.learners - line.passed)) else line.passed
    return [*head, formats.number(line.learners), _percent(line.first), _percent(line.best), str(passed)]


def _gain(report: Report, leaves: bool) -> Block:
    found = report.tests.gains
    title, none = _("What the course added"), _("Nobody has taken a test both before and after the course.")
    heads = [_("Figure"), _("Value")]
    if leaves and is_small(found.sample):
        return _block(title, heads, [[_("Learners with both tests"), _few()]], none)
    rows = gain_rows(found, leaves) if found.sample or found.full_before else []
    return _block(title, heads, rows, none)


def gain_rows(found: Gains, leaves: bool = False) -> list[list[str]]:
    """The gain with its sample, and what Hake calls it when there are enough to judge."""
    few = _("not judged: fewer than %(least)s learners") % {"least": GAIN_LEAST}
    return [
        [_("Learners with both tests"), formats.number(found.sample)],
        [_("Mean before"), _percent(found.before)],
        [_("Mean after"), _percent(found.after)],
        [_("Normalised gain"), DASH if found.of_averages is None else decimal(found.of_averages)],
        [_("Judged"), str(found.level.label) if found.level else few],
        [_("Knew less afterwards"), _count(found.negative, leaves)],
        [_("Left out: full marks before"), _count(found.full_before, leaves)],
    ]


def _items(report: Report) -> Block:
    rows = [
        [quiz_name(quiz), one.question.text[:160], decimal(Decimal(str(round(one.item.p, 2)))),
         ", ".join(str(flag.label) for flag in one.item.flags)]
        for quiz, one in report.striking
    ]  # fmt: skip
    heads = [_("Quiz"), _("Question"), _("p"), _("What is striking")]
    return _block(_("Questions to look at"), heads, rows, _("Nothing is striking, or too few have answered."), wide=2)


def _opinions(report: Report, leaves: bool) -> Block:
    """Asked is whoever passed; how many they are does not leave the office here, since it may be withheld above."""
    found = report.opinions
    title, heads = _("What learners thought of it"), [_("Mark"), _("Mean of 1 to 5")]
    rate = DASH if found.rate is None else _percent(found.rate * 100)
    told = {"asked": formats.number(found.asked), "least": OPINIONS_LEAST}
    if found.means is None:
        none = _("Shown from %(least)s opinions on.") if leaves else _(
            "Shown from %(least)s opinions on; %(asked)s were asked."
        )  # fmt: skip
        return _block(title, heads, [], none % told)
    rows = [[str(one.label), decimal(found.means[one])] for one in Aspect if one in found.means]
    rows.append([_("Opinions"), formats.number(found.opinions)])
    if not leaves:
        rows.append([_("Answered, of %(asked)s asked") % told, rate])
    return _block(title, heads, rows, "")


def _field(report: Report, leaves: bool) -> Block:
    field = report.field
    title = _("Errors in the field, before and after passing")
    heads = [_("Error"), _("Before"), _("After"), _("Judged")]
    if leaves and is_small(field.whole.learners):
        return _block(title, heads, [], _("Fewer than five have passed long enough ago."))
    rows = [[line.label, *_effect(line.effect)] for line in field.lines]
    if rows:
        rows.append([_("Altogether"), *_effect(field.whole)])
    rows += [[key, DASH, DASH, _("not counted here")] for key in field.uncounted]
    none = _("No module of this version names an error that it treats.")
    return _block(title, heads, rows, none)


def _effect(found: Effect) -> list[str]:
    few = _("too few to judge")
    return [formats.number(found.before), formats.number(found.after), str(found.change.label if found.change else few)]


def field_note(report: Report, *, leaves: bool) -> str:
    """How before and after are compared."""
    found, passed = report.field.whole, _states(report, leaves)[1]
    learners, early = (  # together they are those who passed
        _withheld() if passed is None else _count(number, leaves) for number in (found.learners, found.too_early)
    )
    told = {"learners": learners, "days": EFFECT_DAYS, "least": EFFECT_LEAST, "early": early}
    return (
        _(
            "Up to %(days)s days before passing beside as many days after it. Compared: %(learners)s learners; "
            "%(early)s passed less than a month ago. Judged from %(least)s learners and %(least)s errors before on. "
            "Fewer errors after a course are no proof that the course was the cause."
        )
        % told
    )


def _block(title: str, heads: list[str], rows: list[list[str]], none: str, *, wide: int = 1) -> Block:
    return Block(title, [(head, place >= wide) for place, head in enumerate(heads)], rows, none)


def _count(number: int, leaves: bool) -> str:
    return _few() if leaves and is_small(number) else formats.number(number)


def _number(count: int | None) -> str:
    return _withheld() if count is None else formats.number(count)


def _withheld() -> str:
    return _("withheld")


def _few() -> str:
    return _("fewer than 5")


def _percent(value: Decimal | None) -> str:
    return DASH if value is None else f"{decimal(round(value, 1))} %"


def decimal(value: Decimal) -> str:
    """A number with the sign of the active language before its fraction."""
    return str(value).replace(".", ",") if (get_language() or "id").startswith("id") else str(value)
