"""What happens in a place: as a feed, as a calendar, and in letters to those who follow."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from pendamping.access.tests import personas
from pendamping.core.models import JournalEntry
from pendamping.deliberation import services as deliberation
from pendamping.deliberation.models import Meeting
from pendamping.needs import letters
from pendamping.needs.enums.contacts import ContactKind, Pace
from pendamping.needs.models import Category, Contact, Following, Hiding, Notice, Voice
from pendamping.needs.services import contacts, following
from pendamping.needs.tests import factories as make
from pendamping.portal.queries import news
from pendamping.portal.tests import factories
from pendamping.portal.tests.factories import START
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
LATER = START + timedelta(days=30, hours=1)


@pytest.fixture
def ward() -> Region:
    return places.ward(1)


@pytest.fixture(autouse=True)
def month_later(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """The worker works at once, and what happened lies some weeks back."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    monkeypatch.setattr(timezone, "now", lambda: LATER)


def reader() -> Contact:
    return contacts.reach(kind=ContactKind.EMAIL, address="ani@contoh.id", at=START)


def confirmed(one: Following) -> Following:
    contacts.confirm(one.contact, at=START)
    mail.outbox.clear()
    one.refresh_from_db()
    return one


def category(voice: Voice, key: str = "selokan") -> Category:
    made, _new = Category.objects.get_or_create(
        key=key, city=None, defaults={"title": {"id": "Selokan"}, "valid_from": date(2026, 1, 1), "created_at": START}
    )
    Voice.objects.filter(pk=voice.pk).update(category=made)
    return made


def test_a_place_is_told_once_a_day_of_what_is_new(ward: Region) -> None:
    confirmed(following.follow_place(contact=reader(), place=ward, at=START))
    walk = factories.walk(ward, "decided")
    factories.walk(places.ward(2), "voice")
    letters.go_round(LATER)
    [letter] = mail.outbox
    assert walk.meeting is not None
    assert walk.meeting.code in letter.body
    assert letter.body.count("\n- ") > 5
    letters.go_round(LATER)
    assert len(mail.outbox) == 1, "told"
    assert Following.objects.get().told_until == JournalEntry.objects.latest("pk").pk


def test_nothing_new_is_no_letter(ward: Region) -> None:
    factories.walk(ward, "voice")
    confirmed(following.follow_place(contact=reader(), place=ward, at=LATER))
    letters.go_round(LATER)
    assert mail.outbox == [], "what was before they followed is no news"


def test_nobody_is_told_who_did_not_say_yes(ward: Region) -> None:
    following.follow_place(contact=reader(), place=ward, at=START)
    mail.outbox.clear()
    factories.walk(ward, "voice")
    letters.go_round(LATER)
    assert mail.outbox == []


def test_many_of_a_kind_are_a_number(ward: Region) -> None:
    one = confirmed(following.follow_place(contact=reader(), place=ward, at=START))
    for _number in range(news.EACH_MOST + 1):
        make.voice(ward, at=START)
    told, _until = news.told(one)
    assert [line.words.endswith("(4 ×)") for line in told] == [True]


def test_a_category_is_told_of_its_voices_only(ward: Region) -> None:
    one, other = make.voice(ward, at=START), make.voice(ward, at=START)
    followed = following.follow_place(contact=reader(), place=ward, category=category(one), at=START)
    Following.objects.filter(pk=followed.pk).update(told_until=0)
    followed.refresh_from_db()
    told, _until = news.told(followed)
    assert [one.code in line.words for line in told] == [True]
    assert other.code not in str(told)


def test_hidden_voices_and_those_about_persons_are_no_news(ward: Region) -> None:
    hidden, private = make.voice(ward, at=START), make.voice(ward, at=START)
    Hiding.objects.create(voice=hidden, reason="spam", created_at=START, hidden_by=personas.sari(ward))
    Voice.objects.filter(pk=private.pk).update(is_confidential=True)
    assert news.of_place(ward.path) == []


def test_a_voice_is_told_of_what_came_of_it_and_not_twice(ward: Region) -> None:
    voice = make.voice(ward, at=START)
    one = confirmed(
        following.follow_voice(contact=reader(), voice=voice, is_speaker=False, at=START, pace=Pace.AT_ONCE)
    )
    make.need(ward, voices=[voice])
    told, _until = news.told(one)
    assert told == [], "gathered is told by the act itself"


