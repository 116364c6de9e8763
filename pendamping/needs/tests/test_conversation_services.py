"""The thread, the clock and "is it solved?": what happens, and what is refused. NOW is Monday, 2 March 2026."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from pendamping.access.models import Account
from pendamping.access.scope import scope_of
from pendamping.access.tests import personas
from pendamping.core import counters
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.core.moments import day
from pendamping.needs import clock_defaults, services
from pendamping.needs.clock_defaults import holidays, seed_clock
from pendamping.needs.enums import clock as clocks
from pendamping.needs.enums import messages
from pendamping.needs.enums.categories import Step
from pendamping.needs.enums.conversations import PauseReason, Solved, Speaker, Turn
from pendamping.needs.enums.moderation import HideReason
from pendamping.needs.enums.reasons import Reason
from pendamping.needs.enums.voices import Channel, VoiceState
from pendamping.needs.models import Category, Deadline, Hiding, Holiday, Message, Pause, Solving, StepDays, Voice
from pendamping.needs.queries.clock import days_given, scope_key
from pendamping.needs.queries.conversations import thread
from pendamping.needs.queries.turns import my_turn, turn_of
from pendamping.needs.queries.visible import messages_for_giver, public_messages, shown_messages
from pendamping.needs.services.clock import escalate_due, escalate_voice
from pendamping.needs.services.days import add_holiday, remove_holiday
from pendamping.needs.tests import factories as make
from pendamping.needs.tests.factories import NIK, NOW
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


def on(number: int, month: int = 3) -> datetime:
    """Ten o'clock of a day of 2026."""
    return NOW.replace(month=month, day=number)


@pytest.fixture(autouse=True)
def _days() -> None:
    seed_clock(NOW)


@pytest.fixture
def ward() -> Region:
    return places.ward(1)


@pytest.fixture
def sari(ward: Region) -> Account:
    return personas.sari(ward)


@pytest.fixture
def voice(ward: Region) -> Voice:
    return make.voice(ward)


def due(voice: Voice, step: Step) -> date:
    return Deadline.objects.get(voice=voice, step=step).due_on


def met(voice: Voice) -> dict[str, bool]:
    return {one.step: one.met_at is not None for one in Deadline.objects.filter(voice=voice)}


def turn(voice: Voice) -> str:
    return Voice.everything.get(pk=voice.pk).turn


def write(
    voice: Voice, by: Account | None, text: str = "Sudah kami lihat", at: datetime = NOW, **facts: Any
) -> Message:
    return services.write_message(by=by, at=at, voice=voice, text=text, **facts)


def reason_of(service: Any, **facts: Any) -> Any:
    with pytest.raises(Refused) as caught:
        service(**facts)
    return caught.value.reason


# The clock


def test_the_days_off_of_two_years_are_known_with_their_decree() -> None:
    assert Holiday.objects.count() == len(holidays()) == 42
    assert Holiday.objects.get(day=date(2026, 3, 20)).decree == "SKB 3 Menteri 1497/2025, 2/2025, 5/2025"
    assert all("2027" in one.decree or "Keppres" in one.decree for one in Holiday.objects.filter(day__year=2027))


def test_what_a_city_takes_off_the_list_does_not_come_back(ward: Region) -> None:
    city = Region.objects.get(path=ward.city_path)
    off = Holiday.objects.get(day=date(2026, 12, 24))
    remove_holiday(by=personas.secretariat(city), at=NOW, city=city, holiday=off)
    seed_clock(NOW)
    assert not Holiday.objects.filter(day=date(2026, 12, 24)).exists()
    assert StepDays.objects.count() == 2


