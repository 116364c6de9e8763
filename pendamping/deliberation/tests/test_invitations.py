"""People are invited, written to, answer without an account, and hear when the meeting moves."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.core.models import Document, JournalEntry
from pendamping.core.moments import day
from pendamping.deliberation import invitation_letters, invitation_paper, sealed, services
from pendamping.deliberation.enums.invitations import InvitationReason
from pendamping.deliberation.keys import answer_address, answer_secret
from pendamping.deliberation.models import Invitation, InvitationLetter, Meeting
from pendamping.deliberation.queries import invitations as queries
from pendamping.deliberation.tests.factories import AT, DAY, called
from pendamping.deliberation.tests.presence_factories import guest, invited, present, rts
from pendamping.needs import gateways
from pendamping.needs.enums.contacts import ContactKind
from pendamping.needs.gateways.fake import Fake
from pendamping.needs.services import contacts
from pendamping.needs.tests.factories import NOW
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward() -> Region:
    return places.ward()


@pytest.fixture
def meeting(ward: Region) -> Meeting:
    return called(ward)


@pytest.fixture(autouse=True)
def _a_mail_server(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def carried() -> None:
    """The worker sends what waits."""
    for letter in InvitationLetter.objects.filter(sent_at__isnull=True):
        invitation_letters.send.func(letter.pk)


def sent(meeting: Meeting) -> None:
    services.send_invitations(by=personas.sari(meeting.region), at=NOW, meeting=meeting)
    carried()


def entry(message: Any) -> tuple[Any, str]:
    found = next(one for one in message.attachments if one[0] == "undangan.ics")
    calendar = Calendar.from_ical(found[1])
    [event] = calendar.walk("VEVENT")
    return event, str(calendar["METHOD"])


def reason(service: Any, **facts: Any) -> Any:
    with pytest.raises(Refused) as caught:
        service(at=facts.pop("at", NOW), **facts)
    return caught.value.reason


def test_each_rt_is_invited_by_itself_and_only_once(ward: Region, meeting: Meeting) -> None:
    rts(ward, 3)
    chair = personas.person("rt_rw", rts(ward)[0], "ketua-rt")
    made = invited(meeting, "rt", "pkk")
    assert [one.capacity for one in made] == ["rt", "rt", "rt", "pkk"]
    assert made[0].account == chair
    assert [one.account for one in made[1:]] == [None, None, None]
    assert len(invited(meeting, "rt", "rw", "pkk")) == 5  # only the RW is new


def test_places_that_nobody_listed_cannot_be_invited(meeting: Meeting) -> None:
    facts = {"by": personas.sari(meeting.region), "meeting": meeting, "capacities": ["rt"]}
    assert reason(services.invite, **facts) == InvitationReason.NO_SUCH_PLACES
    assert reason(services.invite, **{**facts, "capacities": []}) == InvitationReason.NOBODY_CHOSEN
    past = AT + timedelta(days=1)
    assert reason(services.invite, at=past, **{**facts, "capacities": ["pkk"]}) == InvitationReason.DAY_PAST


def test_a_guest_is_sealed_and_invited_once_by_one_address(meeting: Meeting) -> None:
    one = guest(meeting, way="email", address="Tamu@Contoh.id")
    assert (sealed.name_of(one), sealed.address_of(one)) == ("Contoh Rekaan", "tamu@contoh.id")
    assert b"Rekaan" not in bytes(one.name_cipher or b"")
    with pytest.raises(Refused) as caught:
        guest(meeting, way="email", address="tamu@contoh.id ")
    assert (caught.value.reason, caught.value.field) == (InvitationReason.GUEST_TWICE, "address")
    with pytest.raises(Refused) as caught:
        guest(meeting, label="", name="  ")
    assert caught.value.reason == InvitationReason.GUEST_NAMELESS


def test_whoever_asked_for_no_letters_gets_none(meeting: Meeting) -> None:
    contact = contacts.reach(kind=ContactKind.EMAIL, address="tenang@contoh.id", at=NOW)
    contacts.refuse(contact, at=NOW)
    with pytest.raises(Refused) as caught:
        guest(meeting, way="email", address="tenang@contoh.id")
    assert caught.value.reason == InvitationReason.ADDRESS_UNWANTED


def test_the_letter_holds_the_calendar_the_paper_and_a_link_to_answer(meeting: Meeting) -> None:
    one = guest(meeting, way="email", address="tamu@contoh.id")
    sent(meeting)
    [message] = mail.outbox
    event, method = entry(message)
    assert (method, event["SEQUENCE"], str(event["STATUS"])) == ("REQUEST", 0, "CONFIRMED")
    assert str(event["UID"]).startswith(f"{meeting.code}@")
    assert answer_address(one) in message.body
    assert "Contoh Rekaan" not in message.body
    assert [name for name, _data, _kind in message.attachments if name.endswith(".pdf")] == [
        f"undangan-{meeting.code}.pdf"
    ]
    letter = InvitationLetter.objects.get()
    assert letter.sent_at is not None
    assert reason(services.send_invitations, by=None, meeting=meeting) == InvitationReason.NOBODY_TO_SEND
    carried()
    assert len(mail.outbox) == 1


def test_a_meeting_moved_then_cancelled_updates_the_same_entry_and_asks_anew(ward: Region, meeting: Meeting) -> None:
    one = guest(meeting, way="email", address="tamu@contoh.id")
    silent = guest(meeting, label="Belum diberi tahu", way="email", address="lain@contoh.id")
    services.note_told(by=personas.sari(ward), at=NOW, invitation=one, way="spoken")
    services.answer_invitation(by=None, at=NOW, invitation=one, answer="coming")
    InvitationLetter.objects.filter(invitation=silent).delete()
    by = {"by": personas.sari(ward)}
    later = DAY + timedelta(days=7)
    services.move_meeting(**by, at=NOW + timedelta(hours=1), meeting=meeting, held_on=later, reason="Aula dipakai")
    carried()
    services.cancel_meeting(**by, at=NOW + timedelta(hours=2), meeting=meeting, reason="Banjir")
    carried()
    moved, cancelled = (entry(message) for message in mail.outbox)  # only who had been told hears of it
    assert [message.to for message in mail.outbox] == [["tamu@contoh.id"]] * 2
    assert (moved[1], moved[0]["SEQUENCE"], moved[0]["DTSTART"].dt) == ("REQUEST", 1, later)
    assert (cancelled[1], cancelled[0]["SEQUENCE"], str(cancelled[0]["STATUS"])) == ("CANCEL", 2, "CANCELLED")
    assert moved[0]["UID"] == cancelled[0]["UID"]
    assert "Aula dipakai" in mail.outbox[0].body
    assert "Banjir" in mail.outbox[1].body
    assert Invitation.objects.get(pk=one.pk).answer == ""  # who could come on the old day is asked again


def test_a_letter_overtaken_by_a_change_is_not_sent(ward: Region, meeting: Meeting) -> None:
    guest(meeting, way="email", address="tamu@contoh.id")
    services.send_invitations(by=personas.sari(ward), at=NOW, meeting=meeting)
    services.move_meeting(
        by=personas.sari(ward), at=NOW, meeting=meeting, held_on=DAY + timedelta(days=1), reason="Aula dipakai"
    )
    carried()
    [message] = mail.outbox
    assert entry(message)[0]["SEQUENCE"] == 1


def test_messages_of_the_phone_go_by_the_gateway(meeting: Meeting) -> None:
    fake = Fake()
    gateways.replace(fake)
    try:
        guest(meeting, way="whatsapp", address="0812 3456 7890")
        sent(meeting)
    finally:
        gateways.replace(None)
    [(to, text)] = fake.sent
    assert to == "whatsapp:+6281234567890"
    assert meeting.title in text
    assert "/undangan-musyawarah/" in text


def test_what_did_not_go_out_is_told_without_the_address(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    guest(meeting, way="email", address="tamu@contoh.id")
    services.send_invitations(by=personas.sari(meeting.region), at=NOW, meeting=meeting)

    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise OSError("550 tamu@contoh.id unknown")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    letter = InvitationLetter.objects.get()
    with pytest.raises(OSError) as caught:
        invitation_letters.send.func(letter.pk)
    assert "tamu" not in str(caught.value)
    letter.refresh_from_db()
    assert (letter.sent_at, letter.failed_at is not None) == (None, True)


def test_an_answer_by_the_link_needs_no_account_and_leaves_no_name(client: Client, ward: Region) -> None:
    today = day(timezone.now())
    meeting = called(ward, held_on=today, fiscal_year=today.year)
    one = guest(meeting)
    address = reverse("deliberation:answer", args=[answer_secret(one.uid)])
    shown = client.get(address)
    assert shown.status_code == 200
    assert "Contoh Rekaan" not in shown.content.decode()
    assert not client.cookies
    empty = client.post(address, {"answer": "sending", "instead": ""})
    assert empty.status_code == 422
    op = str(uuid.uuid4())
    for _time in range(2):
        assert client.post(address, {"answer": "sending", "instead": "Ibu Wakil", "op": op}).status_code == 200
    one.refresh_from_db()
    assert (one.answer, sealed.instead_of(one)) == ("sending", "Ibu Wakil")
    [told] = JournalEntry.objects.filter(verb="deliberation.invitation_answered")
    assert (told.office, told.is_public, told.actor_uid) == ("", False, None)
    assert "Wakil" not in str(told.changes)
    assert "Ibu Wakil" not in client.get(address).content.decode()
    calendar = client.get(reverse("deliberation:answer_calendar", args=[answer_secret(one.uid)]))
    assert meeting.code in calendar.content.decode()
    assert client.get(reverse("deliberation:answer", args=["0" * 20])).status_code == 404


def test_withdrawn_invitations_take_no_answer_and_those_present_are_not_withdrawn(
    ward: Region, meeting: Meeting
) -> None:
    [one] = invited(meeting, "pkk")
    services.add_presence(
        by=personas.sari(ward), at=AT, meeting=meeting, facts=services.register.Facts(sex="f"), invitation=one
    )  # fmt: skip
    facts = {"by": personas.sari(ward), "invitation": one}
    assert reason(services.withdraw_invitation, **facts) == InvitationReason.PRESENT_ALREADY
    services.strike_presence(by=personas.sari(ward), at=AT, presence=one.presences.get())
    services.withdraw_invitation(at=NOW, **facts)
    assert reason(services.answer_invitation, **facts, answer="coming") == InvitationReason.INVITATION_OVER
    assert queries.answers(meeting)["invited"] == 0
    assert len(invited(meeting, "pkk")) == 2  # invited again, after all


def test_who_told_them_by_hand_is_noted_once(ward: Region, meeting: Meeting) -> None:
    [one] = invited(meeting, "pkk")
    for _time in range(2):
        services.note_told(by=personas.sari(ward), at=NOW, invitation=one, way="hand")
    assert InvitationLetter.objects.count() == 1
    facts = {"by": personas.sari(ward), "invitation": one, "way": "email"}
    assert reason(services.note_told, **facts) == InvitationReason.NOT_BY_HAND


def test_the_paper_names_offices_and_is_replaced_when_the_meeting_moves(ward: Region, meeting: Meeting) -> None:
    rts(ward)
    invited(meeting, "rt", "pkk")
    guest(meeting)
    first = invitation_paper.issue(meeting, at=NOW)
    assert invitation_paper.issue(meeting, at=NOW) == first
    told = str(invitation_paper.data(meeting))
    assert "'Jumlah'" in told and "'Nomor'" not in told  # how many are invited, not which number they have
    assert "RT 001, RW 001" in told
    assert "Majelis Taklim Al-Ikhlas" in told
    assert "Contoh Rekaan" not in told
    services.move_meeting(
        by=personas.sari(ward), at=NOW, meeting=meeting, held_on=DAY + timedelta(days=1), reason="Aula dipakai"
    )
    second = invitation_paper.issue(meeting, at=NOW)
    assert Document.objects.get(pk=first.pk).revoked_at is not None
    services.cancel_meeting(by=personas.sari(ward), at=NOW, meeting=meeting, reason="Banjir")
    assert Document.objects.get(pk=second.pk).revoked_at is not None


def test_present_by_invitation_takes_the_office_and_the_place(ward: Region, meeting: Meeting) -> None:
    place = rts(ward)[0]
    one = next(each for each in invited(meeting, "rt") if each.place == place)
    facts = {"by": personas.sari(ward), "at": AT, "meeting": meeting, "facts": services.register.Facts(sex="m")}
    made = services.add_presence(**facts, invitation=one)
    assert (made.capacity, made.place, made.source) == ("rt", place, "list")
    with pytest.raises(Refused) as caught:
        services.add_presence(**facts, invitation=one)
    assert caught.value.params["number"] == made.number
    assert present(meeting).number == 2
