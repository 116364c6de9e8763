"""The frame of a page: cover, heading, sections, cards, ways onward."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pendamping.core.components.checks import form_token, one_of, render
from pendamping.core.pieces import Act

register = template.Library()


@register.simple_block_tag
def cover(content: str, title: str, kicker: str = "", lead: str = "") -> SafeString:
    """The opening of a public page, with the ornament."""
    return render("cover", content=content, title=title, kicker=kicker, lead=lead)


@register.simple_block_tag(takes_context=True)
def heading(
    context: template.Context, content: str, title: str, kicker: str = "", lead: str = "", code: str = ""
) -> SafeString:
    """The h1 of a page with what belongs beside it, and the way to a form that did not go through further down."""
    wrong = any(form.is_bound and form.errors for form in _forms(context))
    return render("heading", content=content, title=title, kicker=kicker, lead=lead, code=code, wrong=wrong)


def _forms(context: template.Context) -> Iterator[BaseForm]:
    """The forms of a page that was sent, alone or in its steps; type() wakes nothing lazy (a token, a cookie)."""
    if getattr(context.get("request"), "method", "") != "POST":
        return
    everything: dict[Any, Any] = context.flatten()
    for value in everything.values():
        steps = value if type(value) in (list, tuple) else ()
        for one in (value, *(getattr(step, "form", None) for step in steps)):
            if issubclass(type(one), BaseForm):
                yield one


@register.simple_block_tag
def section(content: str, title: str, id: str = "", note: str = "", href: str = "", link: str = "") -> SafeString:
    """An h2 with its content; `href` and `link` lead to all of it."""
    return render("section", content=content, title=title, id=id, note=note, href=href, link=link)


@register.simple_block_tag
def card(content: str, title: str = "", href: str = "", kicker: str = "", tone: str = "plain") -> SafeString:
    """A sheet; the whole of it is the link when it has an `href`."""
    one_of(tone, ("plain", "waiting", "done", "stopped"), "tone of card")
    return render("card", content=content, title=title, href=href, kicker=kicker, tone=tone)


@register.inclusion_tag("ui/places.html")
def places(items: Sequence[Any]) -> dict[str, Any]:
    """Breadcrumb of places: label and url each; the last one is here."""
    return locals()


@register.inclusion_tag("ui/tabs.html")
def tabs(items: Sequence[Any], label: str = "") -> dict[str, Any]:
    """Links that look like tabs: label, url, current, count."""
    return {"items": items, "label": label or _("Views")}


@register.inclusion_tag("ui/pagination.html")
def pagination(newer: str = "", older: str = "") -> dict[str, Any]:
    """To the newer and the older records."""
    return locals()


@register.inclusion_tag("ui/next_step.html")
def next_step(
    text: str, who: str = "", due: date | datetime | None = None, href: str = "", action: str = ""
) -> dict[str, Any]:
    """What comes next, who acts, until when."""
    return locals()


@register.inclusion_tag("ui/acts.html", takes_context=True)
def acts(context: template.Context, items: Sequence[Act], title: str = "") -> dict[str, Any]:
    """What the reader may do here; what is not possible now is shown with its reason."""
    return {"items": items, "title": title, "token": form_token(context)}
