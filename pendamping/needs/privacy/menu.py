"""What is kept about people: menu."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

PERSONAL: dict[str, Personal] = {}

PLAIN = frozenset({"MenuItem.group", "MenuItem.group_en", "MenuItem.name", "MenuItem.name_en", "MenuItem.legal_basis"})
