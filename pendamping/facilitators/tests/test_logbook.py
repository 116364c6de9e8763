"""Lines written, repaired, verified and returned; promises kept; thresholds; absences."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from pendamping.core import journal
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.facilitators.enums import absences as away
from pendamping.facilitators.enums.logbook import Reason
from pendamping.facilitators.models import Assignment, LogEntry
from pendamping.facilitators.queries import absences as absence_queries
from pendamping.facilitators.queries import logbook as queries
from pendamping.facilitators.services import absences, assignments, log_verification, logbook
from pendamping.facilitators.tests import appointment_factories as service
from pendamping.facilitators.tests import logbook_factories as make
from pendamping.facilitators.tests.appointment_factories import NOW, TODAY
from pendamping.needs.tests.factories import picture
from pendamping.regions.models import Boundary
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def ani() -> Assignment:
    return make.placed()


def refusal(act: Callable[..., Any], **given: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        act(**{"at": NOW, **given})
    return caught.value


def kinds(entry: LogEntry) -> list[str]:
    return [flag.kind for flag in entry.flags.all()]


def told(verb: str) -> JournalEntry:
    return JournalEntry.objects.filter(verb=verb).latest("id")


def test_a_line_is_kept_whole_and_told_to_the_journal_alone(ani: Assignment) -> None:
    made = make.entry(
        ani, problem="Saluran tersumbat", photos=[picture(30), picture(200)], linked_code=ani.code.lower()
    )
    assert (made.state, made.assignment, made.women, made.men, made.vulnerable) == ("written", ani, 6, 4, 2)
    assert (made.photos.count(), made.linked_code, kinds(made)) == (2, ani.code, [])
    entry = told("facilitators.log_written")
    assert (entry.is_public, entry.office, entry.subject_code) == (False, "ward_facilitator", made.code)
    assert entry.changes == {"day": "2026-02-02", "activity": "visit", "flags": []}
    assert not any(photo.is_public for photo in made.photos.all())
    assert list(journal.verify()) == []


def test_the_same_operation_is_one_line(ani: Assignment) -> None:
    op = uuid.uuid4()
    first, again = (
        logbook.write_entry(by=ani.account, at=NOW, op=op, region=ani.region, **make.facts()) for _ in (1, 2)
    )
    assert first == again
    assert LogEntry.objects.count() == 1


def test_numbers_and_names_of_people_are_masked(ani: Assignment) -> None:
    made = make.entry(ani, what="Bertemu Pak Budi Santoso, NIK 3278014506950002", place="Rumah Ibu Siti Aminah")
    assert "3278014506950002" not in made.what
    assert "Siti" not in made.place


def test_an_earlier_day_within_the_assignment_is_fine_and_one_after_its_end_is_refused_with_the_days(
    ani: Assignment,
) -> None:
    assignments.end_assignment(
        by=service.secretariat(), at=NOW, assignment=ani, ended_on=TODAY - DAY * 5, reason="Dipindah"
    )
    made = make.entry(ani, day=TODAY - DAY * 6)
    assert made.assignment == ani
    caught = refusal(logbook.write_entry, by=ani.account, region=ani.region, **make.facts())
    assert (caught.reason, caught.field) == (Reason.NOT_THEN, "day")
    assert "1 Januari 2026" in caught.message
    assert "28 Januari 2026" in caught.message
    elsewhere = refusal(logbook.write_entry, by=ani.account, region=places.ward(2), **make.facts())
    assert elsewhere.reason == Reason.NOT_ASSIGNED


def test_a_closed_month_takes_no_line_no_repair_and_no_return(ani: Assignment, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make.entry(ani)
    monkeypatch.setattr(queries, "month_is_closed", lambda account, year, month, on=None: (year, month) == (2026, 2))
    given = {"by": ani.account, "region": ani.region, **make.facts()}
    assert refusal(logbook.write_entry, **given).reason == Reason.MONTH_CLOSED
    assert refusal(logbook.repair_entry, entry=made, **given).reason == Reason.MONTH_CLOSED
    assert refusal(logbook.repair_entry, entry=made, **{**given, "day": date(2026, 1, 5)}).reason == Reason.MONTH_CLOSED
    caught = refusal(log_verification.return_entry, by=make.coordinator(), entry=made, reason="x")
    assert caught.reason == Reason.MONTH_CLOSED
    assert log_verification.verify_entry(by=make.coordinator(), at=NOW, entry=made).state == "verified"
    asked = refusal(
        absences.ask_absence, by=ani.account, kind="leave", first_day=date(2026, 1, 20), last_day=TODAY, why="x"
    )
    assert asked.reason == away.Reason.MONTH_CLOSED


def test_a_coordinator_writes_about_wards_of_the_district(ani: Assignment) -> None:
    boss = service.appointed("Ina Contoh", kind="area_coordinator")
    placed = assignments.assign(
        by=service.secretariat(), at=NOW, appointment=boss, region=places.district(), starts_on=service.START,
        ends_on=service.END,
    )  # fmt: skip
    made = make.entry(placed, region=ani.region)
    assert (made.region, made.assignment) == (ani.region, placed)


@pytest.mark.parametrize(
    ("changes", "reason", "field"),
    [
        ({"what": " "}, Reason.WHAT_MISSING, "what"),
        ({"vulnerable": 11}, Reason.TOO_MANY_VULNERABLE, "vulnerable"),
        ({"linked_code": "bukan kode"}, Reason.CODE_UNREADABLE, "linked_code"),
        ({"longitude": None}, Reason.FIX_PARTIAL, "latitude"),
        ({"day": TODAY + DAY}, Reason.DAY_AHEAD, "day"),
    ],
)
def test_facts_that_cannot_be_meant_are_refused_at_their_field(
    ani: Assignment, changes: dict[str, Any], reason: Reason, field: str
) -> None:
    caught = refusal(logbook.write_entry, by=ani.account, region=ani.region, **make.facts(**changes))
    assert (caught.reason, caught.field) == (reason, field)
    assert LogEntry.objects.count() == 0


def test_what_catches_the_eye_is_flagged_and_never_refused(ani: Assignment) -> None:
    Boundary.objects.create(
        region=ani.region, west=108.0, south=-8.0, east=108.1, north=-7.9,
        geometry={"type": "Polygon", "coordinates": [[[108.0, -8.0], [108.1, -8.0], [108.1, -7.9], [108.0, -8.0]]]},
    )  # fmt: skip
    photo = picture(30)
    first = make.entry(ani, photos=[photo])
    assert kinds(first) == ["outside"]
    away_line = make.entry(
        ani, at=NOW + DAY * 5, day=TODAY, begins=time(3), ends=time(3, 30), latitude=None, longitude=None,
        photos=[photo],
    )  # fmt: skip
    assert kinds(away_line) == ["no_fix", "same_photo", "same_text", "out_of_hours", "late"]
    assert {flag.note for flag in away_line.flags.all() if flag.kind.startswith("same")} == {first.code}
    assert away_line.accuracy_m is None
    assert told("facilitators.log_written").changes["flags"] == kinds(away_line)
    assert set(queries.flagged(queries.entries(), "late")) == {away_line}
    assert set(queries.flagged(queries.entries())) == {first, away_line}


def test_a_photo_out_of_somebody_elses_line_is_seen(ani: Assignment) -> None:
    photo = picture(30)
    first = make.entry(ani, photos=[photo])
    ina = make.placed(places.ward(2), "Ina Contoh")
    copied = make.entry(ina, what="Meninjau jembatan bersama ketua RW setempat", photos=[photo])
    assert [(flag.kind, flag.note) for flag in copied.flags.all()] == [("same_photo", first.code)]


def test_a_device_without_signal_is_not_late_and_a_claim_from_the_future_counts_for_nothing(ani: Assignment) -> None:
    late = {"at": NOW + DAY * 20}
    assert kinds(make.entry(ani, **late)) == ["late"]
    other = "Menghadiri musyawarah warga di balai RW"
    offline = make.entry(ani, **late, what=other, noted_at=NOW)
    assert (kinds(offline), offline.noted_at) == (["held_back"], NOW)
    soon = make.entry(ani, at=NOW + DAY * 3, what="Menemui pengurus posyandu di RW 05", noted_at=NOW)
    assert (kinds(soon), soon.noted_at) == ([], NOW)
    before = make.entry(ani, **late, what="Mendata lampu jalan yang mati", noted_at=NOW - DAY)
    assert (kinds(before), before.noted_at) == (["late"], None)
    assert make.entry(ani, what="Memeriksa papan proyek", noted_at=NOW + DAY).noted_at is None


def test_the_thresholds_of_the_city_hold_from_their_day(ani: Assignment) -> None:
    assert queries.rules_on("3278", TODAY).late_days == 3
    make.thresholds(date(2026, 1, 1), late_days=30)
    make.thresholds(date(2026, 2, 3), late_days=0, work_days="7531")
    assert queries.rules_on("3278", TODAY).late_days == 30
    assert queries.rules_on("3278", TODAY + DAY).work_days == "1357"
    assert kinds(make.entry(ani, at=NOW + DAY * 20)) == []
    assert told("facilitators.log_rules_set").changes["late_days"] == [30, 0]
    with pytest.raises(Refused) as caught:
        make.thresholds(date(2026, 2, 3))
    assert caught.value.reason == Reason.NOT_LATER


def test_a_line_sent_back_is_repaired_and_waits_again(ani: Assignment) -> None:
    made = make.returned(ani, problem="Hujan")
    assert (made.state, made.returned_reason, made.returns) == ("returned", "Sebutkan RT-nya", 1)
    assert list(queries.logs_waiting_for_repair(ani.account)) == [made]
    assert not queries.logs_waiting_to_verify()
    facts = make.facts(problem="Hujan", what="Mendampingi rapat RT 02 tentang selokan", photos=[picture()])
    mended = logbook.repair_entry(by=ani.account, at=NOW, entry=made, region=ani.region, **facts)
    assert (mended.state, mended.returned_reason, mended.returns, mended.photos.count()) == ("written", "", 1, 1)
    assert list(queries.logs_waiting_to_verify()) == [mended]
    kept = mended.versions.get()
    assert kept.said == {"what": make.facts()["what"]}
    assert told("facilitators.log_repaired").changes == {"changed": "what", "before": kept.digest, "flags": []}


def test_a_line_repaired_to_another_day_counts_as_written_then(ani: Assignment) -> None:
    early, later = make.entry(ani), NOW + DAY * 20
    facts = make.facts(what="Menghadiri musyawarah warga di balai RW")
    same = logbook.repair_entry(by=ani.account, at=later, entry=early, region=ani.region, **facts)
    assert (kinds(same), same.written_at) == ([], NOW)
    moved = logbook.repair_entry(
        by=ani.account, at=later, entry=early, region=ani.region, **{**facts, "day": TODAY + DAY * 9}
    )
    assert (kinds(moved), moved.written_at, moved.noted_at) == (["late"], later, None)


def test_no_word_and_no_place_of_a_line_goes_into_the_journal(ani: Assignment) -> None:
    made = make.entry(ani, problem="Talang bocor")
    facts = make.facts(latitude=Decimal("-7.311111"), what="Mengukur selokan", problem="Hujan", day=TODAY - DAY)
    logbook.repair_entry(by=ani.account, at=NOW, entry=made, region=ani.region, **facts)
    assert made.versions.get().said == {
        "day": "2026-02-02", "what": make.facts()["what"], "latitude": "-7.300000", "problem": "Talang bocor",
    }  # fmt: skip
    make.done(ani.account, "needs.need_verified", ani.region)
    logbook.gather(ani.account, TODAY, TODAY)
    fell_in = LogEntry.objects.get(source__isnull=False)
    for words in ("Hujan deras", "Gerimis"):
        logbook.add_words(by=ani.account, at=NOW, entry=fell_in, problem=words)
    assert fell_in.versions.get().said == {"problem": "Hujan deras"}
    journal_says = str(list(JournalEntry.objects.values_list("changes", "reason")))
    for word in ("selokan", "Hujan", "Gerimis", "Talang", "7.3"):
        assert word not in journal_says


def test_a_line_of_another_or_one_verified_is_not_changed(ani: Assignment) -> None:
    made, ina = make.entry(ani), make.placed(places.ward(2), "Ina Contoh")
    given = {"entry": made, "region": ani.region, **make.facts()}
    assert refusal(logbook.repair_entry, by=ina.account, **given).reason == Reason.NOT_YOURS
    log_verification.verify_entry(by=make.coordinator(), at=NOW, entry=made)
    assert refusal(logbook.repair_entry, by=ani.account, **given).reason == Reason.VERIFIED_ALREADY


def test_photos_of_a_line_are_four_at_most_also_after_a_repair(ani: Assignment) -> None:
    made = make.entry(ani, photos=[picture(n) for n in (10, 20, 30)])
    given = {"entry": made, "region": ani.region, **make.facts(photos=[picture(40), picture(50)])}
    assert refusal(logbook.repair_entry, by=ani.account, **given).reason == Reason.TOO_MANY_PHOTOS


def test_many_lines_are_verified_at_once_all_or_none_and_never_ones_own(ani: Assignment) -> None:
    boss = make.coordinator()
    lines = [make.entry(ani, what=f"Kunjungan ke rumah warga nomor {n}") for n in range(3)]
    log_verification.verify_entries(by=boss, at=NOW, entries=lines)
    assert set(LogEntry.objects.values_list("state", "verified_by")) == {("verified", boss.pk)}
    assert JournalEntry.objects.filter(verb="facilitators.log_verified").count() == 3
    fresh = make.entry(ani, what="Kunjungan terakhir hari ini ke warga")
    caught = refusal(log_verification.verify_entries, by=boss, entries=[lines[0], fresh])
    assert caught.reason == Reason.NOT_WAITING
    fresh.refresh_from_db()
    assert fresh.state == "written"
    assert refusal(log_verification.verify_entry, by=ani.account, entry=fresh).reason == Reason.OWN_ENTRY
    assert refusal(log_verification.verify_entries, by=boss, entries=[]).reason == Reason.NOTHING_CHOSEN


def test_a_promise_waits_until_it_is_kept(ani: Assignment) -> None:
    made = make.entry(ani, follow_up="Ukur panjang selokan", follow_up_by=TODAY + DAY * 2)
    assert list(queries.follow_ups_waiting(ani.account, TODAY)) == [made]
    assert not queries.follow_ups_waiting(ani.account, TODAY - DAY * 2)
    log_verification.verify_entry(by=make.coordinator(), at=NOW, entry=made)
    done = logbook.finish_follow_up(by=ani.account, at=NOW, entry=made, on=TODAY)
    assert done.follow_up_done_on == TODAY
    assert not queries.follow_ups_waiting(ani.account, TODAY)
    assert refusal(logbook.finish_follow_up, by=ani.account, entry=made, on=TODAY).reason == Reason.FOLLOW_UP_DONE


def test_days_show_lines_gaps_and_what_explains_them(ani: Assignment) -> None:
    make.entry(ani, day=date(2026, 1, 29))
    make.approved(ani, first_day=date(2026, 1, 30), last_day=date(2026, 1, 30))
    shown = queries.days(ani.account, date(2026, 1, 28), date(2026, 2, 3), today=TODAY)
    assert [(one.day.day, len(one.lines), one.absence is not None, one.is_gap) for one in shown] == [
        (28, 0, False, True), (29, 1, False, False), (30, 0, True, False), (31, 0, False, False), (1, 0, False, False),
        (2, 0, False, True), (3, 0, False, False),
    ]  # fmt: skip


def test_an_absence_is_asked_for_and_decided_and_the_journal_knows_days_only(ani: Assignment) -> None:
    asked = make.asked(ani)
    assert (asked.region, asked.state) == (ani.region, "asked")
    assert absence_queries.reason_of(asked) == "Demam, istirahat atas saran dokter"
    assert b"Demam" not in bytes(asked.reason_cipher)
    assert list(absence_queries.absences_waiting()) == [asked]
    assert told("facilitators.absence_asked").changes == {"first_day": "2026-02-02", "last_day": "2026-02-02"}
    boss = make.coordinator()
    own = refusal(absences.decide_absence, by=ani.account, absence=asked, approve=True)
    assert own.reason == away.Reason.OWN_ABSENCE
    unsaid = refusal(absences.decide_absence, by=boss, absence=asked, approve=False)
    assert unsaid.reason == away.Reason.REASON_MISSING
    decided = absences.decide_absence(by=boss, at=NOW, absence=asked, approve=False, reason="Lampirkan surat")
    assert (decided.state, decided.decided_by, decided.decided_reason) == ("refused", boss, "Lampirkan surat")
    assert "sick" not in str(list(JournalEntry.objects.values_list("changes", "reason", "subject_label")))


def test_an_absence_taken_back_forgets_its_reason_and_makes_room(ani: Assignment) -> None:
    asked = make.asked(ani)
    overlapping = refusal(
        absences.ask_absence, by=ani.account, kind="leave", first_day=TODAY - DAY, last_day=TODAY, why="Acara"
    )
    assert (overlapping.reason, asked.code in overlapping.message) == (away.Reason.OVERLAPS, True)
    gone = absences.withdraw_absence(by=ani.account, at=NOW, absence=asked)
    assert (gone.state, absence_queries.reason_of(gone)) == ("withdrawn", "")
    assert make.asked(ani).pk != asked.pk


def test_an_absence_stands_at_the_smallest_place_around_the_wards_served(ani: Assignment) -> None:
    assignments.assign(
        by=service.secretariat(), at=NOW, appointment=ani.appointment, region=places.ward(2), starts_on=service.START,
        ends_on=service.END,
    )  # fmt: skip
    assert make.asked(ani).region == places.district()
    outside = refusal(
        absences.ask_absence,
        by=ani.account,
        kind="leave",
        first_day=date(2027, 1, 4),
        last_day=date(2027, 1, 4),
        why="x",
    )
    assert outside.reason == away.Reason.NOT_SERVING


def test_the_database_itself_keeps_a_verifier_and_a_writer_apart(ani: Assignment) -> None:
    made = make.entry(ani)
    made.state, made.verified_at, made.verified_by = "verified", NOW, ani.account
    with pytest.raises(ValidationError, match="logentry_verifier_not_writer"):
        made.validate_constraints()


def test_nobody_judges_the_days_of_a_peer_or_of_somebody_above(ani: Assignment) -> None:
    people = {}
    for name, kind, place in (
        ("Ina Contoh", "area_coordinator", places.district()), ("Ida Contoh", "area_coordinator", places.district()),
        ("Ian Contoh", "city_coordinator", places.city()),
    ):  # fmt: skip
        people[name] = assignments.assign(
            by=service.secretariat(), at=NOW, appointment=service.appointed(name, kind=kind), region=place,
            starts_on=service.START, ends_on=service.END,
        )  # fmt: skip
    area, peer, city, boss = (*people.values(), service.secretariat())
    line = {of.role: make.entry(of, region=ani.region, what=f"Menilik {of.code}") for of in (peer, city, ani)}
    away_for = {of.role: make.asked(of) for of in (peer, city, ani)}
    for role in ("area_coordinator", "city_coordinator"):
        caught = refusal(log_verification.verify_entry, by=area.account, entry=line[role])
        assert caught.reason == Reason.NOT_ABOVE
        caught = refusal(log_verification.return_entry, by=area.account, entry=line[role], reason="x")
        assert caught.reason == Reason.NOT_ABOVE
        caught = refusal(absences.decide_absence, by=area.account, absence=away_for[role], approve=True)
        assert caught.reason == away.Reason.NOT_ABOVE
    for who, roles in (
        (area, ["ward_facilitator"]), (city, ["area_coordinator", "ward_facilitator"]),
        (None, ["area_coordinator", "city_coordinator", "ward_facilitator"]),
    ):  # fmt: skip
        account = who.account if who else boss
        waits = queries.logs_waiting_for_verifier(account, TODAY)
        assert sorted(one.assignment.role for one in waits) == roles
        asked = absence_queries.absences_waiting_for_decider(account, TODAY)
        assert sorted(absence_queries.role_in(one) for one in asked) == roles
    assert log_verification.verify_entry(by=city.account, at=NOW, entry=line["area_coordinator"]).state == "verified"
    assert log_verification.verify_entry(by=boss, at=NOW, entry=line["city_coordinator"]).state == "verified"
    decided = absences.decide_absence(by=boss, at=NOW, absence=away_for["city_coordinator"], approve=True)
    assert decided.state == "approved"
