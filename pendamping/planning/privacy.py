"""What this app keeps about people, and why (the record of processing)."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

PERSONAL: dict[str, Personal] = {
    "Project.verdict_note": Personal(
        "masked", "why a project was returned or cancelled", "public duty", "as the archive rules say", "public"
    ),
}

PLAIN = frozenset(
    {
        "SubActivity.name",
        "SubActivity.indicator",
        "SubActivity.unit",
        "RuleSet.legal_basis",
        "RuleSet.tranches",
        "RuleSet.note",
        "Ceiling.legal_basis",
        "Project.title",
        "Project.funding_source",
        "Project.executor",
        "ProjectRevision.facts",
    }
)