def test_a_release_with_the_decree_replaces_what_was_reckoned(ward: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reckoned for 10 March 2027, decreed for the 12th; a city has put one on the list and taken one off it."""
    city = Region.objects.get(path=ward.city_path)
    reckoned, taken, near = date(2027, 3, 10), date(2027, 3, 8), date(2027, 3, 4)
    remove_holiday(by=personas.secretariat(city), at=NOW, city=city, holiday=Holiday.objects.get(day=taken, city=None))
    add_holiday(by=None, at=NOW, city=city, day=near, title="Hari jadi", decree="Perwal")
    waits = make.voice(ward, at=NOW.replace(year=2027, month=3, day=10))
    before = due(waits, Step.ANSWER)
    decreed = [Holiday(day=one, title="Idul Fitri", decree="SKB 2027") for one in (taken, date(2027, 3, 12))]
    kept = [one for one in holidays() if one.day not in (reckoned, taken)]
    monkeypatch.setattr(clock_defaults, "holidays", lambda: [*kept, *decreed])
    for _twice in range(2):
        seed_clock(NOW)
    march = Holiday.objects.filter(day__range=(date(2027, 3, 1), date(2027, 3, 12))).order_by("day")
    assert [(one.day.day, one.decree[:6]) for one in march] == [(4, "Perwal"), (11, "Perhit"), (12, "SKB 20")]
    assert due(waits, Step.ANSWER) > before


def test_a_day_off_that_is_over_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    over = Holiday.objects.filter(day__lte=NOW.date()).count()
    monkeypatch.setattr(clock_defaults, "holidays", list)
    seed_clock(NOW)
    assert Holiday.objects.count() == over > 0


def test_a_voice_is_to_be_routed_in_three_and_answered_in_five_working_days(voice: Voice) -> None:
    assert due(voice, Step.ROUTE) == date(2026, 3, 5)
    assert due(voice, Step.ANSWER) == date(2026, 3, 9)
    assert turn(voice) == Turn.FACILITATOR


def test_days_off_move_what_is_due(ward: Region) -> None:
    voice = make.voice(ward, at=on(16))  # two working days, then the week of Idul Fitri
    assert due(voice, Step.ANSWER) == date(2026, 3, 30)


def test_a_day_off_that_is_announced_later_moves_what_is_still_due(ward: Region, sari: Account) -> None:
    voice, done = make.voice(ward), make.voice(ward)
    services.answer_voice(by=sari, at=NOW, voice=done, answer="Sudah")
    city = Region.objects.get(path=ward.city_path)
    add_holiday(by=None, at=NOW, city=city, day=date(2026, 3, 6), title="Pilkada", decree="Keppres")
    assert due(voice, Step.ROUTE) == date(2026, 3, 5), "due before it"
    assert due(voice, Step.ANSWER) == date(2026, 3, 10)
    assert due(done, Step.ANSWER) == date(2026, 3, 9)
    add_holiday(by=None, at=NOW, city=city, day=date(2026, 3, 10), title="Banjir", decree="Perwal")
    assert due(voice, Step.ANSWER) == date(2026, 3, 11), "also when it is the very day"
    Holiday.objects.filter(day=date(2026, 3, 10)).delete()
    services.pause_clock(by=sari, at=NOW, voice=voice, reason=PauseReason.SITE)
    services.resume_clock(by=sari, at=NOW, voice=voice)
    assert due(voice, Step.ANSWER) == date(2026, 3, 11), "what was told is never brought nearer"


def test_the_clock_counts_from_the_day_it_was_said(ward: Region, sari: Account) -> None:
    voice = services.record_voice(
        by=sari, at=on(11), text="Jalan gelap", region=ward, behalf="elderly", menu_item=make.menu(), heard_at=NOW
    )
    assert due(voice, Step.ANSWER) == date(2026, 3, 9)


def test_an_imported_list_has_no_clock_and_nobody_of_it_is_asked(ward: Region, sari: Account) -> None:
    voice = make.voice(ward, channel=Channel.IMPORT)
    services.answer_voice(by=sari, at=NOW, voice=voice, answer="Selesai 2024")
    assert not Deadline.objects.exists()
    assert not Solving.objects.exists()


def test_days_of_a_category_come_before_those_of_all_and_of_the_city_before_everybodys(ward: Region) -> None:
    city = Region.objects.get(path=ward.city_path)
    flood = Category.objects.create(
        key="banjir-uji", title={"id": "Banjir"}, valid_from=date(2020, 1, 1), created_at=NOW
    )

    def given(days: int, city: Region | None, category: Category | None, since: date = date(2020, 1, 1)) -> None:
        StepDays.objects.create(
            city=city, category=category, scope=scope_key(city, category), step=Step.ANSWER, days=days,
            legal_basis="Perwal", valid_from=since, created_at=NOW,
        )  # fmt: skip

    assert days_given(ward.path, flood, day(NOW)) == {Step.ROUTE: 3, Step.ANSWER: 5}
    given(4, city, None)
    assert days_given(ward.path, flood, day(NOW))[Step.ANSWER] == 4
    given(1, None, flood)
    assert days_given(ward.path, flood, day(NOW))[Step.ANSWER] == 1
    assert days_given(ward.path, None, day(NOW))[Step.ANSWER] == 4
    given(2, city, flood)
    given(9, city, flood, since=date(2026, 3, 3))  # begins tomorrow
    assert days_given(ward.path, flood, day(NOW))[Step.ANSWER] == 2
    assert days_given(ward.path, flood, date(2026, 3, 3))[Step.ANSWER] == 9
    assert days_given("9999", None, day(NOW))[Step.ANSWER] == 5


def test_gathering_routes_a_voice_and_its_giver_still_waits_for_a_first_word(
    voice: Voice, ward: Region, sari: Account
) -> None:
    make.need(ward, voices=[voice])
    assert met(voice) == {Step.ROUTE: True, Step.ANSWER: False}
    assert turn(voice) == Turn.FACILITATOR
    write(voice, sari)
    assert met(voice) == {Step.ROUTE: True, Step.ANSWER: True}
    assert turn(voice) == Turn.NOBODY, "it goes on with its need"


def test_a_voice_that_had_its_first_word_goes_on_with_its_need(voice: Voice, ward: Region, sari: Account) -> None:
    write(voice, sari)
    make.need(ward, voices=[voice])
    assert turn(voice) == Turn.NOBODY


def test_words_for_all_answer_those_joined_and_gathered_too(voice: Voice, ward: Region, sari: Account) -> None:
    other = make.voice(ward)
    services.merge_voice(by=sari, at=NOW, voice=other, into=voice)
    make.need(ward, voices=[voice])
    assert met(other) == {Step.ROUTE: True, Step.ANSWER: False}
    write(voice, sari, is_public=True)
    assert met(other) == {Step.ROUTE: True, Step.ANSWER: True}


def test_an_answer_meets_every_step_and_asks_whether_it_is_solved(voice: Voice, sari: Account) -> None:
    done = services.answer_voice(by=sari, at=NOW, voice=voice, answer="Sudah dibersihkan")
    assert met(voice) == {Step.ROUTE: True, Step.ANSWER: True}
    assert turn(voice) == done.turn == Turn.NOBODY
    assert Solving.objects.get(voice=voice).answer == ""


def test_an_answered_need_is_done_for_all_its_voices(ward: Region, sari: Account) -> None:
    voices = [make.voice(ward), make.voice(ward)]
    need = make.need(ward, voices=voices)
    services.answer_need(by=sari, at=NOW, need=need, answer="Bukan kewenangan kelurahan")
    assert Solving.objects.count() == 2
    assert [turn(voice) for voice in voices] == [Turn.NOBODY, Turn.NOBODY]


# The thread


def test_words_of_an_office_are_the_first_answer(voice: Voice, sari: Account) -> None:
    message = write(voice, sari)
    assert (message.speaker, message.written_by, message.asks) == (Speaker.OFFICE, sari, False)
    assert met(voice) == {Step.ROUTE: True, Step.ANSWER: True}
    assert turn(voice) == Turn.FACILITATOR, "it still waits for an answer or a need"


def test_a_question_stops_the_clock_until_the_resident_writes(voice: Voice, sari: Account) -> None:
    write(voice, sari, "Di sebelah mana?", asks=True)
    assert met(voice) == {Step.ROUTE: True, Step.ANSWER: False}
    assert turn(voice) == Turn.RESIDENT
    assert Pause.objects.get().reason == PauseReason.RESIDENT
    write(voice, None, "Dekat masjid", at=on(4))
    assert (Pause.objects.get().first_day, Pause.objects.get().last_day) == (date(2026, 3, 3), date(2026, 3, 4))
    assert due(voice, Step.ANSWER) == date(2026, 3, 11), "two days later than the ninth"
    assert turn(voice) == Turn.FACILITATOR


def test_a_question_answered_the_same_day_takes_nothing_out(voice: Voice, sari: Account) -> None:
    write(voice, sari, "Di mana?", asks=True)
    write(voice, None, "Dekat masjid")
    assert not Pause.objects.exists()
    assert due(voice, Step.ANSWER) == date(2026, 3, 9)


def test_a_residents_reply_goes_back_to_the_office_that_asked(voice: Voice, ward: Region) -> None:
    write(voice, personas.camat(places.district()), "Di mana?", asks=True)
    write(voice, None, "Dekat masjid")
    assert turn(voice) == Turn.DISTRICT


def test_a_residents_word_on_a_gathered_voice_gives_the_turn_back(voice: Voice, ward: Region, sari: Account) -> None:
    make.need(ward, voices=[voice])
    write(voice, None, "Kapan diperiksa?")
    assert turn(voice) == Turn.FACILITATOR
    write(voice, sari, "Hari Kamis")
    assert turn(voice) == Turn.NOBODY


def test_words_are_masked_and_the_journal_holds_none(voice: Voice, sari: Account) -> None:
    message = write(voice, None, f"Hubungi saya {NIK}, telepon 081234567890")
    assert NIK not in message.text
    assert "081234567890" not in message.text
    entry = JournalEntry.objects.get(verb="needs.message_written")
    assert (entry.reason, entry.office, entry.actor_uid) == ("", "", None)
    assert "Hubungi" not in str(entry.changes)


def test_a_message_sent_twice_is_one(voice: Voice, sari: Account) -> None:
    op = make.Voice().uid
    first, second = write(voice, sari, op=op), write(voice, sari, op=op)
    assert first == second
    assert Message.objects.count() == 1


def test_photos_are_as_public_as_their_message(voice: Voice, sari: Account) -> None:
    theirs = write(voice, None, photos=[make.picture(1)])
    private = write(voice, sari, photos=[make.picture(2)])
    public = write(voice, sari, photos=[make.picture(3)], is_public=True)
    assert [one.photos.get().is_public for one in (theirs, private, public)] == [False, False, True]


def test_only_an_office_makes_a_message_public_and_a_hidden_one_is_shown_to_nobody(voice: Voice, sari: Account) -> None:
    theirs = write(voice, None, is_public=True)
    kept, shown = write(voice, sari), write(voice, sari, is_public=True)
    assert list(public_messages(voice)) == [shown]
    assert list(shown_messages(voice)) == [theirs, kept, shown]
    Hiding.objects.create(voice=voice, message=shown, reason=HideReason.OTHER, created_at=NOW)
    assert list(public_messages(voice)) == []
    assert list(shown_messages(voice)) == [theirs, kept]
    assert list(thread(voice)) == [theirs, kept, shown]


@pytest.mark.parametrize("text", ["", "  \n "])
def test_empty_words_are_refused(voice: Voice, sari: Account, text: str) -> None:
    assert reason_of(write, voice=voice, by=sari, text=text) == Reason.WORDS_MISSING


def test_once_answered_only_an_office_writes_and_asks_nothing(voice: Voice, sari: Account) -> None:
    services.answer_voice(by=sari, at=NOW, voice=voice, answer="Sudah")
    assert reason_of(write, voice=voice, by=None) == messages.Reason.ALREADY_ANSWERED
    assert reason_of(write, voice=voice, by=sari, asks=True) == messages.Reason.NOT_ASKED_AFTERWARDS
    write(voice, sari, "Foto hasilnya menyusul")
    assert turn(voice) == Turn.NOBODY


# Turns and pauses


def test_each_office_answers_under_its_own_name(ward: Region, sari: Account) -> None:
    people = {
        Turn.FACILITATOR: sari, Turn.WARD: personas.lurah(ward), Turn.DISTRICT: personas.camat(places.district()),
        Turn.CITY: personas.person("secretariat", places.city()),
    }  # fmt: skip
    for office, account in people.items():
        assert turn_of(scope_of(account, day(NOW)), ward.path) == office


def test_each_sees_the_voices_whose_turn_is_theirs(ward: Region, sari: Account) -> None:
    mine, passed, other = make.voice(ward), make.voice(ward), make.voice(places.ward(2))
    lurah, camat = personas.lurah(ward), personas.camat(places.district())
    services.pass_turn(by=sari, at=NOW, voice=passed, turn=Turn.WARD)

    def waiting(account: Account) -> set[Voice]:
        return set(Voice.objects.filter(my_turn(scope_of(account, day(NOW)))))

    assert waiting(sari) == {mine}
    assert waiting(lurah) == {passed}
    assert waiting(camat) == set()
    assert waiting(personas.wati(places.ward(2))) == {other}
    assert waiting(personas.account("tanpa-peran")) == set()


def test_passing_a_voice_on_routes_it(voice: Voice, sari: Account) -> None:
    services.pass_turn(by=sari, at=NOW, voice=voice, turn=Turn.DISTRICT)
    assert met(voice) == {Step.ROUTE: True, Step.ANSWER: False}
    assert turn(voice) == Turn.DISTRICT
    again = {"by": sari, "at": NOW, "voice": voice, "turn": Turn.DISTRICT}
    assert reason_of(services.pass_turn, **again) == clocks.Reason.TURN_SAME


def test_a_pause_moves_every_open_deadline_by_its_working_days(voice: Voice, sari: Account) -> None:
    services.pause_clock(by=sari, at=NOW, voice=voice, reason=PauseReason.OTHER, words="Banjir; jalan tertutup")
    assert due(voice, Step.ROUTE) == date(2026, 3, 5), "nothing moves before it ends"
    services.resume_clock(by=sari, at=on(4), voice=voice)
    assert due(voice, Step.ROUTE) == date(2026, 3, 9)
    assert due(voice, Step.ANSWER) == date(2026, 3, 11)
    entry = JournalEntry.objects.get(verb="needs.clock_paused")
    assert (entry.reason, entry.is_public) == ("Banjir; jalan tertutup", True)


def test_only_a_running_clock_is_paused_and_only_a_paused_one_resumed(voice: Voice, sari: Account) -> None:
    pause = {"by": sari, "at": NOW, "voice": voice, "reason": PauseReason.SITE}
    assert reason_of(services.resume_clock, by=sari, at=NOW, voice=voice) == clocks.Reason.NOT_PAUSED
    assert reason_of(services.pause_clock, **{**pause, "reason": PauseReason.OTHER}) == (
        clocks.Reason.PAUSE_WORDS_MISSING
    )
    services.pause_clock(**pause)
    assert reason_of(services.pause_clock, **pause) == clocks.Reason.ALREADY_PAUSED
    services.answer_voice(by=sari, at=on(4), voice=voice, answer="Sudah")
    assert reason_of(services.pause_clock, **pause) == clocks.Reason.NOTHING_RUNS
    assert not Pause.objects.filter(last_day__isnull=True).exists()
    assert due(voice, Step.ANSWER) == date(2026, 3, 11), "whether it was in time is judged without the paused days"


# Going up


def test_what_is_missed_goes_up_the_tree_step_by_step_and_each_is_told_once(voice: Voice) -> None:
    Deadline.objects.filter(step=Step.ROUTE).update(met_at=NOW)
    seen = []
    for number in (9, 10, 12, 13, 16, 25, 27):  # due on Monday the ninth; 18-24 March are days off
        seen.append((number, escalate_due(on(number)), turn(voice)))
        assert escalate_due(on(number)) == 0
    assert seen == [
        (9, 0, Turn.FACILITATOR), (10, 1, Turn.WARD), (12, 0, Turn.WARD), (13, 1, Turn.DISTRICT),
        (16, 0, Turn.DISTRICT), (25, 0, Turn.DISTRICT), (27, 1, Turn.CITY),
    ]  # fmt: skip
    told = [entry.changes["turn"] for entry in JournalEntry.objects.filter(verb="needs.voice_escalated").order_by("id")]
    assert told == [["facilitator", "ward"], ["ward", "district"], ["district", "city"]]


def test_what_waits_for_somebody_or_is_done_does_not_go_up(ward: Region, sari: Account) -> None:
    paused, done = make.voice(ward), make.voice(ward)
    services.pause_clock(by=sari, at=NOW, voice=paused, reason=PauseReason.SITE)
    services.answer_voice(by=sari, at=NOW, voice=done, answer="Sudah")
    assert escalate_due(on(31)) == 0
    services.resume_clock(by=sari, at=on(31), voice=paused)
    assert escalate_due(on(31)) == 0, "late by no day that counts"


def test_a_deadline_met_between_reading_and_acting_does_not_go_up(voice: Voice, sari: Account) -> None:
    stale = Deadline.objects.select_related("voice").get(voice=voice, step=Step.ANSWER)
    services.answer_voice(by=sari, at=NOW, voice=voice, answer="Sudah")
    assert escalate_voice(by=None, at=on(31), deadline=stale).escalated_to == ""
    assert turn(voice) == Turn.NOBODY


def test_a_turn_higher_up_is_not_taken_away(voice: Voice, sari: Account) -> None:
    services.pass_turn(by=sari, at=NOW, voice=voice, turn=Turn.CITY)
    assert escalate_due(on(10)) == 1
    assert turn(voice) == Turn.CITY


def test_a_voice_about_persons_goes_to_the_city_and_nobody_reads_of_it(voice: Voice) -> None:
    Voice.objects.filter(pk=voice.pk).update(is_confidential=True)
    assert escalate_due(on(10)) == 2
    assert turn(voice) == Turn.CITY
    assert not JournalEntry.objects.filter(verb="needs.voice_escalated", is_public=True).exists()


def test_all_rounds_read_more_than_one_batch(ward: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pendamping.needs.services.clock.AT_ONCE", 2)
    for _number in range(3):
        make.voice(ward)
    assert escalate_due(on(10)) == 6


def test_after_a_missed_deadline_a_reply_goes_to_the_office_that_was_told(voice: Voice, sari: Account) -> None:
    escalate_due(on(13))
    write(voice, sari, "Di mana?", at=on(13), asks=True)
    write(voice, None, "Dekat masjid", at=on(16))
    assert turn(voice) == Turn.DISTRICT


# Voices that were joined


def joined(ward: Region, sari: Account, at: datetime = NOW) -> tuple[Voice, Voice]:
    """A voice, and a later one that was joined with it."""
    first, second = make.voice(ward), make.voice(ward)
    services.merge_voice(by=sari, at=at, voice=second, into=first)
    return first, second


def test_the_turn_of_joined_voices_is_one_and_their_first_answer_stays_due(ward: Region, sari: Account) -> None:
    first, second = joined(ward, sari)
    assert (turn(first), turn(second)) == (Turn.FACILITATOR, Turn.NOBODY)
    assert (met(first)[Step.ROUTE], met(second)) == (False, {Step.ROUTE: True, Step.ANSWER: False})
    services.pass_turn(by=sari, at=NOW, voice=first, turn=Turn.WARD)
    assert escalate_due(on(10)) == 2, "of both the answer is missed"
    assert (turn(first), turn(second)) == (Turn.WARD, Turn.NOBODY), "and whoever has the one is told"
    entries = JournalEntry.objects.filter(verb="needs.voice_escalated").order_by("id")
    assert [(one.subject_code, one.changes["turn"][1]) for one in entries] == [
        (first.code, Turn.WARD), (second.code, Turn.WARD)
    ]  # fmt: skip


def test_the_higher_turn_of_two_is_that_of_both(ward: Region, sari: Account) -> None:
    first, second = make.voice(ward), make.voice(ward)
    services.pass_turn(by=sari, at=NOW, voice=second, turn=Turn.DISTRICT)
    services.merge_voice(by=sari, at=NOW, voice=second, into=first)
    assert (turn(first), turn(second)) == (Turn.DISTRICT, Turn.NOBODY)


def test_joined_voices_stand_still_together(ward: Region, sari: Account) -> None:
    first, second = joined(ward, sari)
    services.pause_clock(by=sari, at=NOW, voice=first, reason=PauseReason.SITE)
    third = make.voice(ward)
    services.merge_voice(by=sari, at=NOW, voice=third, into=first)
    assert escalate_due(on(31)) == 0
    services.resume_clock(by=sari, at=on(4), voice=first)
    assert {due(one, Step.ANSWER) for one in (first, second, third)} == {date(2026, 3, 11)}


def test_only_what_all_may_read_answers_the_joined_ones(ward: Region, sari: Account) -> None:
    first, second = joined(ward, sari)
    write(first, sari, "Terima kasih, Bu")
    assert (met(first)[Step.ANSWER], met(second)[Step.ANSWER]) == (True, False)
    told = write(first, sari, "Selokan dikeruk hari Senin", is_public=True)
    assert met(second)[Step.ANSWER]
    assert list(messages_for_giver(Voice.objects.get(pk=second.pk))) == [told], (
        "and its giver reads it in their own thread"
    )
    services.part_voice(by=sari, at=NOW, voice=second)
    assert list(messages_for_giver(Voice.objects.get(pk=second.pk))) == []


def test_what_a_giver_of_a_joined_voice_writes_is_somebodys_turn(ward: Region, sari: Account) -> None:
    _first, second = joined(ward, sari)
    write(second, None, "Airnya sudah masuk rumah")
    assert turn(second) == Turn.FACILITATOR
    write(second, sari)
    assert turn(second) == Turn.NOBODY


def test_a_parted_voice_has_its_own_turn_again(ward: Region, sari: Account) -> None:
    first, second = joined(ward, sari)
    escalate_due(on(10))
    services.part_voice(by=sari, at=on(10), voice=second)
    assert turn(second) == Turn.WARD, "where its missed deadline had brought it"
    assert turn(first) == Turn.WARD


def test_an_answered_voice_is_passed_to_nobody(voice: Voice, sari: Account) -> None:
    services.answer_voice(by=sari, at=NOW, voice=voice, answer="Sudah")
    assert reason_of(services.pass_turn, by=sari, at=NOW, voice=voice, turn=Turn.WARD) == Reason.VOICE_ALREADY_HANDLED
    assert turn(voice) == Turn.NOBODY


def test_the_days_of_a_category_outlive_its_version(ward: Region) -> None:
    city = Region.objects.get(path=ward.city_path)
    flood, again = (
        Category.objects.create(city=of, key="banjir-uji", title={"id": "Banjir"}, valid_from=begun, created_at=NOW)
        for of, begun in ((None, date(2020, 1, 1)), (city, date(2026, 1, 1)))
    )
    StepDays.objects.create(
        city=city, category=flood, scope=scope_key(city, flood), step=Step.ANSWER, days=1, legal_basis="Perwal",
        valid_from=date(2020, 1, 1), created_at=NOW,
    )  # fmt: skip
    assert days_given(ward.path, again, day(NOW))[Step.ANSWER] == 1


# Is it solved?


def answered(voice: Voice, by: Account) -> Voice:
    return services.answer_voice(by=by, at=NOW, voice=voice, answer="Sudah dibersihkan")


def say(voice: Voice, answer: Solved, at: datetime = NOW, words: str = "") -> Voice:
    return services.say_solved(by=None, at=at, voice=voice, answer=answer, words=words)


@pytest.mark.parametrize("answer", [Solved.YES, Solved.PARTLY])
def test_yes_and_partly_are_kept_and_open_nothing(voice: Voice, sari: Account, answer: Solved) -> None:
    answered(voice, sari)
    say(voice, answer, words=f"Terima kasih {NIK}")
    solving = Solving.objects.get(voice=voice)
    assert (solving.answer, solving.reopened_at) == (answer, None)
    assert NIK not in solving.words
    assert Voice.objects.get().state == VoiceState.ANSWERED


def test_no_opens_the_voice_again_and_what_was_answered_stays_readable(voice: Voice, sari: Account) -> None:
    answered(voice, sari)
    say(voice, Solved.NO, at=on(6))
    voice = Voice.objects.get()
    assert (voice.state, voice.turn, voice.answer) == (VoiceState.HEARD, Turn.FACILITATOR, "")
    assert [(one.text, one.is_public) for one in thread(voice)] == [("Sudah dibersihkan", True)]
    assert due(voice, Step.SOLVE) == date(2026, 3, 13), "five working days anew"
    assert Deadline.objects.get(step=Step.ANSWER).met_at == NOW, "the first answer stays the first"
    assert not list(counters.differences())


def test_no_opens_it_once(voice: Voice, sari: Account) -> None:
    answered(voice, sari)
    say(voice, Solved.NO)
    answered(Voice.objects.get(), sari)
    assert reason_of(say, voice=voice, answer=Solved.NO) == messages.Reason.SAID_ALREADY
    assert Solving.objects.count() == 1
    assert Deadline.objects.filter(met_at__isnull=True).count() == 0


def test_nobody_says_so_before_they_are_asked(voice: Voice) -> None:
    assert reason_of(say, voice=voice, answer=Solved.NO) == messages.Reason.NOT_ASKED


def test_a_voice_of_an_answered_need_opens_again_within_its_need_and_is_answered_by_itself(
    voice: Voice, ward: Region, sari: Account
) -> None:
    need = make.need(ward, voices=[voice])
    services.answer_need(by=sari, at=NOW, need=need, answer="Tidak bisa")
    say(voice, Solved.NO)
    assert Voice.objects.get().state == VoiceState.GATHERED
    write(Voice.objects.get(), sari, "Kami lihat lagi")
    assert turn(voice) == Turn.FACILITATOR, "it waits until it is answered"
    answered(Voice.objects.get(), sari)
    assert Voice.objects.get().state == VoiceState.ANSWERED
    assert not list(counters.differences())


def test_a_gathered_voice_that_was_not_opened_again_is_answered_with_its_need_only(voice: Voice, ward: Region) -> None:
    make.need(ward, voices=[voice])
    assert reason_of(answered, voice=voice, by=personas.sari(ward)) == Reason.VOICE_ALREADY_HANDLED


def test_a_completed_work_asks_all_whose_voice_it_began_with(ward: Region, sari: Account) -> None:
    proposal = make.submitted(ward)
    voice = Voice.objects.get()
    for _again in range(2):
        services.ask_whether_solved(by=sari, at=NOW, proposal=proposal)
    assert Solving.objects.get().voice == voice
    assert JournalEntry.objects.filter(verb="needs.solved_asked").count() == 1
    say(voice, Solved.NO, at=NOW + timedelta(days=1))
    assert Voice.objects.get().state == VoiceState.GATHERED
    assert turn(voice) == Turn.FACILITATOR
