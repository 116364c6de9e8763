"""Finding records by code or words."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Q, QuerySet

from pendamping.core.codes import read_code
from pendamping.needs.models import Need, Proposal, Voice

M = TypeVar("M", Voice, Need, Proposal)


def code_or_words(records: QuerySet[M], typed: str, *fields: str) -> QuerySet[M]:
    """Records found by what was typed: a code as people write it, otherwise words."""
    code = read_code(typed)
    if code is not None:
        return records.filter(code=code)
    wanted = Q()
    for field in fields:
        wanted |= Q(**{f"{field}__icontains": typed})
    return records.filter(wanted)
