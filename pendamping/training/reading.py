"""The Markdown of a curriculum as HTML: headings, lists, tables; no HTML of the author, no pictures from elsewhere."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def drawn(text: str) -> SafeString:
    """A text as HTML; whatever looks like a tag in it is shown as words."""
    return mark_safe(_reader.render(text))
