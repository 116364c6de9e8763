"""The working pages of meetings, as each person sees them."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core.moments import day
from pendamping.deliberation import services
from pendamping.deliberation.enums.meetings import MeetingState, Outcome
from pendamping.deliberation.models import Decision, Meeting
from pendamping.deliberation.tests.factories import DAY, called, closed, counted, decided, funded, put, ready
from pendamping.deliberation.views import meetings as views
from pendamping.needs.enums.proposals import ProposalState
from pendamping.needs.models import Proposal
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture
def ward() -> Region:
    return places.ward()


def get(client: Client, person: Account, name: str, *codes: str, **query: Any) -> Any:
    client.force_login(person)
    return client.get(reverse(f"deliberation:{name}", args=codes), query)


def post(client: Client, person: Account, name: str, *codes: str, **data: Any) -> Any:
    client.force_login(person)
    return client.post(reverse(f"deliberation:{name}", args=codes), data)


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_list_shows_my_place_only(client: Client, ward: Region) -> None:
    here, elsewhere = called(ward), called(places.ward(3), title="Musyawarah tetangga")
    shown = text(get(client, personas.sari(ward), "meetings"))
    assert here.code in shown
    assert elsewhere.code not in shown
    assert here.code not in text(get(client, personas.sari(ward), "meetings", state="closed"))


def test_list_when_empty_says_what_will_appear(client: Client, ward: Region) -> None:
    assert reverse("deliberation:call") in text(get(client, personas.sari(ward), "meetings"))


@pytest.mark.parametrize("name", ["meetings", "meeting", "put"])
def test_as_many_queries_for_three_as_for_one(client: Client, ward: Region, name: str) -> None:
    meeting = called(ward)
    codes = [] if name == "meetings" else [meeting.code]

    def more() -> None:
        decided(put(meeting))
        put(meeting)
        ready(ward)
        funded(ward)

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            text(get(client, personas.lurah(ward), name, *codes))
        return len(seen)

    more()
    text(get(client, personas.lurah(ward), name, *codes))
    one = count()
    more()
    more()
    assert count() == one


@pytest.mark.parametrize(
    ("who", "status"),
    [("sari", 200), ("sekretaris", 200), ("budi", 200), ("camat", 200), ("wati", 404), ("foreign", 404)],
)
def test_who_sees_a_meeting(client: Client, ward: Region, who: str, status: int) -> None:
    meeting = called(ward)
    people = {
        "budi": lambda: personas.budi(places.city()),
        "camat": lambda: personas.camat(places.district()),
        "wati": lambda: personas.wati(places.ward(2)),
        "foreign": lambda: personas.person("ward_head", places.foreign_ward()),
    }
    person = people.get(who, lambda: getattr(personas, who)(ward))()
    assert get(client, person, "meeting", meeting.code).status_code == status


@pytest.mark.parametrize(
    ("name", "may", "may_not"),
    [
        ("put", "sari", "sekretaris"),
        ("attendance", "sekretaris", "lurah"),
        ("decide_next", "lurah", "sari"),
        ("close", "lurah", "sekretaris"),
    ],
)
def test_who_may_act(client: Client, ward: Region, name: str, may: str, may_not: str) -> None:
    meeting = called(ward)
    assert get(client, getattr(personas, may)(ward), name, meeting.code).status_code in (200, 302)
    assert get(client, getattr(personas, may_not)(ward), name, meeting.code).status_code == 403
    other = (
        getattr(personas, may)(places.ward(2))
        if may == "sari"
        else personas.person({"sekretaris": "ward_secretary", "lurah": "ward_head"}[may], places.ward(2), "tetangga")
    )
    if may != "sari":
        assert get(client, other, name, meeting.code).status_code == 404


def test_calling_a_meeting_by_the_form(client: Client, ward: Region) -> None:
    sari = personas.sari(ward)
    data = {
        "kind": "development", "region": ward.pk, "fiscal_year": 2026, "title": "Musyawarah", "held_on": "2026-03-10",
        "starts_at": "13:00", "place": "Aula", "agenda": "Pembukaan", "chair_office": "Lurah",
    }  # fmt: skip
    answer = post(client, sari, "call", **data)
    meeting = Meeting.objects.get()
    assert answer.headers["Location"] == reverse("deliberation:meeting", args=[meeting.code])
    assert (meeting.region, meeting.called_by) == (ward, sari)
    wrong = text(post(client, sari, "call", **{**data, "fiscal_year": 2031, "title": "Kata yang tetap ada"}))
    assert "Kata yang tetap ada" in wrong
    assert Meeting.objects.count() == 1
    foreign = text(post(client, sari, "call", **{**data, "region": places.foreign_ward().pk}))
    assert "errors" in foreign or "wrong" in foreign
    assert Meeting.objects.count() == 1


def test_from_agenda_to_minutes(client: Client, ward: Region) -> None:
    meeting, sari, lurah = called(ward), personas.sari(ward), personas.lurah(ward)
    first, second = ready(ward), ready(ward, title="Pelatihan kader")
    assert "Pelatihan kader" in text(get(client, sari, "put", meeting.code))
    post(client, sari, "put", meeting.code, proposals=[first.pk, second.pk])
    post(client, sari, "attendance", meeting.code, women=12, men=9, youth="")
    step = get(client, lurah, "decide_next", meeting.code).headers["Location"]
    codes = list(meeting.items.values_list("proposal__code", flat=True))
    assert step == reverse("deliberation:decide", args=[meeting.code, codes[0]])
    facts = {"outcome": "funded", "amount": 30_000_000, "reason": "Mendesak"}
    step = post(client, lurah, "decide", meeting.code, codes[0], **facts).headers["Location"]
    assert step == reverse("deliberation:decide", args=[meeting.code, codes[1]])
    assert codes[1] in text(get(client, lurah, "close", meeting.code))  # names what is undecided
    facts = {"outcome": "deferred", "amount": 5, "reason": "Tahun depan"}
    step = post(client, lurah, "decide", meeting.code, codes[1], **facts).headers["Location"]
    assert step == reverse("deliberation:meeting", args=[meeting.code])
    post(client, lurah, "close", meeting.code, notes="Lancar")
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CLOSED
    assert meeting.minutes is not None
    shown = text(get(client, sari, "meeting", meeting.code))
    assert "Rp\u00a030.000.000" in shown
    assert "Tahun depan" in shown
    paper = get(client, sari, "minutes", meeting.code)
    assert paper.headers["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    assert meeting.code in paper.headers["Content-Disposition"]


def test_no_step_is_under_way_once_the_meeting_is_closed(client: Client, ward: Region) -> None:
    meeting = called(ward)
    decided(put(meeting))
    pages = [reverse(f"deliberation:{name}", args=[meeting.code]) for name in ("meeting", "public", "screen")] + [
        reverse("portal:journey", args=[meeting.code]), reverse("portal:records", args=["musyawarah"]),
    ]  # fmt: skip
    client.force_login(personas.sari(ward))
    assert all("langkah 4 dari 8: musyawarah" in text(client.get(page)).lower() for page in pages)
    closed(meeting)
    for page in pages:
        shown = text(client.get(page))
        assert "langkah 4 dari 8 selesai: musyawarah" in shown.lower(), page
        assert 'aria-current="step"' not in shown and "(sekarang)" not in shown, page


def test_a_meeting_called_off_stops_at_its_step_wherever_it_is_shown(client: Client, ward: Region) -> None:
    meeting = called(ward)
    sari = personas.sari(ward)
    services.cancel_meeting(by=sari, at=timezone.now(), meeting=meeting, reason="Aula terendam banjir")
    pages = [reverse(f"deliberation:{name}", args=[meeting.code]) for name in ("meeting", "public")] + [
        reverse("portal:journey", args=[meeting.code]), reverse("portal:records", args=["musyawarah"]),
    ]  # fmt: skip
    client.force_login(sari)
    for page in pages:
        assert "berhenti di langkah 4 dari 8: musyawarah" in text(client.get(page)).lower(), page
    assert "musyawarah (Aula terendam banjir)" in text(client.get(pages[2]))


def test_minutes_exist_only_when_closed(client: Client, ward: Region) -> None:
    assert get(client, personas.sari(ward), "minutes", called(ward).code).status_code == 404


def test_what_is_not_possible_now_says_why(client: Client, ward: Region) -> None:
    meeting = called(ward, held_on=day(timezone.now()) + timedelta(days=3), fiscal_year=day(timezone.now()).year)
    lurah = personas.lurah(ward)
    shown = text(get(client, lurah, "meeting", meeting.code))
    assert "act-refused" in shown
    assert reverse("deliberation:close", args=[meeting.code]) not in shown
    assert reverse("deliberation:put", args=[meeting.code]) in shown
    answer = text(post(client, personas.sari(ward), "attendance", meeting.code, women=1, men=1))
    assert "field-wrong" in answer or "error" in answer
    assert not hasattr(Meeting.objects.get(), "attendance")


def test_who_decides_is_told_that_nobody_was_counted_yet(client: Client, ward: Region) -> None:
    item = put(called(ward))
    codes = [item.meeting.code, item.proposal.code]
    hint = "Yang hadir belum dihitung"
    page = text(get(client, personas.lurah(ward), "decide", *codes))
    assert hint in page
    assert f"{reverse('deliberation:meeting', args=codes[:1])}#hadir" in page  # who decides may not count
    both = personas.person("ward_secretary", ward, "lurah")
    assert reverse("deliberation:attendance", args=codes[:1]) in text(get(client, both, "decide", *codes))
    assert "<textarea" in page
    counted(item.meeting)
    assert hint not in text(get(client, personas.lurah(ward), "decide", *codes))


def test_refused_decision_keeps_what_was_typed(client: Client, ward: Region) -> None:
    item = put(called(ward))
    codes = [item.meeting.code, item.proposal.code]
    facts = {"outcome": "funded", "amount": "", "reason": "Alasan yang tetap ada"}
    assert "Alasan yang tetap ada" in text(post(client, personas.lurah(ward), "decide", *codes, **facts))
    assert not Decision.objects.exists()


def test_taking_off_by_the_button(client: Client, ward: Region) -> None:
    item = put(called(ward))
    codes = [item.meeting.code, item.proposal.code]
    assert reverse("deliberation:take_off", args=codes) in text(get(client, personas.sari(ward), "put", codes[0]))
    post(client, personas.sari(ward), "take_off", *codes)
    item.proposal.refresh_from_db()
    assert item.proposal.state == ProposalState.CHECKED
    decision = decided(put(item.meeting))
    answer = post(client, personas.sari(ward), "take_off", codes[0], decision.item.proposal.code)
    assert answer.status_code == 302
    assert decision.item.meeting.items.count() == 1


def test_nothing_can_be_done_to_a_closed_meeting(client: Client, ward: Region) -> None:
    meeting = called(ward)
    item = decided(put(meeting)).item
    closed(meeting)
    facts = {"outcome": Outcome.REJECTED, "reason": "Berubah"}
    text(post(client, personas.lurah(ward), "decide", meeting.code, item.proposal.code, **facts))
    assert Decision.objects.get().outcome == Outcome.FUNDED
    counted_before = meeting.attendance if hasattr(meeting, "attendance") else None
    text(post(client, personas.sari(ward), "attendance", meeting.code, women=1, men=1))
    assert Meeting.objects.get().attendance.women == 21
    assert counted_before is None or counted_before.women == 21


def test_strangers_are_asked_to_sign_in(client: Client, ward: Region) -> None:
    answer = client.get(reverse("deliberation:meeting", args=[counted(called(ward)).code]))
    assert answer.status_code == 302


def test_moving_and_cancelling_by_their_forms(client: Client, ward: Region) -> None:
    meeting, sari = put(called(ward)).meeting, personas.sari(ward)
    shown = text(get(client, sari, "meeting", meeting.code))
    for name in ("move", "cancel"):
        assert reverse(f"deliberation:{name}", args=[meeting.code]) in shown
        assert get(client, sari, name, meeting.code).status_code == 200
        assert get(client, personas.sekretaris(ward), name, meeting.code).status_code == 403
        assert get(client, personas.wati(places.ward(2)), name, meeting.code).status_code == 404
    kept = text(post(client, sari, "move", meeting.code, held_on="2029-03-17", reason="Kata yang tetap ada"))
    assert "Kata yang tetap ada" in kept
    assert post(client, sari, "move", meeting.code, held_on="2026-03-17", reason="Aula dipakai").status_code == 302
    assert post(client, sari, "cancel", meeting.code, reason="Hujan lebat").status_code == 302
    meeting.refresh_from_db()
    assert (str(meeting.held_on), meeting.state) == ("2026-03-17", MeetingState.CANCELLED)
    shown = text(get(client, sari, "meeting", meeting.code))
    assert "Hujan lebat" in shown
    assert "act-refused" not in shown
    assert "badge-stopped" in shown or "stopped" in shown
    assert meeting.code in text(get(client, sari, "meetings", state="cancelled"))
    assert "form-end" not in text(get(client, sari, "move", meeting.code))


def test_whoever_proposed_reads_before_closing_that_somebody_else_must(client: Client, ward: Region) -> None:
    item, lurah = put(called(ward)), personas.lurah(ward)
    decided(item)
    counted(item.meeting)
    Proposal.objects.filter(pk=item.proposal_id).update(proposed_by=lurah)
    assert item.proposal.code in text(get(client, lurah, "close", item.meeting.code))
    post(client, lurah, "close", item.meeting.code)
    item.meeting.refresh_from_db()
    assert item.meeting.state == MeetingState.CALLED


def test_whoever_cannot_count_reads_who_does(client: Client, ward: Region) -> None:
    meeting = called(ward)
    assert "Pendamping atau sekretaris kelurahan menghitungnya." in text(
        get(client, personas.lurah(ward), "meeting", meeting.code)
    )
    assert "menghitungnya" not in text(get(client, personas.sari(ward), "meeting", meeting.code))


def test_the_list_begins_with_the_latest_day_and_goes_on_where_it_left_off(
    client: Client, ward: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = [called(ward, held_on=DAY + timedelta(days=off), starts_at=time(8 + off)).code for off in (3, 9, 1, 9, 5)]
    monkeypatch.setattr(views, "PAGE", 2)
    seen, query = [], "?"
    client.force_login(personas.sari(ward))
    while query:
        page = client.get(reverse("deliberation:meetings") + query)
        seen += [one.code for one in page.context["meetings"]]
        query = page.context["older"]
    assert seen == [codes[k] for k in (3, 1, 4, 0, 2)]
