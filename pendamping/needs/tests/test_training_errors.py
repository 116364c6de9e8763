"""What went wrong with voices, needs and proposals, as training counts it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pendamping.access.tests import personas
from pendamping.core.moments import day
from pendamping.needs import services
from pendamping.needs.models import Need, Voice
from pendamping.needs.tests import factories as make
from pendamping.regions.tests import factories as places
from pendamping.training.errors import Window, read

pytestmark = pytest.mark.django_db
ON = day(make.NOW)


def keys(window: Window) -> list[str]:
    return [one.key for one in read(window)]


def near(**changes: object) -> Window:
    facts = {
        "since": ON - timedelta(days=9),
        "until": ON + timedelta(days=9),
        "paths": (places.city().path,),
        **changes,
    }
    return Window(**facts)  # type: ignore[arg-type]


def test_returned_proposals_by_what_was_missing() -> None:
    ward, other = places.ward(), places.ward(2)
    for place, lack in ((ward, "land_consent"), (other, "")):
        services.check_proposal(
            by=personas.sekretaris(place), at=make.NOW, proposal=make.submitted(place), ok=False, note="x", lack=lack
        )
    assert keys(near()) == ["proposal.returned.land_consent", "proposal.returned.other"]
    assert keys(near(paths=(ward.path,))) == ["proposal.returned.land_consent"]
    assert keys(near(since=ON + timedelta(days=1))) == []
    mine = near(accounts=(personas.sari(ward).pk,))
    assert {one.account_id for one in read(mine)} == {personas.sari(ward).pk}
    assert keys(near(accounts=(personas.lurah(ward).pk,))) == []


def test_a_repaired_proposal_stays_an_error_that_was_made() -> None:
    ward = places.ward()
    back = services.check_proposal(
        by=personas.sekretaris(ward), at=make.NOW, proposal=make.submitted(ward), ok=False, note="x", lack="cost"
    )
    services.submit_proposal(by=personas.sari(ward), at=make.NOW, proposal=back)
    assert keys(near()) == ["proposal.returned.cost"]


@pytest.mark.parametrize(("answered", "late"), [(None, True), (14, False), (15, True)])
def test_a_voice_is_late_after_its_days(answered: int | None, late: bool) -> None:
    voice, heard = make.voice(places.ward()), make.NOW - timedelta(days=14)
    done = (
        {}
        if answered is None
        else {"state": "answered", "answer": "x", "answered_at": heard + timedelta(days=answered)}
    )
    Voice.objects.filter(pk=voice.pk).update(heard_at=heard, **done)
    assert [(one.key, one.on, one.code) for one in read(near())] == [("voice.late_answer", ON, voice.code)] * late
    Voice.objects.update(channel="import")
    assert keys(near()) == []


def test_a_need_not_checked_on_site() -> None:
    verified, waiting = make.verified_need(places.ward()), make.verified_need(places.ward(2))
    Need.objects.update(created_at=make.NOW - timedelta(days=30))
    Voice.objects.update(heard_at=make.NOW)
    Need.objects.filter(pk=waiting.pk).update(verified_at=make.NOW + timedelta(hours=1))
    Need.objects.filter(pk=verified.pk).update(verified_at=make.NOW)
    assert [(one.key, one.code) for one in read(near())] == [("need.unverified", waiting.code)]
    assert isinstance(read(near())[0].on, date)
