"""The attendance register: each person once by phone, list or paper; counted, merged, and forgotten in time."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest

from pendamping.access.tests import personas
from pendamping.core import journal
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.deliberation import sealed, services
from pendamping.deliberation.enums.ladder import LadderReason
from pendamping.deliberation.enums.meetings import Reason
from pendamping.deliberation.enums.presence import PresenceReason
from pendamping.deliberation.models import Attendance, Invitation, Meeting, PaperSheet, Presence
from pendamping.deliberation.queries.composition import composition, in_the_room
from pendamping.deliberation.queries.presence import presence_for_minutes
from pendamping.deliberation.rules.register import TypedRow
from pendamping.deliberation.services.register import Facts, phone_hash
from pendamping.deliberation.services.sheets import photo_of
from pendamping.deliberation.tests.factories import AT, DAY, called, counted
from pendamping.deliberation.tests.presence_factories import guest, invited, pointed, present, rts, sheet, typed
from pendamping.needs.tests.factories import NOW, picture
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db

NAME = "Sumirah Rekaan"


@pytest.fixture
def ward() -> Region:
    return places.ward()


@pytest.fixture
def meeting(ward: Region) -> Meeting:
    return called(ward)


def shown(meeting: Meeting, device: str = "hp-1", **facts: Any) -> Presence:
    row = Facts(**{"sex": "f", **facts})
    return services.show_up(by=None, at=AT, meeting=meeting, facts=row, device=phone_hash(meeting, device))


def refused(act: Any, *args: Any, **facts: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        act(*args, **facts)
    return caught.value


def test_the_register_opens_on_the_day(meeting: Meeting) -> None:
    facts = {"by": personas.sari(meeting.region), "meeting": meeting, "facts": Facts(sex="f")}
    assert refused(services.add_presence, at=NOW, **facts).reason == Reason.MEETING_NOT_YET
    assert refused(present, meeting, sex="").reason == PresenceReason.SEX_MISSING
    other = places.rt(places.rw(places.ward(2)))
    assert refused(present, meeting, place=other).reason == PresenceReason.OTHER_AREA


def test_one_phone_puts_one_person_on_it_however_often_it_sends(meeting: Meeting) -> None:
    first = shown(meeting, age_group="adult")
    assert shown(meeting, age_group="adult") == first
    second = refused(shown, meeting, sex="m")
    assert (second.reason, second.params) == (PresenceReason.OTHER_ON_PHONE, {"number": 1})
    assert shown(meeting, device="hp-2").number == 2
    assert Presence.objects.count() == 2


def test_the_same_operation_is_one_row(meeting: Meeting) -> None:
    op = uuid.uuid4()
    facts = {"by": personas.sari(meeting.region), "at": AT, "meeting": meeting, "facts": Facts(sex="f"), "op": op}
    assert services.add_presence(**facts) == services.add_presence(**facts)
    assert Presence.objects.count() == 1


def counted_until(meeting: Meeting, end: timedelta) -> None:
    """People may be counted from two hours before AT."""
    begin = AT - timedelta(hours=2)
    services.set_phase(
        by=personas.sari(meeting.region), at=NOW, meeting=meeting, phase="attendance", opens_at=begin,
        closes_at=AT + end,
    )  # fmt: skip


def late(meeting: Meeting, after: timedelta, claimed: timedelta | None = timedelta(), **facts: Any) -> Presence:
    """Put on the register at AT by a phone without a signal; word of it arrives so much later."""
    op = facts.pop("op", None)
    return services.add_presence(
        by=personas.sari(meeting.region), at=AT + after, meeting=meeting, facts=Facts(**{"sex": "f", **facts}), op=op,
        claimed_at=None if claimed is None else AT + claimed,
    )  # fmt: skip


def test_word_that_came_late_is_one_row_however_often_it_is_sent(meeting: Meeting) -> None:
    op, two_hours = uuid.uuid4(), timedelta(hours=2)
    first = late(meeting, two_hours, op=op, name=NAME)
    again = late(meeting, two_hours + timedelta(minutes=3), op=op, name=NAME)
    assert first == again and Presence.objects.count() == 1
    entry = JournalEntry.objects.get(verb="deliberation.presence_added")
    assert entry.changes["claimed_at"].startswith("2026-03-10 03:00") and entry.at == AT + two_hours
    assert NAME not in str(entry.changes)
    late(meeting, timedelta(seconds=20), sex="m")
    assert "claimed_at" not in JournalEntry.objects.latest("pk").changes


def test_the_hours_may_end_while_somebody_waits_on_the_phone_and_the_close_may_not(meeting: Meeting) -> None:
    counted_until(meeting, timedelta(minutes=30))
    after = timedelta(hours=1)
    assert refused(late, meeting, after, None).reason == LadderReason.ATTENDANCE_SHUT
    assert refused(late, meeting, after, timedelta(days=3)).reason == LadderReason.ATTENDANCE_SHUT
    assert late(meeting, after).number == 1
    services.cancel_meeting(by=personas.lurah(meeting.region), at=AT + after, meeting=meeting, reason="Banjir")
    assert refused(late, meeting, after).reason == Reason.MEETING_CANCELLED
    assert Presence.objects.count() == 1


def test_a_late_word_that_is_refused_leaves_nothing_and_mended_it_is_taken(ward: Region, meeting: Meeting) -> None:
    [one] = invited(meeting, "pkk")
    op, hour = uuid.uuid4(), timedelta(hours=1)
    present(meeting, name=NAME)
    entries = JournalEntry.objects.count()
    assert refused(late, meeting, hour, name=NAME, op=op).reason == PresenceReason.SAME_NAME
    assert (Presence.objects.count(), JournalEntry.objects.count()) == (1, entries)
    assert late(meeting, hour, name=f"{NAME} dari gang buntu", op=op).number == 2  # nothing was kept of the refused
    facts = {"by": personas.sari(ward), "meeting": meeting, "facts": Facts(sex="f"), "invitation": one}
    services.add_presence(**facts, at=AT, claimed_at=AT)
    twice = refused(services.add_presence, **facts, at=AT + hour, claimed_at=AT)
    assert (twice.reason, twice.params) == (PresenceReason.INVITED_PRESENT, {"number": 3})


def test_the_same_name_and_rt_stand_once(ward: Region, meeting: Meeting) -> None:
    first, second = rts(ward)
    present(meeting, name=NAME, place=first)
    twice = refused(present, meeting, name="Ibu SUMIRAH rekaan", place=first)
    assert (twice.reason, twice.params, twice.field) == (PresenceReason.SAME_NAME, {"number": 1}, "name")
    present(meeting, name=NAME, place=second)  # a namesake
    assert Presence.objects.count() == 2


def test_two_rows_of_one_person_become_one(ward: Region, meeting: Meeting) -> None:
    [rt, *_rest] = rts(ward)
    kept = shown(meeting)
    double = present(meeting, name=NAME, place=rt, capacity="pkk", is_poor=True)
    services.strike_presence(by=personas.sari(ward), at=AT, presence=double, same_as=kept)
    kept.refresh_from_db()
    double.refresh_from_db()
    assert (sealed.name_of(kept), kept.place, kept.capacity, kept.is_poor) == (NAME, rt, "pkk", True)
    assert (sealed.name_of(double), double.device, double.same_as) == ("", "", kept)
    assert in_the_room(meeting).present == 1
    again = refused(services.strike_presence, by=None, at=AT, presence=double)
    assert again.reason == PresenceReason.STRUCK
    itself = refused(services.strike_presence, by=None, at=AT, presence=kept, same_as=kept)
    assert itself.reason == PresenceReason.SAME_AS_ITSELF
    present(meeting, name="Lain", place=rt)
    assert Presence.objects.filter(struck_at=None).count() == 2


def test_the_register_is_counted_in_one_act(ward: Region, meeting: Meeting) -> None:
    facts = {"by": personas.sari(ward), "at": AT, "meeting": meeting}
    assert refused(services.count_register, **facts).reason == PresenceReason.REGISTER_EMPTY
    present(meeting, age_group="youth", capacity="pkk")
    present(meeting, sex="m", is_disabled=True, capacity="rt")
    services.count_register(**facts)
    counts = Attendance.objects.get(meeting=meeting)
    assert (counts.women, counts.men, counts.youth, counts.pkk, counts.rt_rw, counts.disabled) == (1, 1, 1, 1, 1, 1)


def test_heads_counted_hold_and_the_register_says_which_rts_were_heard(ward: Region, meeting: Meeting) -> None:
    first, second = rts(ward)
    present(meeting, place=first)
    room = composition(meeting)
    assert (room.present, room.heard, room.missing) == (1, {first.path}, (second.path,))
    counted(meeting)
    room = composition(meeting)
    assert (room.women, room.men, room.heard) == (21, 19, {first.path})


def test_an_rt_closed_before_the_day_is_not_missed(ward: Region, meeting: Meeting) -> None:
    first, second = rts(ward)
    Region.objects.filter(pk=second.pk).update(valid_to=DAY - timedelta(days=1))
    assert composition(meeting).expected == {first.path}


def test_rows_of_a_sheet_count_once_it_is_confirmed(ward: Region, meeting: Meeting) -> None:
    paper = sheet(meeting)
    typed(paper, TypedRow(1, "f", NAME), TypedRow(2, "m"), TypedRow(3))
    assert in_the_room(meeting).present == 0
    wrong = refused(services.confirm_sheet, by=personas.sari(ward), at=AT, sheet=paper, heads=3)
    assert (wrong.reason, wrong.params) == (PresenceReason.HEADS_DIFFER, {"heads": 3, "typed": 2})
    services.confirm_sheet(by=personas.sari(ward), at=AT, sheet=paper, heads=2)
    assert in_the_room(meeting).present == 2
    assert refused(typed, paper, TypedRow(4, "f")).reason == PresenceReason.SHEET_FIXED


def test_typing_again_replaces_and_a_double_names_its_row(ward: Region, meeting: Meeting) -> None:
    [rt, *_rest] = rts(ward)
    there = present(meeting, name=NAME, place=rt)
    paper = sheet(meeting)
    typed(paper, TypedRow(1, "f", "Satu"), TypedRow(2, "f", "Dua"))
    double = refused(typed, paper, TypedRow(1, "f", "Satu"), TypedRow(5, "f", NAME, rt.path))
    assert (double.reason, double.field) == (PresenceReason.ROW_TWICE, "row_5")
    assert double.params == {"row": 5, "number": there.number}
    assert [row.sheet_row for row in paper.presences.all()] == [1, 2]  # all or none
    typed(paper, TypedRow(7, "m", "Tiga"))
    assert [(row.sheet_row, sealed.name_of(row)) for row in paper.presences.all()] == [(7, "Tiga")]


def test_the_photo_of_a_sheet_lies_sealed(ward: Region, meeting: Meeting) -> None:
    paper, photo = sheet(meeting), picture()
    services.keep_photo(by=personas.sari(ward), at=AT, sheet=paper, photo=photo)
    paper.refresh_from_db()
    assert photo_of(paper) == photo.data
    from django.core.files.storage import storages

    with storages["evidence"].open(paper.file_name, "rb") as stored:
        assert photo.data not in stored.read()


def test_names_are_dropped_when_their_time_is_over(ward: Region, meeting: Meeting, settings: Any) -> None:
    settings.ATTENDANCE_NAMES_DAYS = 30
    one = guest(meeting)
    row, phone = present(meeting, name=NAME, is_poor=True), shown(meeting)
    paper = sheet(meeting)
    services.keep_photo(by=personas.sari(ward), at=AT, sheet=paper, photo=picture())
    services.count_register(by=personas.sari(ward), at=AT, meeting=meeting)
    name = PaperSheet.objects.get(pk=paper.pk).file_name
    assert services.drop_names(AT + timedelta(days=30)) == 0
    assert services.drop_names(AT + timedelta(days=31)) == 1
    assert services.drop_names(AT + timedelta(days=32)) == 0
    for each in (row, phone):
        each.refresh_from_db()
        assert (sealed.name_of(each), each.name_digest, each.device, each.is_poor) == ("", "", "", None)
    one = Invitation.objects.get(pk=one.pk)
    assert (sealed.name_of(one), sealed.address_of(one), one.subject_key) == ("", "", None)
    assert name
    assert PaperSheet.objects.get(pk=paper.pk).file_name == ""
    assert (composition(meeting).women, composition(meeting).groups["poor"]) == (2, 1)  # the counts stay
    assert JournalEntry.objects.filter(verb="deliberation.names_dropped").count() == 1


def test_the_minutes_are_told_counts_and_missing_rts_alone(ward: Region, meeting: Meeting) -> None:
    first, second = rts(ward)
    for nth in range(6):
        present(meeting, place=first, capacity="pkk", name=f"{NAME} {nth}", is_poor=nth == 0)
    told = presence_for_minutes(meeting)
    groups = dict(told["groups"])
    assert (told["women"], told["men"], told["heard"], told["expected"]) == (6, 0, 1, 2)
    assert told["missing"] == [second.place_label]
    assert ("PKK", "6") in told["capacities"]
    assert sorted(set(groups.values())) == ["0", "6", "kurang dari 5"] or "fewer than 5" in groups.values()
    assert NAME not in str(told)


def test_nothing_of_anybody_is_in_the_journal_or_readable_in_a_table(ward: Region, meeting: Meeting) -> None:
    from tests.journey.test_no_person_stays import every_text

    one = guest(meeting, label="", name=NAME, way="whatsapp", address="0812 3456 7890")
    services.answer_invitation(by=None, at=NOW, invitation=one, answer="sending", instead=NAME)
    invited(meeting, "pkk")
    pointed(meeting)
    shown(meeting, name=NAME)
    row = present(meeting, name=NAME, place=rts(ward)[0])
    typed(sheet(meeting), TypedRow(1, "f", f"{NAME} dua"))
    services.strike_presence(by=personas.sari(ward), at=AT, presence=row)
    services.count_register(by=personas.sari(ward), at=AT, meeting=meeting)
    counted(meeting)
    found = [where for where, told in every_text() if "Sumirah" in told or "34567890" in told]
    assert found == []
    assert list(journal.verify()) == []
    assert "Sumirah" not in str(list(JournalEntry.objects.values_list("changes", "subject_label", "reason")))
