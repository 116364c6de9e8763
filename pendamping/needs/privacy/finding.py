"""What is kept about people: saved lists and files."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

PERSONAL: dict[str, Personal] = {
    "SavedView.name": Personal(
        "general",
        "a list of one's own",
        "performance of duty",
        "as long as the account",
        "the person",
    ),
    "SavedView.query": Personal(
        "general",
        "what was searched for",
        "performance of duty",
        "as long as the account",
        "the person",
    ),
    "Export.query": Personal(
        "general",
        "what a file holds",
        "performance of duty",
        "30 days",
        "the person",
    ),
}

PLAIN = frozenset(
    {
        "Export.file_name",
        "Export.page",
        "Export.places",
        "SavedView.page",
    }
)
