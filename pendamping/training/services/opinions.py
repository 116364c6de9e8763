"""What a learner thought of a course, told without a name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pendamping.access.models import Account
from pendamping.core.acts import act
from pendamping.core.moments import period
from pendamping.core.personal import mask
from pendamping.training.models import Enrolment, Opinion
from pendamping.training.rules import learning as rules
from pendamping.training.services.learners import locked


@act("training.opinion_given")
def give_opinion(
    *, by: Account, at: datetime, enrolment: Enrolment, marks: Mapping[str, int], words: str = ""
) -> Enrolment:
    """Say once what one thinks of a course (id: memberi pendapat). Whether somebody did is kept with them, what they
    said is not: no journal entry, no operation, no day could lead back to them."""
    enrolment = locked(enrolment)
    rules.may_opine(state=enrolment.state, has_opined=enrolment.has_opined, marks=marks).or_raise()
    Opinion.objects.create(
        version=enrolment.version, period=period(at), marks=dict(marks), words=mask(words.strip()[:2000]).text
    )
    enrolment.has_opined = True
    enrolment.save(update_fields=["has_opined"])
    return enrolment
