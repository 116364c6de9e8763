"""Forms, fields, filters, searching."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString

from pendamping.core.components.checks import KINDS, extra, form_token, one_of, render
from pendamping.core.forms import ActForm

register = template.Library()


@register.inclusion_tag("ui/form_box.html", takes_context=True)
def form(
    context: template.Context,
    form: BaseForm,
    submit: str = "",
    action: str = "",
    method: str = "post",
    cancel: str = "",
    draft: str = "",
    kind: str = "primary",
    confirm: str = "",
    note: str = "",
    preview: str = "",
    **attributes: Any,
) -> dict[str, Any]:
    """A whole form; `draft` is the key under which the phone keeps what was typed.

    `preview` is the address of a second button, which only shows how it will read.
    """
    one_of(kind, KINDS, "kind of button")
    one_of(method, ("get", "post"), "method")
    local = {name: value for name, value in locals().items() if name not in ("context", "attributes")}
    return {**local, "token": form_token(context), "attributes": extra(attributes, "form")}


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """One field with its label, help and errors."""
    return bound.as_field_group()


@register.inclusion_tag("ui/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """What has to be put right, in the order of the form, with links to the fields."""
    order = [name for _legend, names in getattr(form, "groups", ()) for name in names]
    shown = sorted(form, key=lambda bound: order.index(bound.name) if bound.name in order else len(order))
    wrong = [(_place(bound), _words(bound)) for bound in shown if bound.errors and not bound.is_hidden]
    hidden = [error for bound in form.hidden_fields() for error in bound.errors]
    failed = bool(form.is_bound and form.errors)
    # A browser never sends files a second time by itself, whichever field was wrong.
    return {
        "errors": [*form.non_field_errors(), *hidden],
        "wrong": wrong,
        "any": failed,
        "files_lost": failed and bool(form.files),
    }


def _place(bound: BoundField) -> str:
    return f"{bound.auto_id}_group" if bound.use_fieldset else bound.id_for_label


def _words(bound: BoundField) -> str:
    error, label = str(bound.errors[0]), str(bound.label)
    return error if f"“{label}”" in error else f"{label}: {error}"


@register.inclusion_tag("ui/field_group.html")
def field_group(form: BaseForm, group: tuple[str, Sequence[str]]) -> dict[str, Any]:
    """One of a form's `groups`: (legend, names of fields).

    Where `form.folded(names)` says what they are set to they are folded away under it, unless one of them is wrong.
    """
    legend, names = group
    fields, now = [form[name] for name in names], form.folded(names) if isinstance(form, ActForm) else ""
    return {"legend": legend, "fields": fields, "now": now, "is_open": any(one.errors for one in fields)}


@register.simple_block_tag
def fieldset(content: str, legend: str, number: int = 0, of: int = 0, help: str = "") -> SafeString:
    """A group of questions; `number` and `of` say which part of the form it is."""
    return render("fieldset", content=content, legend=legend, number=number, of=of, help=help)


@register.simple_block_tag
def filter_bar(content: str, action: str = "", search: str = "", label: str = "", name: str = "q") -> SafeString:
    """Search and the few filters that matter (GET); rare ones go into `more_filters` inside."""
    return render("filter_bar", content=content, action=action, search=search, label=label, name=name)


@register.simple_block_tag
def more_filters(content: str, open: bool = False) -> SafeString:
    """The filters needed now and then."""
    return render("more_filters", content=content, open=open)


@register.inclusion_tag("ui/search_box.html")
def search_box(
    action: str, label: str, name: str = "q", value: str = "", help: str = "", submit: str = ""
) -> dict[str, Any]:
    """A search field with its button."""
    return locals()


@register.inclusion_tag("ui/locate.html")
def locate(latitude: str, longitude: str, accuracy: str = "") -> dict[str, Any]:
    """A button that fills the ids given with where the phone is."""
    return locals()