def test_a_journey_is_told_of_its_own_road(ward: Region) -> None:
    walk = factories.walk(ward, "checked")
    assert walk.proposal is not None
    one = following.follow_journey(contact=reader(), code=walk.proposal.code, at=START)
    Following.objects.filter(pk=one.pk).update(told_until=0)
    one.refresh_from_db()
    told, until = news.told(one)
    assert any(walk.proposal.code in line.words for line in told)
    assert until == JournalEntry.objects.latest("pk").pk
    assert [line.at for line in told] == sorted(line.at for line in told)


def test_what_has_only_just_happened_waits_until_it_is_settled(ward: Region) -> None:
    one = confirmed(following.follow_place(contact=reader(), place=ward, at=START))
    make.voice(ward, at=LATER)
    assert news.told(one)[0] == []


def test_the_feed_of_a_place_and_of_a_category(
    ward: Region, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    one = make.voice(ward, at=START)
    address = reverse("portal:place_feed", args=[ward.path])
    client.get(address)
    with django_assert_num_queries(3) as few:
        first = client.get(address)
    others = [make.voice(ward, at=START) for _number in range(2)]
    with django_assert_num_queries(len(few)):
        third = client.get(address)
    assert (first.content.count(b"<entry>"), third.content.count(b"<entry>")) == (1, 3)
    assert first["Content-Type"].startswith("application/atom+xml")
    category(one)
    about = client.get(address, {"kategori": "selokan"}).content.decode()
    assert one.code in about
    assert others[0].code not in about
    assert client.get(address, {"kategori": "tidak-ada"}).status_code == 404
    assert client.get(reverse("portal:place_feed", args=["99"])).status_code == 404
    assert client.get(reverse("portal:place_feed", args=[ward.path[:4]])).content.count(b"<entry>") == 3


def meeting(ward: Region, **facts: Any) -> Meeting:
    walk = factories.walk(ward, "agenda")
    assert walk.meeting is not None
    Meeting.objects.filter(pk=walk.meeting.pk).update(**facts)
    return Meeting.objects.get(pk=walk.meeting.pk)


def test_meetings_of_a_place_for_a_calendar(ward: Region, client: Client) -> None:
    one = meeting(ward, starts_at=time(9), held_on=date(2026, 2, 20))
    meeting(places.ward(2))
    answer = client.get(reverse("portal:place_calendar", args=[ward.path]))
    assert answer["Content-Type"].startswith("text/calendar")
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (str(event["uid"]).split("@")[0], int(event["sequence"]), str(event["status"])) == (one.code, 0, "CONFIRMED")
    assert event.decoded("dtstart").isoformat() == "2026-02-20T09:00:00+07:00"
    assert client.get(reverse("portal:place_calendar", args=["99"])).status_code == 404


def test_a_cancelled_meeting_stays_in_the_calendar_and_says_so(ward: Region, client: Client) -> None:
    one = meeting(ward, starts_at=None, held_on=date(2026, 2, 20))
    deliberation.cancel_meeting(by=personas.lurah(ward), at=LATER, meeting=one, reason="Banjir")
    [event] = Calendar.from_ical(client.get(reverse("portal:place_calendar", args=[ward.path])).content).walk("VEVENT")
    assert (str(event["status"]), int(event["sequence"])) == ("CANCELLED", 1)
    assert "Banjir" in str(event["description"])
    assert event.decoded("dtstart") == date(2026, 2, 20)


@pytest.mark.parametrize(
    ("days", "is_confirmed", "is_forgotten"),
    [(8, False, True), (6, False, False), (8, True, False), (731, True, True), (729, True, False)],
)
def test_silence_is_forgotten(ward: Region, days: int, is_confirmed: bool, is_forgotten: bool) -> None:
    one = following.follow_place(contact=reader(), place=ward, at=START)
    if is_confirmed:
        contacts.confirm(one.contact, at=START)
    contacts.forget_silent(at=START + timedelta(days=days))
    assert (Contact.objects.get().forgotten_at is not None) is is_forgotten


def test_who_is_told_is_not_silent(ward: Region) -> None:
    one = confirmed(following.follow_place(contact=reader(), place=ward, at=START))
    Following.objects.update(told_at=START + timedelta(days=400))
    Notice.objects.create(following=one, news="answered", at=START, told_at=START)
    contacts.forget_silent(at=START + timedelta(days=800))
    assert Contact.objects.get().forgotten_at is None
    assert Notice.objects.count() == 0
