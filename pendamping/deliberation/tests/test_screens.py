"""The state of the room, its screen, and the phone that leads it."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.core.images import store
from pendamping.core.models import JournalEntry
from pendamping.deliberation import services
from pendamping.deliberation.enums.meetings import Reason
from pendamping.deliberation.enums.points import PointReason
from pendamping.deliberation.enums.screens import ScreenReason, ScreenView
from pendamping.deliberation.models import AgendaPoint, Meeting, ScreenChoice
from pendamping.deliberation.queries.screens import etag_of, state_of
from pendamping.deliberation.rules.points import Planned
from pendamping.deliberation.tests.before import frozen, scored, seat
from pendamping.deliberation.tests.factories import AT, called, closed, counted, decided, put
from pendamping.deliberation.tests.test_api import ask
from pendamping.needs.models import Gathering
from pendamping.needs.tests.factories import picture
from pendamping.needs.tests.factories import voice as make_voice
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
SOON = AT + timedelta(minutes=10)


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture
def ward() -> Region:
    return places.ward()


@pytest.fixture
def meeting(ward: Region) -> Meeting:
    return called(ward)


def show(meeting: Meeting, view: str = ScreenView.AGENDA, **more: Any) -> ScreenChoice:
    return services.show_on_screen(
        **{"by": personas.sari(meeting.region), "at": AT, "meeting": meeting, "view": view, **more}
    )


def url(name: str, meeting: Meeting) -> str:
    return reverse(f"deliberation:{name}", args=[meeting.code])


def view_of(meeting: Meeting) -> str:
    return str(state_of(meeting, SOON)["shows"]["view"])


def test_a_screen_begins_with_a_welcome_and_shows_what_was_last_chosen(meeting: Meeting) -> None:
    assert view_of(meeting) == "welcome"
    show(meeting)
    show(meeting, ScreenView.PAUSE, at=SOON)
    assert view_of(meeting) == "pause"


def test_a_choice_that_waited_on_a_phone_does_not_undo_a_later_one(meeting: Meeting) -> None:
    show(meeting, ScreenView.AGENDA, at=SOON)
    late = show(meeting, ScreenView.PAUSE, at=SOON + timedelta(minutes=5), claimed_at=AT)
    assert view_of(meeting) == "agenda"
    assert (late.chosen_at, late.claimed_at) == (AT, AT)


def test_a_phone_whose_clock_is_ahead_cannot_hold_the_screen(meeting: Meeting) -> None:
    show(meeting, ScreenView.PAUSE, claimed_at=AT + timedelta(days=3))
    show(meeting, ScreenView.AGENDA, at=SOON)
    assert view_of(meeting) == "agenda"


def test_sent_twice_it_is_one_choice(meeting: Meeting) -> None:
    op = uuid.uuid4()
    assert show(meeting, op=op, claimed_at=AT).pk == show(meeting, op=op, claimed_at=AT, at=SOON).pk
    assert ScreenChoice.objects.count() == 1


def test_switching_is_in_the_journal_and_not_public(meeting: Meeting) -> None:
    show(meeting)
    entry = JournalEntry.objects.get(verb="deliberation.screen_chosen")
    assert not entry.is_public and entry.changes["view"] == "agenda"


def test_what_cannot_be_shown_is_refused_with_its_reason(meeting: Meeting) -> None:
    with pytest.raises(Refused) as nothing_named:
        show(meeting, ScreenView.PROPOSAL)
    with pytest.raises(Refused) as too_early:
        show(meeting, ScreenView.RESULT)
    with pytest.raises(Refused) as elsewhere:
        show(meeting, ScreenView.PROPOSAL, item=put(called(meeting.region, title="Lain")))
    assert nothing_named.value.code == ScreenReason.PROPOSAL_MISSING
    assert too_early.value.code == ScreenReason.NOT_YET_DECIDED
    assert elsewhere.value.code == Reason.NOT_ON_AGENDA
    services.cancel_meeting(by=personas.lurah(meeting.region), at=AT, meeting=meeting, reason="Banjir")
    with pytest.raises(Refused) as cancelled:
        show(meeting)
    assert cancelled.value.code == Reason.MEETING_CANCELLED
    assert not ScreenChoice.objects.exists()


def test_the_proposal_shown_is_told_with_its_price_and_leaves_with_the_agenda(meeting: Meeting) -> None:
    item = put(meeting)
    show(meeting, ScreenView.PROPOSAL, item=item)
    told = state_of(meeting, SOON)["proposal"]
    assert (told["code"], told["cost"], told["position"]) == (item.proposal.code, item.proposal.estimated_cost, 1)
    services.take_off_agenda(by=personas.sari(meeting.region), at=SOON, item=item)
    assert "proposal" not in state_of(meeting, SOON)


def test_the_proposal_comes_with_its_public_photo_and_the_place_residents_spoke_of(
    client: Client, meeting: Meeting
) -> None:
    item = put(meeting)
    hidden, seen = (store.keep(picture(tint), region_path=meeting.region_path, at=AT) for tint in (41, 42))
    item.proposal.photos.set([hidden, store.publish(seen, at=AT)])
    near = make_voice(meeting.region, latitude=Decimal("-7.3275"), longitude=Decimal("108.2207"))
    Gathering.objects.create(voice=near, need=item.proposal.need, at=AT)
    show(meeting, ScreenView.PROPOSAL, item=item)
    page = client.get(url("public_screen", meeting)).content.decode()
    assert seen.name in page and hidden.name not in page
    sent = client.get(reverse("access:photo", args=[seen.name, "full"]))
    assert sent.status_code == 200
    sent.close()
    assert "<circle" in page and "108.2207" not in page


def test_what_was_decided_is_told_only_once_the_meeting_is_closed(client: Client, meeting: Meeting) -> None:
    decided(put(meeting), amount=40_000_000)
    assert "decisions" not in state_of(meeting, SOON, everything=True)
    before = client.get(url("public_state", meeting)).content.decode()
    assert "40000000" not in before and "Genangan terjadi tiap hujan" not in before
    closed(meeting)
    after = state_of(Meeting.objects.get(pk=meeting.pk), SOON)
    assert after["shows"]["view"] == "result"
    assert after["decisions"]["list"][0]["amount"] == 40_000_000


def test_small_groups_are_withheld_from_the_hall_and_not_from_whoever_leads(client: Client, meeting: Meeting) -> None:
    counted(meeting, women=21, men=19, youth=6, disabled=1)
    show(meeting, ScreenView.ROOM)
    found = Meeting.objects.get(pk=meeting.pk)
    assert state_of(found, SOON)["people"]["groups"]["disabled"] is None
    assert state_of(found, SOON)["people"]["groups"]["youth"] == 6
    assert state_of(found, SOON, is_public=False)["people"]["groups"]["disabled"] == 1
    assert client.get(url("public_state", meeting)).json()["people"]["groups"]["disabled"] is None
    assert "kurang dari 5" in client.get(url("public_screen", meeting)).content.decode()


def test_a_room_of_four_does_not_tell_its_sexes(meeting: Meeting) -> None:
    counted(meeting, women=1, men=3, youth=0, disabled=0)
    people = state_of(Meeting.objects.get(pk=meeting.pk), SOON, everything=True)["people"]
    assert (people["present"], people["women"], people["men"]) == (None, None, None)


def test_a_program_reads_what_the_screen_shows(client: Client, meeting: Meeting) -> None:
    show(meeting)
    answer = ask(client, personas.sari(meeting.region), "GET", f"/meetings/{meeting.code}/screen")
    assert answer.status_code == 200
    assert set(answer.json()) == {"meeting", "shows", "parts"}
    assert answer.json()["shows"]["view"] == ScreenView.AGENDA


def test_nothing_new_is_answered_in_a_few_bytes(client: Client, meeting: Meeting) -> None:
    client.force_login(personas.sari(meeting.region))
    for name, address in (
        ("screen", "?isi=1"),
        ("control", "?isi=1"),
        ("public_screen", "?isi=1"),
        ("public_state", ""),
    ):
        first = client.get(url(name, meeting) + address)
        again = client.get(url(name, meeting) + address, headers={"If-None-Match": first["ETag"]})
        assert (first.status_code, again.status_code, again.content) == (200, 304, b""), name
    show(meeting)
    assert client.get(url("screen", meeting) + "?isi=1", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_the_tag_is_of_the_state_and_not_of_the_moment(meeting: Meeting) -> None:
    put(meeting)
    assert etag_of(state_of(meeting, AT)) == etag_of(state_of(meeting, SOON))
    assert etag_of(state_of(meeting, AT), "id") != etag_of(state_of(meeting, AT), "en")


def test_a_look_costs_few_queries_however_long_the_agenda(client: Client, meeting: Meeting) -> None:
    def asked(name: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(url(name, meeting) + "?isi=1")
        return len(seen)

    put(meeting)
    show(meeting, ScreenView.AGENDA)
    client.force_login(personas.sari(meeting.region))
    few = {name: asked(name) for name in ("public_screen", "screen", "control")}
    for _more in range(3):
        decided(put(meeting))
    assert {name: asked(name) for name in few} == few
    assert few["public_screen"] <= 4


def test_the_screen_has_no_menu_and_the_phone_names_what_is_shown(client: Client, meeting: Meeting) -> None:
    item = put(meeting)
    show(meeting, ScreenView.PROPOSAL, item=item)
    client.force_login(personas.sari(meeting.region))
    hall, phone = (client.get(url(name, meeting)).content.decode() for name in ("screen", "control"))
    assert "<nav" not in hall and item.proposal.title in hall and 'data-screen="?isi=1"' in hall
    assert f'id="show-proposal{item.proposal.code}" aria-pressed="true"' in phone


def test_the_phone_switches_the_screen_and_a_refusal_is_said_there(client: Client, meeting: Meeting) -> None:
    item, person = put(meeting), personas.sari(meeting.region)
    client.force_login(person)
    facts = {
        "view": "proposal",
        "item": item.proposal.code,
        "op": uuid.uuid4().hex,
        "claimed_at": "2026-03-10T03:00:00.250Z",
    }
    for _twice in range(2):
        assert client.post(url("show", meeting), facts).status_code == 302
    choice = ScreenChoice.objects.get()
    assert choice.claimed_at is not None and choice.claimed_at.microsecond == 250_000
    refused = client.post(url("show", meeting), {"view": "result", "op": uuid.uuid4().hex})
    assert refused.status_code == 422 and "Belum ada hasil" in refused.content.decode()


def test_who_may_not_count_may_not_lead(client: Client, meeting: Meeting) -> None:
    client.force_login(personas.lurah(meeting.region))
    assert client.get(url("screen", meeting)).status_code == 200
    assert client.get(url("control", meeting)).status_code == 403
    assert client.post(url("show", meeting), {"view": "pause"}).status_code == 403
    client.force_login(personas.sari(places.ward(3)))
    assert client.get(url("control", meeting)).status_code == 404


def test_the_phone_may_keep_its_page_and_its_worker_sends_what_waits(client: Client, meeting: Meeting) -> None:
    client.force_login(personas.sari(meeting.region))
    assert client.get(url("control", meeting))["X-Keep-Offline"]
    worker = client.get(url("control_worker", meeting))
    assert worker["Content-Type"].startswith("text/javascript")
    assert worker["Service-Worker-Allowed"] == url("meeting", meeting)  # the register opens with it too
    assert worker.content.decode().index("queue") < worker.content.decode().index("waiting")


def test_the_public_screen_sets_no_cookie_and_knows_no_unknown_meeting(client: Client, meeting: Meeting) -> None:
    shown = client.get(url("public_screen", meeting))
    assert shown.status_code == 200 and not shown.cookies
    assert client.get("/musyawarah/M-TIDAK/layar/").status_code == 404


def with_points(meeting: Meeting) -> list[AgendaPoint]:
    planned = [Planned("Pembukaan", 10), Planned("Pembahasan", 60)]
    services.set_points(by=personas.sari(meeting.region), at=AT, meeting=meeting, planned=planned)
    return list(meeting.points.select_related("meeting"))


def lead(point: AgendaPoint, at: datetime, *, ends: bool = False, **more: Any) -> AgendaPoint:
    point.refresh_from_db()
    return services.lead_point(by=personas.sari(point.meeting.region), at=at, point=point, ends=ends, **more)


def test_points_led_without_a_signal_ran_when_the_phone_says(meeting: Meeting) -> None:
    first, second = with_points(meeting)
    back = AT + timedelta(minutes=40)
    lead(first, back, claimed_at=AT)
    lead(second, back, claimed_at=AT + timedelta(minutes=12))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.begun_at, first.ended_at, second.begun_at) == (AT, AT + timedelta(minutes=12), first.ended_at)
    assert JournalEntry.objects.filter(verb="deliberation.point_led").count() == 2


def test_a_point_never_begins_before_the_one_that_ran(meeting: Meeting) -> None:
    first, second = with_points(meeting)
    lead(first, SOON)
    lead(second, SOON + timedelta(minutes=1), claimed_at=AT)
    second.refresh_from_db()
    assert second.begun_at == SOON
    assert not JournalEntry.objects.filter(verb="deliberation.point_led", changes__position=1).exists()


def test_the_agenda_on_the_screen_says_what_runs_and_until_when(client: Client, meeting: Meeting) -> None:
    first, _second = with_points(meeting)
    person, op = personas.sari(meeting.region), uuid.uuid4().hex
    client.force_login(person)
    facts = {"point": first.position, "what": "begin", "op": op, "claimed_at": "2026-03-10T03:00:00.000Z"}
    for _twice in range(2):
        assert client.post(url("lead_point", meeting), facts).status_code == 302
    told = state_of(meeting, SOON)["points"]
    assert told["running"] == "Pembukaan"
    assert told["list"][0]["until"] == told["list"][0]["until"].replace(hour=3, minute=10)
    assert etag_of(state_of(meeting, SOON)) == etag_of(state_of(meeting, SOON + timedelta(minutes=3)))
    again = client.post(url("lead_point", meeting), {**facts, "op": uuid.uuid4().hex})
    assert again.status_code == 422 and str(PointReason.POINT_BEGUN.label) in again.content.decode()


def test_the_code_in_the_room_is_only_where_whoever_keeps_the_register_shows_it(
    client: Client, meeting: Meeting
) -> None:
    counted(meeting)
    show(meeting, ScreenView.ROOM)
    assert "code-square" not in client.get(url("public_screen", meeting)).content.decode()
    client.force_login(personas.lurah(meeting.region))
    assert "code-square" not in client.get(url("screen", meeting)).content.decode()
    client.force_login(personas.sari(meeting.region))
    assert "code-square" in client.get(url("screen", meeting)).content.decode()
    assert "k=" not in str(state_of(meeting, SOON, is_public=False, everything=True))


def test_the_matrix_on_the_screen_tells_how_many_scored_and_no_score(client: Client, ward: Region) -> None:
    meeting = frozen(ward).meeting
    one, two = seat(meeting, "RW 01"), seat(meeting, "RW 02")
    scored(one, [5, 1])
    show(meeting, ScreenView.MATRIX)
    told = state_of(meeting, SOON)["matrix"]
    assert (told["sent"], told["seats"], told["ranking"]) == (1, 2, [])
    assert "1 dari 2" in " ".join(client.get(url("public_screen", meeting)).content.decode().split())
    scored(two, [4, 2])
    services.close_matrix(by=personas.lurah(ward), at=SOON, meeting=meeting)
    assert [row["rank"] for row in state_of(meeting, SOON)["matrix"]["ranking"]] == [1, 2]
