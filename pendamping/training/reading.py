"""Words written in Markdown as a page shows them: no HTML let through, safe links, headings below the page's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

DEEPEST = 6


class _Renderer(RendererHTML):
    """A picture is a file of the activity, named by its title; any other is told by its words."""

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any) -> str:
        said = self.renderInlineAsText(tokens[idx].children, options, env)
        address = env.get("pictures", {}).get(str(tokens[idx].attrs.get("src", "")))
        if not address:
            return format_html("<em>{}</em>", said)
        return format_html('<img src="{}" alt="{}" loading="lazy">', address, said)


_MARKDOWN = MarkdownIt("commonmark", {"html": False, "linkify": False}, renderer_cls=_Renderer).enable("table")


def rendered(words: str, *, below: int = 1, pictures: Mapping[str, str] | None = None) -> SafeString:
    """Markdown as HTML. `below`: the level of the heading it stands under; `pictures`: file title → address."""
    tokens = _MARKDOWN.parse(words)
    highest = min((int(one.tag[1]) for one in tokens if one.type == "heading_open"), default=1)
    for one in tokens:
        if one.type in ("heading_open", "heading_close"):
            one.tag = f"h{min(DEEPEST, int(one.tag[1]) - highest + below + 1)}"
        for inner in one.children or ():
            if inner.type == "link_open":
                _guard(inner)
    html: str = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {"pictures": pictures or {}})
    wide = format_html('<div class="scroll" tabindex="0" role="group" aria-label="{}"><table>', _("Table"))
    return mark_safe(html.replace("<table>", wide).replace("</table>", "</table></div>"))


def _guard(link: Token) -> None:
    """A link that leaves this site tells it nothing of ours."""
    address = str(link.attrs.get("href", ""))
    if not address.startswith(("/", "#")) or address.startswith("//"):
        link.attrs["rel"] = "noopener noreferrer nofollow"
