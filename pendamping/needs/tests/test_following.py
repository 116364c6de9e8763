"""Contacts are sealed, asked before they are written to, told once a day, and forgotten at their word."""

from __future__ import annotations

from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries

from pendamping.access.tests import personas
from pendamping.core import again
from pendamping.core import mail as core_mail
from pendamping.core.errors import Refused
from pendamping.needs import letters, services
from pendamping.needs.enums.contacts import ContactKind, Pace, Reason
from pendamping.needs.enums.conversations import Speaker
from pendamping.needs.enums.moderation import HideReason
from pendamping.needs.enums.news import News
from pendamping.needs.keys import voice_key
from pendamping.needs.models import Contact, Following, Hiding, Message, Notice, Voice
from pendamping.needs.services import contacts, following, news
from pendamping.needs.tests import factories as make
from pendamping.needs.tests.factories import NOW
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
ANI = "ani@contoh.id"


@pytest.fixture
def ward() -> Region:
    return places.ward(1)


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """The worker works at once, and it is ten o'clock in the morning."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def later(monkeypatch: pytest.MonkeyPatch, **time: float) -> datetime:
    at = NOW + timedelta(**time)
    monkeypatch.setattr(timezone, "now", lambda: at)
    return at


def mailbox(address: str = ANI, *, kind: ContactKind = ContactKind.EMAIL) -> Contact:
    return contacts.reach(kind=kind, address=address, at=NOW)


def follower(voice: Voice, *, address: str = ANI, is_speaker: bool = False, pace: Pace = Pace.DAILY) -> Contact:
    """Somebody who follows a voice and said yes; their letter to confirm is put away."""
    contact = mailbox(address)
    following.follow_voice(contact=contact, voice=voice, is_speaker=is_speaker, at=NOW, pace=pace)
    contacts.confirm(contact, at=NOW)
    mail.outbox.clear()
    return contact


def tell(voice: Voice, what: News = News.ANSWERED, **facts: Any) -> None:
    with transaction.atomic():
        following.tell(voice, what, at=facts.pop("at", NOW), **facts)


def test_an_address_is_kept_sealed_and_found_again() -> None:
    contact = mailbox("Ani@Contoh.id ")
    assert mailbox() == contact
    contact.refresh_from_db()
    assert b"ani" not in bytes(contact.address_cipher)
    assert contacts.address_of(contact) == ANI
    assert mailbox(kind=ContactKind.GATEWAY) != contact, "another way to reach somebody is another contact"
    with pytest.raises(Refused):
        mailbox("ani")


def test_a_secret_opens_its_own_contact_only_until_forgotten() -> None:
    ani, budi = mailbox(), mailbox("budi@contoh.id")
    secret = contacts.secret_of(ani)
    assert contacts.opened_by(secret) == ani
    assert contacts.opened_by(contacts.secret_of(budi)[:32] + secret[32:]) is None
    assert contacts.opened_by("bukan") is None
    contacts.forget(ani, at=NOW)
    assert contacts.opened_by(secret) is None
    ani.refresh_from_db()
    assert (contacts.address_of(ani), ani.digest, ani.subject_key) == ("", "", None)
    assert mailbox() != ani


def test_nobody_is_told_before_they_say_yes(ward: Region) -> None:
    voice = make.voice(ward)
    contact = mailbox()
    following.follow_voice(contact=contact, voice=voice, is_speaker=True, at=NOW)
    [asking] = mail.outbox
    assert asking.to == [ANI]
    assert contacts.secret_of(contact) in asking.body
    tell(voice)
    assert len(mail.outbox) == 1
    contacts.confirm(contact, at=NOW)
    tell(voice, News.GATHERED)
    told = mail.outbox[1]
    assert voice.code in told.subject
    assert "Suara ini sudah dijawab." in told.body, "letters speak Indonesian"
    assert Notice.objects.filter(told_at=None).count() == 0, "what happened before they said yes is told with it"


def test_each_thing_is_confirmed_by_its_mailbox(ward: Region) -> None:
    """Anybody can type an address that is already known here."""
    first, other = make.voice(ward), make.voice(ward)
    follower(first)
    following.follow_voice(contact=mailbox(), voice=other, is_speaker=False, at=NOW)
    tell(other)
    assert [letter.to for letter in mail.outbox] == [[ANI]], "asked, not told"
    assert Following.objects.get(voice=other).confirmed_at is None
    tell(first)
    told = mail.outbox[-1].body
    assert first.code in told
    assert other.code not in told


def test_a_proven_phone_is_not_asked(ward: Region) -> None:
    phone = contacts.reach(kind=ContactKind.GATEWAY, address="628123", at=NOW, is_proven=True)
    one = following.follow_voice(contact=phone, voice=make.voice(ward), is_speaker=True, at=NOW)
    assert one.confirmed_at == NOW


def test_an_address_is_not_flooded_with_questions(ward: Region) -> None:
    for _number in range(5):
        following.follow_voice(contact=mailbox(), voice=make.voice(ward), is_speaker=False, at=NOW)
    assert len(mail.outbox) == following.CONFIRMATIONS_A_DAY


def test_one_letter_a_day_holds_all_that_is_new(ward: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    voice, other = make.voice(ward), make.voice(ward)
    contact = follower(voice)
    follower(other)
    tell(voice)
    tell(voice, News.GATHERED)
    tell(other)
    assert len(mail.outbox) == 1
    at = later(monkeypatch, days=1)
    tell(other, News.REOPENED, at=at)
    second = mail.outbox[1]
    assert len(mail.outbox) == 2
    assert {voice.code, other.code} <= set(second.body.replace(",", " ").split()), "the rest of yesterday too"
    assert second.body.count("\n- ") == 3
    assert not Notice.objects.filter(following__contact=contact, told_at=None).exists()


def test_who_asked_is_told_at_once(ward: Region) -> None:
    voice = make.voice(ward)
    follower(voice, pace=Pace.AT_ONCE)
    tell(voice)
    tell(voice, News.GATHERED)
    assert len(mail.outbox) == 2


def test_nobody_is_woken_by_a_daily_letter(ward: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    voice = make.voice(ward)
    follower(voice)
    later(monkeypatch, hours=14)  # midnight in Tasikmalaya
    tell(voice)
    assert mail.outbox == []


def test_a_letter_that_could_not_be_sent_is_new_again(ward: Region) -> None:
    voice = make.voice(ward)
    contact = follower(voice)
    Notice.objects.create(following=contact.followings.get(), news=News.ANSWERED, at=NOW)
    parts = news.take(contact, at=NOW)
    assert len(parts) == 1
    assert news.take(contact, at=NOW) == []
    news.give_back(parts)
    assert len(news.take(contact, at=NOW)) == 1


@pytest.mark.parametrize(
    ("what", "facts", "told"),
    [
        (News.ANSWERED, {}, {"speaker", "neighbour"}),
        (News.ASKED, {}, {"speaker"}),
        (News.SOLVED_ASKED, {}, {"speaker"}),
        (News.MESSAGE, {"speaker": Speaker.OFFICE, "is_public": False}, {"speaker"}),
        (News.MESSAGE, {"speaker": Speaker.OFFICE, "is_public": True}, {"speaker", "neighbour"}),
        (News.MESSAGE, {"speaker": Speaker.RESIDENT, "is_public": True}, {"neighbour"}),
        (News.MESSAGE, {"speaker": Speaker.RESIDENT, "is_public": False}, set()),
    ],
)
def test_who_hears_of_what(ward: Region, what: News, facts: dict[str, Any], told: set[str]) -> None:
    voice = make.voice(ward)
    follower(voice, address="speaker@contoh.id", is_speaker=True)
    follower(voice, address="neighbour@contoh.id")
    message = (
        Message.objects.create(voice=voice, created_at=NOW, text="Kapan airnya surut?", **facts) if facts else None
    )
    tell(voice, what, message=message)
    assert {letter.to[0].split("@")[0] for letter in mail.outbox} == told
    assert all(("Kapan airnya surut?" in letter.body) is bool(facts) for letter in mail.outbox)


def test_of_a_voice_about_persons_only_that_there_is_news(ward: Region) -> None:
    voice = make.voice(ward)
    follower(voice, address="speaker@contoh.id", is_speaker=True)
    follower(voice, address="neighbour@contoh.id")
    Voice.everything.filter(pk=voice.pk).update(is_confidential=True)
    voice.refresh_from_db()
    said = {"speaker": Speaker.OFFICE, "is_public": True, "text": "Lurah sudah ditegur"}
    tell(voice, News.MESSAGE, message=Message.objects.create(voice=voice, created_at=NOW, **said))
    [letter] = mail.outbox
    assert letter.to == ["speaker@contoh.id"]
    for hidden in ("Lurah", ward.name, "/jejak/"):
        assert hidden not in letter.body


def test_a_letter_holds_no_word_of_a_resident(ward: Region) -> None:
    voice = make.voice(ward, text="Selokan depan rumah kami mampet lagi")
    follower(voice)
    tell(voice)
    assert "Selokan" not in mail.outbox[0].body + mail.outbox[0].subject


def test_one_click_out_is_in_every_letter(ward: Region, client: Client) -> None:
    voice = make.voice(ward)
    contact = follower(voice)
    tell(voice)
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>")
    path = reverse("needs:follow_nothing", args=[contacts.secret_of(contact)])
    assert address.endswith(path)
    assert client.get(path).status_code == 200
    assert Following.objects.get().ended_at is None, "a visit ends nothing: mail scanners visit"
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Following.objects.get().ended_at is not None
    assert Contact.objects.get().forgotten_at is not None
    assert client.post(path).status_code == 200, "twice is no error"
    tell(voice)
    assert len(mail.outbox) == 1


def test_the_page_confirms_changes_and_ends(ward: Region, client: Client) -> None:
    voice, other = make.voice(ward), make.voice(ward)
    contact = mailbox()
    for one in (voice, other):
        following.follow_voice(contact=contact, voice=one, is_speaker=False, at=NOW)
    page = reverse("needs:followed", args=[contacts.secret_of(contact)])
    assert client.get(page).headers["Cache-Control"] == "no-store"
    assert Following.objects.filter(confirmed_at=None).count() == 2, "a visit confirms nothing"
    client.post(page, {"act": "confirm"})
    assert Following.objects.filter(confirmed_at=None).count() == 0
    first, second = Following.objects.order_by("pk")
    client.post(page, {"act": "at_once", "which": first.pk})
    first.refresh_from_db()
    assert first.pace == Pace.AT_ONCE
    client.post(page, {"act": "end", "which": first.pk})
    assert voice.code not in client.get(page).content.decode()
    assert client.post(page, {"act": "end", "which": "x"}).status_code == 404
    client.post(page, {"act": "end", "which": second.pk})
    assert client.get(page).status_code == 404, "with the last thing the address is forgotten"


def test_the_page_costs_the_same_for_one_and_three(
    ward: Region, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    contact = mailbox()
    page = reverse("needs:followed", args=[contacts.secret_of(contact)])
    following.follow_place(contact=contact, place=ward, at=NOW)
    client.get(page)
    with django_assert_num_queries(2) as few:
        client.get(page)
    following.follow_voice(contact=contact, voice=make.voice(places.rw(ward)), is_speaker=True, at=NOW)
    following.follow_voice(contact=contact, voice=make.voice(ward), is_speaker=False, at=NOW)
    with django_assert_num_queries(len(few)):
        assert client.get(page).content.decode().count('value="end"') == 3


def test_somebody_elses_following_is_out_of_reach(ward: Region, client: Client) -> None:
    voice = make.voice(ward)
    follower(voice)
    other = follower(voice, address="budi@contoh.id")
    page = reverse("needs:followed", args=[contacts.secret_of(other)])
    anis = Following.objects.get(contact=mailbox())
    assert client.post(page, {"act": "end", "which": anis.pk}).status_code == 404


def test_follow_by_the_form(ward: Region, client: Client) -> None:
    voice = make.voice(ward)
    page = f"{reverse('needs:follow')}?jejak={voice.code}"
    assert client.get(page).status_code == 200
    assert client.post(page, {"contact": "ani"}).status_code == 422
    assert client.post(page, {"contact": ANI, "website": "x"}).status_code == 422
    assert Contact.objects.count() == 0
    sent = client.post(page, {"contact": ANI, "at_once": "on"})
    assert sent.status_code == 200
    assert ANI not in sent.content.decode()
    one = Following.objects.get()
    assert (one.voice, one.is_speaker, one.pace) == (voice, False, Pace.AT_ONCE)
    assert client.post(f"{reverse('needs:follow')}?wilayah={ward.path}", {"contact": ANI}).status_code == 200
    assert Following.objects.filter(place=ward).exists()


@pytest.mark.parametrize("asked", ["", "?jejak=S26-00000-0", "?wilayah=99", "?wilayah=&kategori=air"])
def test_nothing_to_follow(asked: str, client: Client) -> None:
    assert client.get(reverse("needs:follow") + asked).status_code == 404


def test_a_voice_about_persons_cannot_be_followed_by_its_code(ward: Region, client: Client) -> None:
    voice = make.voice(ward)
    Voice.everything.filter(pk=voice.pk).update(is_confidential=True)
    assert client.get(f"{reverse('needs:follow')}?jejak={voice.code}").status_code == 404


def test_following_again_is_the_same_and_the_speaker_stays_one(ward: Region) -> None:
    voice, contact = make.voice(ward), mailbox()
    first = following.follow_voice(contact=contact, voice=voice, is_speaker=True, at=NOW)
    again = following.follow_voice(contact=contact, voice=voice, is_speaker=False, at=NOW, pace=Pace.AT_ONCE)
    assert (again.pk, again.is_speaker, again.pace) == (first.pk, True, Pace.AT_ONCE)
    assert following.follow_journey(contact=contact, code=voice.code.lower(), at=NOW).pk == first.pk
    with pytest.raises(Refused) as caught:
        following.follow_journey(contact=contact, code="x", at=NOW)
    assert caught.value.reason == Reason.NOTHING_TO_FOLLOW


def test_whoever_follows_hears_that_it_was_answered_and_what(ward: Region) -> None:
    voice = make.voice(ward)
    follower(voice, address="speaker@contoh.id", is_speaker=True)
    follower(voice, address="neighbour@contoh.id")
    services.answer_voice(by=personas.sari(ward), at=NOW, voice=voice, answer="Selokan dikeruk hari Senin")
    assert {letter.to[0] for letter in mail.outbox} == {"speaker@contoh.id", "neighbour@contoh.id"}
    assert all("Suara ini sudah dijawab." in letter.body for letter in mail.outbox)
    assert all("Selokan dikeruk hari Senin" in letter.body for letter in mail.outbox)
    asked = Notice.objects.get(news=News.SOLVED_ASKED)
    assert asked.following.is_speaker, "only whoever spoke is asked whether it is solved"


def test_the_answer_of_a_case_stands_in_no_letter(ward: Region) -> None:
    voice = make.voice(ward)
    contact = follower(voice, is_speaker=True)
    Voice.everything.filter(pk=voice.pk).update(
        is_confidential=True, state="answered", answer="Lurah sudah ditegur", answered_at=NOW
    )
    Notice.objects.create(following=contact.followings.get(), news=News.ANSWERED, at=NOW)
    letters.write_to.enqueue(contact.pk)
    [letter] = mail.outbox
    assert "Lurah" not in letter.body


def test_the_page_of_what_is_followed_holds_no_key(ward: Region, client: Client) -> None:
    """Its address stands in the logs of every machine between; the key of a thread must not be read there."""
    voice = make.voice(ward)
    contact = follower(voice, is_speaker=True)
    page = client.get(reverse("needs:followed", args=[contacts.secret_of(contact)])).content.decode()
    assert reverse("needs:receipt", args=[voice.code]) in page
    assert voice_key(voice) not in page
    tell(voice)
    assert voice_key(voice) in mail.outbox[0].body, "the letter to a proven mailbox is the giver's own"


def test_what_is_hidden_before_the_letter_goes_is_not_in_it(ward: Region) -> None:
    voice, other = make.voice(ward), make.voice(ward)
    contact = follower(voice)
    follower(other)
    said = Message.objects.create(
        voice=voice, created_at=NOW, text="Hubungi Pak Anu", speaker=Speaker.OFFICE, is_public=True
    )
    mine = contact.followings.get(voice=voice)
    Notice.objects.create(following=mine, news=News.MESSAGE, message=said, at=NOW)
    Notice.objects.create(following=contact.followings.get(voice=other), news=News.GATHERED, at=NOW)
    hiding = Hiding.objects.create(voice=voice, message=said, reason=HideReason.PERSON, created_at=NOW)
    Hiding.objects.create(voice=other, reason=HideReason.OTHER, created_at=NOW)
    letters.write_to.enqueue(contact.pk)
    assert mail.outbox == []
    Hiding.objects.filter(pk=hiding.pk).update(lifted_at=NOW)
    letters.write_to.enqueue(contact.pk)
    assert "Hubungi Pak Anu" in mail.outbox[0].body
    assert other.code not in mail.outbox[0].body


def test_following_again_gives_a_week_to_confirm_and_brings_no_old_news(
    ward: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice, other = make.voice(ward), make.voice(ward)
    contact = follower(voice)
    follower(other)
    later(monkeypatch, hours=14)  # at night nothing is sent
    tell(voice)
    following.end(contact.followings.get(voice=voice), at=NOW)
    at = later(monkeypatch, days=30)
    again = following.follow_voice(contact=contact, voice=voice, is_speaker=False, at=at)
    contacts.forget_silent(at=at + timedelta(hours=1))
    again.refresh_from_db()
    assert again.ended_at is None, "it was asked for an hour ago"
    assert not Notice.objects.filter(following=again, told_at=None).exists()


def test_nobody_else_changes_how_often_a_mailbox_is_written_to(ward: Region) -> None:
    voice = make.voice(ward)
    contact = follower(voice)
    following.follow_voice(contact=mailbox(), voice=voice, is_speaker=False, at=NOW, pace=Pace.AT_ONCE)
    assert contact.followings.get().pace == Pace.DAILY


def test_who_never_asked_ends_it_with_one_click_and_gets_no_second_letter(ward: Region, client: Client) -> None:
    contact = mailbox()
    following.follow_voice(contact=contact, voice=make.voice(ward), is_speaker=True, at=NOW)
    [asking] = mail.outbox
    out = reverse("needs:follow_nothing", args=[contacts.secret_of(contact)])
    assert asking.extra_headers["List-Unsubscribe"].strip("<>").endswith(out)
    assert out in asking.body
    client.post(out)
    contact.refresh_from_db()
    assert (contacts.address_of(contact), bool(contact.digest)) == ("", True)
    page = f"{reverse('needs:follow')}?wilayah={ward.path}"
    assert client.post(page, {"contact": ANI}).status_code == 200, "nobody learns of it"
    make.voice(ward, contact=mailbox())
    assert len(mail.outbox) == 1
    contacts.forget_silent(at=NOW + timedelta(days=181))
    contact.refresh_from_db()
    assert contact.digest == ""
    following.follow_voice(contact=mailbox(), voice=make.voice(ward), is_speaker=True, at=NOW)
    assert len(mail.outbox) == 2


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> list[Exception]:
    """A mail server: what it answers next, as long as there is something in it."""
    answers: list[Exception] = []

    def carried(address: str, letter: letters.Letter) -> None:
        if answers:
            raise answers[0]
        EmailMessage(letter.subject, letter.body, to=[address]).send()

    monkeypatch.setitem(letters._carriers, ContactKind.EMAIL, carried)
    return answers


GONE = SMTPRecipientsRefused({ANI: (550, b"5.1.1 <ani@contoh.id>: User unknown")})
BUSY = SMTPRecipientsRefused({ANI: (450, b"4.2.0 <ani@contoh.id>: busy")})


def worked() -> None:
    """The worker does what is due."""
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


def test_a_refused_letter_names_no_address_in_the_task_table_nor_in_the_log(
    ward: Region, settings: Any, server: list[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    contact = follower(make.voice(ward))
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    server.append(GONE)
    tell(contact.followings.get().voice)
    worked()
    [kept] = DBTaskResult.objects.failed()
    assert "NoMailbox" in kept.traceback
    assert ANI not in f"{kept.traceback} {kept.args_kwargs} {caplog.text}"


def test_a_mailbox_that_refuses_is_tried_on_three_days_and_forgotten(
    ward: Region, monkeypatch: pytest.MonkeyPatch, server: list[Exception]
) -> None:
    contact = follower(make.voice(ward))
    server.append(GONE)
    tell(contact.followings.get().voice)
    for hours, refusals in ((1, 1), (24, 2), (30, 2)):
        letters.go_round(later(monkeypatch, hours=hours))
        contact.refresh_from_db()
        assert (contact.refusals, contact.forgotten_at) == (refusals, None)
    letters.go_round(later(monkeypatch, hours=48))
    contact.refresh_from_db()
    assert (contact.forgotten_at, contacts.address_of(contact)) == (timezone.now(), "")


def test_a_letter_taken_between_counts_refusals_anew(
    ward: Region, monkeypatch: pytest.MonkeyPatch, server: list[Exception]
) -> None:
    contact = follower(make.voice(ward))
    server.append(GONE)
    tell(contact.followings.get().voice)
    server.clear()
    letters.go_round(later(monkeypatch, hours=24))
    contact.refresh_from_db()
    assert (len(mail.outbox), contact.refusals, contact.refused_at) == (1, 0, None)


def test_a_server_that_is_busy_is_tried_every_hour_and_nobody_is_forgotten(
    ward: Region, monkeypatch: pytest.MonkeyPatch, server: list[Exception]
) -> None:
    contact = follower(make.voice(ward))
    server.append(BUSY)
    tell(contact.followings.get().voice)
    for hours in range(1, 6):
        letters.go_round(later(monkeypatch, hours=hours))
    server.clear()
    letters.go_round(later(monkeypatch, hours=6))
    contact.refresh_from_db()
    assert (len(mail.outbox), contact.refusals) == (1, 0)


def test_the_question_whether_it_was_you_is_tried_a_few_times(
    ward: Region, settings: Any, monkeypatch: pytest.MonkeyPatch, server: list[Exception]
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    server.append(BUSY)
    following.follow_voice(contact=mailbox(), voice=make.voice(ward), is_speaker=True, at=NOW)
    for days in range(len(again.WAITS) + 3):
        later(monkeypatch, days=days)
        worked()
    assert DBTaskResult.objects.failed().count() == DBTaskResult.objects.count() == len(again.WAITS) + 1
    server.clear()
    later(monkeypatch, days=0)
    following.follow_voice(contact=mailbox(), voice=make.voice(ward), is_speaker=True, at=NOW)
    server.append(BUSY)
    worked()
    server.clear()
    later(monkeypatch, minutes=3)
    worked()
    assert [letter.to for letter in mail.outbox] == [[ANI]]


def test_where_no_mail_is_sent_nothing_is_offered_kept_or_told(ward: Region, client: Client, settings: Any) -> None:
    voice = make.voice(ward)
    contact = follower(voice)
    settings.EMAIL_BACKEND = core_mail.NOWHERE
    tell(voice)
    assert Notice.objects.filter(told_at=None).count() == 1, "its news waits until mail is sent"
    page = f"{reverse('needs:follow')}?jejak={voice.code}"
    assert 'name="contact"' not in client.get(page).content.decode()
    assert client.post(page, {"contact": "budi@contoh.id"}).status_code == 422
    make.menu()
    assert 'name="contact"' not in client.get(reverse("needs:give")).content.decode()
    with pytest.raises(Refused) as caught:
        mailbox("budi@contoh.id")
    assert caught.value.reason == Reason.NO_MAIL
    assert list(Contact.objects.all()) == [contact]


def test_who_had_said_yes_may_come_back_the_same_day(ward: Region, client: Client) -> None:
    contact = follower(make.voice(ward))
    client.post(reverse("needs:follow_nothing", args=[contacts.secret_of(contact)]))
    contact.refresh_from_db()
    assert contact.digest == ""
    following.follow_voice(contact=mailbox(), voice=make.voice(ward), is_speaker=False, at=NOW)
    assert len(mail.outbox) == 1
