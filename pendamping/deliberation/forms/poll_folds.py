"""What the folded groups of the form of a ballot are set to, in words: their line tells it while they are closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.forms import BoundField, Form
from django.utils.translation import gettext as _

RUPIAH = " (Rp)"


def amounts(form: Form, names: Sequence[str]) -> str:
    """Pots, floors and caps that were given; without one, that there is one pot for all."""
    given = [(form[name], form[name].value()) for name in names]
    told = [f"{str(one.label).removesuffix(RUPIAH)}: {value}" for one, value in given if value]
    return " · ".join(told) or _("One pot for all of it, without least or most amounts")


def sharing(form: Form, names: Sequence[str]) -> str:
    """Method, what happens to what is left, the least support and the share for need where they are asked for."""
    told = [_chosen(form[name]) for name in ("method", "completion", "fill")]
    support, need = form["minimum_support"], form["need_percent"]
    if support.value():
        told.append(str(support.label))
    if str(need.value() or 0) != "0":
        told.append(f"{need.label}: {need.value()}")
    return " · ".join(told)


def either(form: Form, names: Sequence[str]) -> str:
    """By letter: the proposals of which at most one is chosen."""
    found: dict[str, list[str]] = {}
    for name in names:
        if letter := form[name].value():
            found.setdefault(str(letter), []).append(str(form[name].label))
    return " · ".join(f"{letter}: {', '.join(found[letter])}" for letter in sorted(found)) or _("none")


def requires(form: Form, names: Sequence[str]) -> str:
    """Which proposal is chosen only with others."""
    one, others = form["dependent"], _chosen(form["requires"])
    if not one.value() and not others:
        return _("none")
    return _("%(one)s only if also: %(others)s") % {"one": _chosen(one), "others": others or "–"}


TOLD: dict[str, Callable[[Form, Sequence[str]], str]] = {
    "pot": amounts, "method": sharing, "either": either, "dependent": requires,
}  # fmt: skip


def folded(form: Form, names: Sequence[str]) -> str:
    """What these fields are set to; "" where the group is not folded away. Their first name tells which they are."""
    first = names[0]
    tell = TOLD.get(first) or TOLD.get(first.partition("_")[0])
    return tell(form, names) if tell else ""


def _chosen(bound: BoundField) -> str:
    """The words of what is chosen, several with commas."""
    value = bound.value()
    values = {str(one) for one in (value if isinstance(value, list | tuple) else [value])}
    choices = getattr(bound.field, "choices", ())
    return ", ".join(str(label) for code, label in choices if str(code) in values)
