"""Who hands a work over had no hand in proposing, verifying or paying it."""

from __future__ import annotations

import pytest

from pendamping.access.enums import Reason
from pendamping.access.tests import personas
from pendamping.assets.tests import factories as make
from pendamping.core.errors import Refused
from pendamping.delivery.models import Payment, ProgressReport
from pendamping.delivery.tests import factories as delivery
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("duty", ["reporter", "verifier", "payer", "preparer", "approver"])
def test_only_the_approving_side_hands_over(duty: str) -> None:
    ward = places.ward()
    person = personas.person("ward_head", ward, "rangkap")
    columns = {"preparer": "prepared_by", "approver": "approved_by"}
    project = delivery.completed(ward, **({columns[duty]: person} if duty in columns else {}))
    first = ProgressReport.objects.filter(project=project, stage=0)
    if duty == "reporter":
        first.update(reported_by=person)
    elif duty == "verifier":
        first.update(verified_by=person)
    elif duty == "payer":
        Payment.objects.filter(project=project, tranche=1).update(paid_by=person)
    if duty == "approver":
        assert make.handed_over(project, by=person).handover.by == person
        return
    with pytest.raises(Refused) as refusal:
        make.handed_over(project, by=person)
    assert refusal.value.reason == Reason.SAME_PERSON
