"""Voices about persons: found by nobody but those named, one by one, and by their giver with code and key."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from pendamping.access.middleware import VIEW_AS
from pendamping.access.models import Account, Grant
from pendamping.access.scope import scope_of
from pendamping.access.tests import personas
from pendamping.core import counters, journal
from pendamping.core.errors import Refused
from pendamping.core.models import Counter, JournalEntry
from pendamping.core.moments import day
from pendamping.needs import services
from pendamping.needs.enums.conversations import PauseReason, Solved, Turn
from pendamping.needs.enums.moderation import CaseReason, HideReason
from pendamping.needs.enums.voices import Behalf, VoiceState
from pendamping.needs.keys import voice_key
from pendamping.needs.models import CaseMember, Category, Voice
from pendamping.needs.queries.cases import cases_known_to, cases_without_team, is_on_team
from pendamping.needs.queries.visible import public_voices
from pendamping.needs.services import cases, clock, moderation
from pendamping.needs.tests import factories as make
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
NOW = make.NOW
WORDS = "Petugas loket meminta uang rokok"


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Settings) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture
def ward() -> Region:
    make.menu()
    return places.ward(1)


def city_of(ward: Region) -> Region:
    return Region.objects.get(path=ward.city_path)


def inspector(ward: Region) -> Account:
    return personas.person("inspectorate", city_of(ward), "inspektur")


def administrator(ward: Region) -> Account:
    return personas.person("administrator", city_of(ward), "admin")


def grievance(ward: Region, **facts: Any) -> Voice:
    return make.voice(ward, **{"text": WORDS, "is_confidential": True, **facts})


def named(voice: Voice, account: Account, by: Account) -> CaseMember:
    return cases.name_member(by=by, at=NOW, voice=voice, account=account)


def desk(ward: Region) -> Account:
    """Who names the inspector, since nobody names themselves."""
    return personas.secretariat(city_of(ward))


def seen(client: Client, photo: str) -> int:
    """The status of an answer whose picture was read to its end."""
    answer = client.get(photo)
    answer.close()
    return answer.status_code


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def test_a_grievance_is_in_no_list_no_figure_and_no_public_entry(ward: Region) -> None:
    voice = grievance(ward, photos=[make.picture()])
    assert (Voice.objects.count(), public_voices().count(), Voice.everything.count()) == (0, 0, 1)
    assert not Counter.objects.exists()
    assert list(counters.differences()) == []
    entry = JournalEntry.objects.get()
    assert (entry.verb, entry.region_path, entry.is_public, entry.request_id) == (
        "needs.case_given", ward.city_path, False, "",
    )  # fmt: skip
    assert [photo.region_path for photo in voice.photos.all()] == [""]
    assert list(journal.verify()) == []


def test_a_category_of_grievances_is_confidential_by_itself(ward: Region) -> None:
    about = Category.objects.create(
        key="perilaku", title={"id": "Perilaku petugas", "en": "Conduct"}, is_confidential=True, valid_from=NOW.date(),
        created_at=NOW,
    )  # fmt: skip
    assert make.voice(ward, category=about).is_confidential


def test_the_same_grievance_sent_twice_is_one(ward: Region) -> None:
    op = uuid.uuid4()
    assert grievance(ward, op=op) == grievance(ward, op=op)
    first, second = (grievance(ward, source="uji", source_ref="7") for _ in range(2))
    assert (first, Voice.everything.count()) == (second, 2)


def test_only_the_named_read_it(ward: Region) -> None:
    voice, budi, by = grievance(ward), personas.budi(city_of(ward)), inspector(ward)
    assert not is_on_team(voice, by, day(NOW))
    named(voice, budi, by)
    assert is_on_team(voice, budi, day(NOW))
    with pytest.raises(Refused) as refusal:
        named(voice, budi, by)
    assert refusal.value.reason == CaseReason.ALREADY_NAMED
    with pytest.raises(Refused) as refusal:
        cases.end_member(by=by, at=NOW, voice=voice, account=budi)
    assert refusal.value.reason == CaseReason.LAST_MEMBER
    named(voice, by, desk(ward))
    cases.end_member(by=by, at=NOW, voice=voice, account=budi)
    assert not is_on_team(voice, budi, day(NOW))


@pytest.mark.parametrize("becomes", ["without office", "elsewhere", "administrator", "disabled"])
def test_the_named_read_it_only_while_they_could_be_named(ward: Region, becomes: str) -> None:
    voice, budi, by = grievance(ward), personas.budi(city_of(ward)), desk(ward)
    named(voice, budi, by)
    page = reverse("needs:case", args=[voice.code])
    assert WORDS in signed_in(budi).get(page).content.decode()
    if becomes in ("without office", "elsewhere"):
        Grant.objects.filter(account=budi).update(ends_on=day(NOW) - timedelta(days=1))
    if becomes == "elsewhere":
        personas.person("city_coordinator", places.city("3273"), "budi")
    elif becomes == "administrator":
        personas.person("administrator", city_of(ward), "budi")
    elif becomes == "disabled":
        Account.objects.filter(pk=budi.pk).update(is_active=False)
    assert not is_on_team(voice, budi, day(NOW))
    assert WORDS not in signed_in(budi).get(page).content.decode()
    assert list(cases_without_team(day(NOW))) == [voice], "somebody else must be named"
    assert [one.members for one in cases_known_to(scope_of(by, day(NOW)), day(NOW))] == [0]
    assert "tidak membacanya lagi" in signed_in(by).get(page).content.decode()
    with pytest.raises(Refused) as refusal:
        cases.answer_case(by=budi, at=NOW, voice=voice, answer="Sudah ditegur")
    assert refusal.value.reason == CaseReason.NOT_ON_TEAM


@pytest.mark.parametrize("who", ["administrator", "both", "nobody", "elsewhere"])
def test_administrators_and_people_without_an_office_here_are_not_named(ward: Region, who: str) -> None:
    elsewhere = places.city("3273")
    somebody = {
        "administrator": administrator,
        "both": lambda ward: personas.person("secretariat", city_of(ward), administrator(ward).username),
        "nobody": lambda ward: personas.account("warga"),
        "elsewhere": lambda ward: personas.secretariat(elsewhere),
    }[who](ward)
    with pytest.raises(Refused) as refusal:
        named(grievance(ward), somebody, inspector(ward))
    assert refusal.value.reason == CaseReason.NO_OFFICE


def test_an_answer_comes_from_the_team_once_and_counts_nowhere(ward: Region) -> None:
    voice, by = grievance(ward), inspector(ward)
    with pytest.raises(Refused) as refusal:
        cases.answer_case(by=by, at=NOW, voice=voice, answer="Ditegur")
    assert refusal.value.reason == CaseReason.NOT_ON_TEAM
    named(voice, by, desk(ward))
    done = cases.answer_case(by=by, at=NOW, voice=voice, answer="Ditegur, telp 081234567890")
    assert (done.state, done.answer) == (VoiceState.ANSWERED, "Ditegur, telp [telepon]")
    assert not Counter.objects.exists()
    assert JournalEntry.objects.get(verb="needs.case_answered").reason == ""
    with pytest.raises(Voice.DoesNotExist):
        services.answer_voice(by=by, at=NOW, voice=voice, answer="Lain")


def test_a_voice_found_to_be_about_a_person_leaves_the_figures(ward: Region) -> None:
    sari, voice = personas.sari(ward), make.voice(ward, text=WORDS, photos=[make.picture()])
    cases.keep_confidential(by=sari, at=NOW, voice=voice)
    assert (public_voices().count(), counters.total("voice.received", under=ward.path)) == (0, 0)
    assert list(counters.differences()) == []
    assert voice.photos.get().region_path == ""
    with pytest.raises(Refused) as refusal:
        cases.keep_confidential(by=sari, at=NOW, voice=voice)
    assert refusal.value.reason == CaseReason.ALREADY_CONFIDENTIAL
    gathered = make.voice(ward)
    make.need(ward, voices=[gathered])
    with pytest.raises(Refused) as refusal:
        cases.keep_confidential(by=sari, at=NOW, voice=gathered)
    assert refusal.value.reason == CaseReason.GATHERED


# Pages.


def words(ward: Region, **changes: Any) -> dict[str, Any]:
    given = {"text": WORDS, "ward": ward.path, "category": "other", "op": str(uuid.uuid4()), "is_confidential": "on"}
    return {**given, **changes}


def test_its_giver_sees_code_and_key_once_and_comes_back_with_both(ward: Region, client: Client) -> None:
    page = client.post(reverse("needs:give"), words(ward))
    voice = Voice.everything.get()
    key, html = voice_key(voice), page.content.decode()
    assert (page.status_code, page.headers["Cache-Control"], client.cookies) == (200, "no-store", {})
    assert voice.code in html
    assert key in html
    assert WORDS not in html
    for address in ("needs:receipt", "portal:journey", "portal:journey_feed", "needs:report_voice"):
        assert client.get(reverse(address, args=[voice.code])).status_code == 404
    assert client.get(f"/api/v1/voices/{voice.code}").status_code == 404
    opened = reverse("needs:receipt", args=[voice.code])
    unknown = client.post(reverse("needs:receipt", args=["S26-00000-0"]), {"key": "AAAA"})
    for wrong in ({}, {"key": "AAAA"}, {"key": voice_key(make.voice(ward))}):
        answer = client.post(opened, wrong)
        assert answer.status_code == unknown.status_code == 404  # as for a code that nobody has
        assert WORDS not in answer.content.decode()
        assert client.post(f"/api/v1/voices/{voice.code}/thread", wrong, "application/json").status_code in (404, 422)
    by = inspector(ward)
    named(voice, by, desk(ward))
    cases.answer_case(by=by, at=NOW, voice=voice, answer="Petugas sudah ditegur")
    seen = client.post(opened, {"key": key.lower()})
    assert (seen.status_code, seen.headers["Cache-Control"]) == (200, "no-store")
    html = seen.content.decode()
    assert "Petugas sudah ditegur" in html
    assert reverse("portal:journey", args=[voice.code]) not in html
    again = {"key": key, "answer": "no", "words": "Masih minta uang", "op": str(uuid.uuid4())}
    assert client.post(f"{opened}?act=solved", again).status_code == 200
    voice = Voice.everything.get(pk=voice.pk)
    assert voice.state == VoiceState.HEARD
    assert [one.is_public for one in voice.messages.all()] == [False]
    assert list(counters.differences()) == []


def test_whoever_gave_a_hidden_voice_still_reads_its_thread(ward: Region, client: Client) -> None:
    voice, sari = make.voice(ward), personas.sari(ward)
    services.write_message(by=sari, at=NOW, voice=voice, text="Di sebelah mana?", is_public=True)
    moderation.hide(by=sari, at=NOW, voice=voice, reason=HideReason.PERSON)
    address = reverse("needs:receipt", args=[voice.code])
    assert client.get(address).status_code == 404
    assert "Di sebelah mana?" in client.post(address, {"key": voice_key(voice)}).content.decode()


def test_the_team_writes_and_the_giver_answers_without_anybody_else_reading(ward: Region, client: Client) -> None:
    voice, lurah, by = grievance(ward), personas.lurah(ward), inspector(ward)
    named(voice, lurah, by)
    reads, page = signed_in(lurah), reverse("needs:case", args=[voice.code])
    assert reads.post(f"{page}?act=write", {"write-text": "Kapan kejadiannya?", "write-asks": "on"}).status_code == 302
    reply = {"key": voice_key(voice), "text": "Senin pagi", "op": str(uuid.uuid4()), "photos": make.upload()}
    thread = client.post(reverse("needs:receipt", args=[voice.code]) + "?act=reply", reply).content.decode()
    assert "Kapan kejadiannya?" in thread
    html = reads.get(page).content.decode()
    assert ("Senin pagi" in html, voice.full_subject in html) == (True, True)
    html = signed_in(by).get(page).content.decode()
    assert ("needs." in html, "Pesan ditulis dalam percakapan suara" in html) == (False, True)
    assert signed_in(by).post(f"{page}?act=write", {"write-text": "Saya juga"}).status_code == 404
    assert [(one.is_public, [photo.region_path for photo in one.photos.all()]) for one in voice.messages.all()] == [
        (False, []), (False, [""]),
    ]  # fmt: skip
    assert not JournalEntry.objects.filter(is_public=True, subject_id=voice.pk).exists()


def test_keys_cannot_be_tried_for_long(ward: Region, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pendamping.needs.giver.TRIES_AN_HOUR", 1)
    address = reverse("needs:receipt", args=[grievance(ward).code])
    assert [client.post(address, {"key": "AAAA"}).status_code for _ in range(2)] == [404, 429]


def test_whoever_writes_it_down_for_somebody_reads_it_no_more(ward: Region) -> None:
    client = signed_in(personas.sari(ward))
    typed = words(ward, behalf=Behalf.ELDERLY, channel="facilitator", heard_on=f"{timezone.localdate():%Y-%m-%d}")
    page = client.post(reverse("needs:record_voice"), typed)
    voice = Voice.everything.get()
    assert (page.status_code, voice_key(voice) in page.content.decode()) == (200, True)
    assert client.get(reverse("needs:voice", args=[voice.code])).status_code == 404
    assert voice.code not in client.get(reverse("needs:voices"), {"view": "all"}).content.decode()


def test_whoever_names_the_team_sees_that_it_is_there_and_no_word_of_it(ward: Region) -> None:
    voice = grievance(ward, photos=[make.picture()])
    camat = personas.camat(Region.objects.get(path=ward.path[:6]))
    client, page = signed_in(camat), reverse("needs:case", args=[voice.code])
    assert page in client.get(reverse("needs:cases")).content.decode()
    work = client.get(reverse("insight:work")).content.decode()
    assert (voice.code in work, WORDS in work) == (True, False)
    html = client.get(page).content.decode()
    assert ('id="tim"' in html, WORDS in html) == (True, False)
    photo = reverse("needs:case_photo", args=[voice.code, voice.photos.get().name, "full"])
    assert client.get(photo).status_code == 404
    lurah = personas.lurah(ward)
    assert client.post(f"{page}?act=name", {"name-account": "x"}).status_code == 422
    assert client.post(f"{page}?act=name", {"name-account": str(lurah.uid)}).status_code == 302
    assert client.post(f"{page}?act=answer", {"answer-answer": "Sudah"}).status_code == 404  # not on the team
    reads = signed_in(lurah)
    html = reads.get(page).content.decode()
    assert (WORDS in html, 'id="tim"' in html) == (True, False)
    assert seen(reads, photo) == 200
    assert reads.get(reverse("access:photo", args=[voice.photos.get().name, "full"])).status_code == 404
    assert reads.post(f"{page}?act=end", {"member": str(lurah.uid)}).status_code == 403
    assert reads.post(f"{page}?act=answer", {"answer-answer": ""}).status_code == 422
    assert reads.post(f"{page}?act=answer", {"answer-answer": "Sudah ditegur"}).status_code == 302
    client.post(f"{page}?act=end", {"member": str(lurah.uid)})
    assert reads.get(page).status_code == 200  # its last reader stays
    client.post(f"{page}?act=name", {"name-account": str(personas.budi(city_of(ward)).uid)})
    client.post(f"{page}?act=end", {"member": str(lurah.uid)})
    assert reads.get(page).status_code == 404


@pytest.mark.parametrize("who", ["sari", "lurah", "administrator"])
def test_nobody_else_learns_that_it_is_there(ward: Region, who: str) -> None:
    voice = grievance(ward)
    account = {"sari": personas.sari, "lurah": personas.lurah, "administrator": administrator}[who](ward)
    client = signed_in(account)
    assert client.get(reverse("needs:case", args=[voice.code])).status_code == 404
    for address in ("needs:cases", "insight:work", "insight:journal", "needs:voices", "needs:moderation"):
        assert voice.code not in client.get(reverse(address)).content.decode(), address


def test_the_journal_shows_nothing_of_it_even_to_those_who_know(ward: Region) -> None:
    voice, by = make.voice(ward, text=WORDS), personas.secretariat(city_of(ward))
    client = signed_in(by)
    assert voice.code in client.get(reverse("insight:journal")).content.decode()
    cases.keep_confidential(by=by, at=NOW, voice=voice)
    assert voice.code not in client.get(reverse("insight:journal")).content.decode()
    assert "Sebuah suara dirahasiakan" in client.get(reverse("needs:case", args=[voice.code])).content.decode()


def test_nobody_names_themselves(ward: Region) -> None:
    voice, by = grievance(ward), inspector(ward)
    with pytest.raises(Refused) as refusal:
        named(voice, by, by)
    assert refusal.value.reason == CaseReason.SELF_NAMED
    client, page = signed_in(by), reverse("needs:case", args=[voice.code])
    assert str(by.uid) not in client.get(page).content.decode()
    assert client.post(f"{page}?act=name", {"name-account": str(by.uid)}).status_code == 422
    assert not is_on_team(voice, by, day(NOW))


def test_what_was_joined_with_a_voice_about_a_person_stands_for_itself(ward: Region) -> None:
    sari, other, voice, another = personas.sari(ward), make.voice(ward), make.voice(ward), make.voice(ward)
    services.merge_voice(by=sari, at=NOW, voice=other, into=voice)
    cases.keep_confidential(by=sari, at=NOW, voice=voice)
    other.refresh_from_db()
    assert other.duplicate_of is None
    client = Client()
    told = [reverse(name, args=[other.code]) for name in ("portal:journey", "portal:journey_feed")]
    told += [reverse("portal:place_feed", args=[ward.path]), f"/api/v1/journeys/{other.code}"]
    pages = [client.get(address).content.decode() for address in told]
    pages.append(signed_in(desk(ward)).get(reverse("insight:journal")).content.decode())
    assert [address for address, html in zip([*told, "journal"], pages, strict=True) if voice.code in html] == []
    assert all(other.code in html for html in pages)
    services.merge_voice(by=sari, at=NOW, voice=other, into=another)
    cases.keep_confidential(by=sari, at=NOW, voice=other)
    assert Voice.everything.get(pk=other.pk).duplicate_of is None


@pytest.mark.parametrize("reads", [True, False])
def test_looking_through_the_eyes_of_a_reader_or_of_who_names_them_shows_nothing(ward: Region, reads: bool) -> None:
    voice, lurah = grievance(ward), personas.lurah(ward)
    camat = personas.camat(Region.objects.get(path=ward.path[:6]))
    assert voice.code in signed_in(camat).get(reverse("insight:work")).content.decode()
    if reads:
        named(voice, lurah, inspector(ward))
    client = signed_in(personas.secretariat(city_of(ward)))
    session = client.session
    session[VIEW_AS] = str((lurah if reads else camat).uid)
    session.save()
    assert voice.code not in client.get(reverse("insight:work")).content.decode()
    assert client.get(reverse("needs:cases")).status_code == 403
    assert client.get(reverse("needs:case", args=[voice.code])).status_code == 403


def test_every_act_on_a_case_is_told_in_words(ward: Region) -> None:
    voice, by = grievance(ward), personas.pptk(ward)  # no right of theirs but being named
    named(voice, by, inspector(ward))
    waits = voice.deadlines.order_by("due_on")[0]
    clock.escalate_voice(by=None, at=NOW + timedelta(days=40), deadline=waits)
    services.pause_clock(by=by, at=NOW, voice=voice, reason=PauseReason.SITE)
    services.resume_clock(by=by, at=NOW, voice=voice)
    services.pass_turn(by=by, at=NOW, voice=voice, turn=Turn.DISTRICT)
    services.write_message(by=by, at=NOW, voice=voice, text="Kapan itu?")
    cases.answer_case(by=by, at=NOW, voice=voice, answer="Ditindak")
    services.say_solved(by=None, at=NOW, voice=voice, answer=Solved.NO, words="Masih")
    line = signed_in(inspector(ward)).get(reverse("needs:case", args=[voice.code])).context["line"]
    assert len(line) == 10
    assert [what for _at, what, _who in line if "needs." in what] == []
    assert [what for _at, what, who in line if not who] == ["Tenggat terlewati; giliran naik ke petugas di atasnya"]
    assert [who for _at, _what, who in line].count("Warga") == 3, "given, said not solved, opened again"


def test_the_list_of_cases_costs_the_same_with_one_and_three(ward: Region) -> None:
    client = signed_in(inspector(ward))

    def queries() -> int:
        grievance(ward)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("needs:cases")).status_code == 200
        return len(seen)

    assert len({queries() for _ in range(3)}) == 1
