"""Signs, buttons, notices: the small words of a page."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pendamping.core.components.checks import KINDS, extra, one_of, render
from pendamping.core.icons import ICONS

register = template.Library()

STATES = {
    "waiting": "waiting", "active": "active", "done": "done", "stopped": "stopped", "neutral": "neutral",
    "warning": "stop",
}  # fmt: skip
TONES = {"warning": "waiting"}  # drawn in the colour of another state, with its own sign
NOTICES = {"info": "info", "waiting": "waiting", "refusal": "stop", "done": "done"}
LEVELS = {"debug": "info", "success": "done", "warning": "waiting", "error": "refusal", "": "info"}


@register.simple_tag
def icon(name: str) -> SafeString:
    """A small sign beside a word; hidden from screen readers."""
    path = ICONS[one_of(name, ICONS, "icon")]
    return format_html('<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="{}"/></svg>', path)


@register.inclusion_tag("ui/logo.html")
def logo() -> dict[str, Any]:
    """Eight dots on a path."""
    return {}


@register.inclusion_tag("ui/button.html")
def button(
    label: str,
    href: str = "",
    kind: str = "primary",
    icon: str = "",
    name: str = "",
    value: str = "",
    type: str = "submit",
    form: str = "",
    wide: bool = False,
    confirm: str = "",
    **attributes: Any,
) -> dict[str, Any]:
    """A button, or a link that looks like one when it has an `href`."""
    one_of(kind, KINDS, "kind of button")
    return {**locals(), "attributes": extra(attributes, "button")}


@register.inclusion_tag("ui/badge.html")
def badge(label: str, state: str = "neutral") -> dict[str, Any]:
    """A state as sign and word."""
    return {"label": label, "state": TONES.get(one_of(state, STATES, "state"), state), "icon_name": STATES[state]}


@register.inclusion_tag("ui/office.html")
def office(office: str, place: str = "", name: str = "", href: str = "") -> dict[str, Any]:
    """Who, as an office and a place; a name only when it is public."""
    return locals()


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "", live: bool = False) -> SafeString:
    """A message in the flow of the page; `live` has it read out when it appears."""
    kind = one_of(LEVELS.get(kind, kind), NOTICES, "kind of notice")
    return render("notice", content=content, kind=kind, title=title, live=live, icon_name=NOTICES[kind])


@register.simple_block_tag
def empty_state(content: str, title: str, href: str = "", action: str = "", level: int = 0) -> SafeString:
    """Nothing here yet: what will appear, and how to make it appear; `level` makes the title a heading."""
    return render("empty_state", content=content, title=title, href=href, action=action, level=level)
