"""Words offered for an answer: written by the city, taken out of use when they no longer fit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pendamping.access.duties import office_of
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.personal import mask, mask_to
from pendamping.needs.enums.messages import Reason
from pendamping.needs.models import Category, ReadyAnswer
from pendamping.needs.rules.words import has_words
from pendamping.regions.models import Region

TITLE_MOST = 80


@act("needs.ready_answer_written")
def write_ready_answer(
    *, by: Account, at: datetime, city: Region, title: str, text: str, category: Category | None = None,
    status: str = "",
) -> ReadyAnswer:  # fmt: skip
    """Offer words for an answer (id: menulis templat jawaban), for one category or all, one state of a voice or all.

    Refuses empty words. Needs listening.manage in the city.
    """
    has_words(title, field="title").or_raise()
    has_words(text, field="text").or_raise()
    made = ReadyAnswer.objects.create(
        city=city, category=category, status=status, title=mask_to(title, TITLE_MOST), text=mask(text).text,
        created_at=at,
    )  # fmt: skip
    _told("needs.ready_answer_written", made, by=by, at=at, changes={"title": made.title})
    return made


@act("needs.ready_answer_retired")
def retire_ready_answer(*, by: Account, at: datetime, ready: ReadyAnswer) -> ReadyAnswer:
    """Take words out of use (id: menonaktifkan templat jawaban). Refuses what is out of use already."""
    ready = ReadyAnswer.objects.select_for_update(of=("self",)).select_related("city").get(pk=ready.pk)
    if ready.retired_at is not None:
        raise Refused(Reason.ANSWER_NOT_IN_USE)
    ready.retired_at = at
    ready.save(update_fields=["retired_at"])
    _told("needs.ready_answer_retired", ready, by=by, at=at, changes={"title": ready.title})
    return ready


def _told(verb: str, ready: ReadyAnswer, *, by: Account, at: datetime, changes: dict[str, Any]) -> None:
    office = office_of(by, Verb.LISTENING_MANAGE, ready.city, at)
    journal.record(verb, subject=ready, region=ready.city.path, by=by, at=at, office=office, changes=changes)
