"""What the components of the pages are fed with: small frozen values, so that a wrong name fails at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Photo:
    """A photo with words for those who do not see it (id: foto); an empty `src` shows that it is missing."""

    src: str = ""
    alt: str = ""
    caption: str = ""
    on: date | datetime | None = None
    href: str = ""


@dataclass(frozen=True)
class Entry:
    """One moment on a timeline (id: kejadian)."""

    what: str
    when: date | datetime
    who: str = ""
    why: str = ""
    photos: Sequence[Photo] = ()
    href: str = ""
    link: str = ""
    state: str = "neutral"


@dataclass(frozen=True)
class Act:
    """Something the reader may do here, or may not do now and why (id: tindakan)."""

    label: str
    href: str
    post: bool = False
    refusal: str = ""
    kind: str = "secondary"
    confirm: str = ""
    hidden: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Link:
    """A named address: a crumb, a tab, a tag (id: tautan)."""

    label: str
    url: str = ""
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Part:
    """One named share of a whole, in money or in a quantity (id: bagian)."""

    label: str
    amount: Any


@dataclass(frozen=True)
class Column:
    """The head of a table column; numbers stand right (id: kolom)."""

    label: str
    number: bool = False


@dataclass(frozen=True)
class Cell:
    """A table cell that is a link (id: sel)."""

    text: Any
    href: str = ""
