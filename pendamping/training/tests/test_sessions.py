"""Sessions and attendance as acts: what is kept, who is told, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.regions.tests import factories as places
from pendamping.training import devices, session_letters
from pendamping.training.enums.curriculum import ActivityKind
from pendamping.training.enums.learning import EnrolmentState
from pendamping.training.enums.sessions import AttendanceChannel, Presence, Reason, SessionState
from pendamping.training.models import Enrolment, Place, Session, SheetReading
from pendamping.training.queries import sessions as queries
from pendamping.training.queries.learning import attendance_of, facts_of
from pendamping.training.rules import attendance_codes
from pendamping.training.services import attendance, curriculum, enrolments
from pendamping.training.services import sessions as services
from pendamping.training.tests import factories as make
from pendamping.training.tests.factories import NOW, STARTS
from tests.harness.together import at_once

pytestmark = pytest.mark.django_db
IN_TIME = STARTS - timedelta(minutes=5)


def refusal(service: Callable[..., Any], **facts: Any) -> str:
    with pytest.raises(Refused) as caught:
        service(**facts)
    return caught.value.code


def mark(
    place: Place, presence: str, channel: str = AttendanceChannel.LIST, by: Account | None = None, **facts: Any
) -> Place:
    facts = {"at": IN_TIME, **facts}
    return attendance.mark(by=by or make.trainer(), place=place, presence=presence, channel=channel, **facts)


def show(place: Place, phone: str = "telepon-1", at: Any = IN_TIME, code: str = "", **facts: Any) -> Place:
    session = place.session
    return attendance.show_code(
        by=place.enrolment.account, at=at, session=session, device=devices.device_hash(phone, session),
        code=code or attendance_codes.code_at(session.secret, at), **facts,
    )  # fmt: skip


def letters_of(news: str) -> list[str]:
    """What the worker sends when it comes round."""
    from django_tasks_db.models import DBTaskResult

    mail.outbox.clear()
    for queued in DBTaskResult.objects.order_by("enqueued_at"):
        args = queued.args_kwargs["args"]
        if args[1] == news:
            session_letters.send_news.call(*args)
    return [letter.body for letter in mail.outbox]


def with_mailbox(place: Place) -> Place:
    Account.objects.filter(pk=place.enrolment.account_id).update(email=f"{place.pk}@contoh.id")
    return place


def test_planned_session_keeps_a_secret_and_is_in_the_journal_without_it() -> None:
    made = services.plan_session(
        by=make.trainer(), at=NOW, version=make.version(), region=places.city(), title="Tatap muka", place="Aula",
        starts_at=STARTS, ends_at=STARTS + timedelta(hours=2), capacity=5, trainer_office="Bappeda",
    )  # fmt: skip
    assert (made.state, made.sequence, made.changed_at, len(made.secret)) == (SessionState.PLANNED, 0, NOW, 64)
    entry = JournalEntry.objects.get(verb="training.session_planned")
    assert (made.secret in str(entry.changes), entry.is_public, entry.office) == (False, False, "trainer")


def test_trainer_is_somebody_who_may_hold_a_session_there_on_that_day() -> None:
    version, district = make.version(), places.ward().parent
    assert district is not None
    facts: dict[str, Any] = {
        "by": make.manager(), "at": NOW, "version": version, "title": "Tatap muka", "place": "Aula",
        "starts_at": STARTS, "ends_at": STARTS + timedelta(hours=2), "capacity": 5,
    }  # fmt: skip
    learner, near = make.enrolled().account, personas.person("area_coordinator", district, "askot")
    leaving = personas.person("trainer", places.city(), "pergi", ends_on=NOW.date())
    for person, region in ((learner, district), (near, places.city()), (leaving, places.city())):
        assert refusal(services.plan_session, trainer=person, region=region, **facts) == Reason.TRAINER_MAY_NOT
    for person, region in ((near, district), (make.trainer(), district)):
        assert services.plan_session(trainer=person, region=region, **facts).trainer == person


def test_session_is_planned_for_a_version_withdrawn_as_long_as_somebody_learns_it() -> None:
    learner, facts = make.enrolled(), {
        "by": make.manager(), "at": NOW, "region": places.city(), "title": "Tatap muka", "place": "Aula",
        "starts_at": STARTS, "ends_at": STARTS + timedelta(hours=2), "capacity": 5, "trainer_office": "Bappeda",
    }  # fmt: skip
    curriculum.withdraw_version(by=make.manager(), at=NOW, version=learner.version)
    made = services.plan_session(version=learner.version, **facts)
    place = services.give_place(by=make.manager(), at=NOW, session=made, enrolment=learner)
    assert place.row == 1
    enrolments.leave(by=make.manager(), at=NOW, enrolment=learner, reason="Pindah kota")
    assert refusal(services.plan_session, version=learner.version, **facts) == Reason.NOT_LEARNED


def test_who_leaves_the_course_frees_places_to_come_and_keeps_what_was() -> None:
    session, held = make.session(), make.session(title="Yang lalu", starts_at=NOW - timedelta(hours=3), ends_at=NOW)
    place, past = make.placed(session), make.placed(held)
    enrolments.leave(by=make.manager(), at=NOW, enrolment=place.enrolment, reason="Pindah kota")
    for one in (place, past, session):
        one.refresh_from_db()
    assert (place.given_up_at, past.given_up_at, session.taken) == (NOW, None, 0)


def test_only_rows_that_were_read_are_confirmed() -> None:
    session = make.session()
    one, other = make.placed(session), make.placed(session, "wati", places.ward(2))
    reading = SheetReading.objects.create(
        created_at=IN_TIME, session=session, rows=[{"row": one.row, "ink": 0.1, "signed": True}]
    )
    facts = {"by": make.trainer(), "at": IN_TIME, "reading": reading}
    rows = {one.row: Presence.PRESENT, other.row: Presence.PRESENT}
    assert refusal(attendance.confirm_reading, rows=rows, **facts) == Reason.ROW_UNKNOWN
    attendance.confirm_reading(rows={one.row: Presence.PRESENT}, **facts)
    other.refresh_from_db()
    assert other.presence == ""


def test_part_of_another_course_is_no_part_of_the_session() -> None:
    version, other = make.version(), make.version(make.course("lain"), modules=1)
    part = make.activity(other.modules.get(), 4, "temu", ActivityKind.SESSION)
    code = refusal(
        services.plan_session, by=make.manager(), at=NOW, version=version, region=places.city(), title="x", place="y",
        starts_at=STARTS, ends_at=STARTS + timedelta(hours=2), capacity=5, trainer_office="Bappeda", activity=part,
    )  # fmt: skip
    assert code == Reason.OTHER_PART


def test_moved_session_raises_its_sequence_and_tells_those_expected() -> None:
    session = make.session()
    with_mailbox(make.placed(session))
    make.placed(session, "tanpa", places.ward(2))  # has no mailbox: sees it on the own page
    moved = services.move_session(
        by=make.trainer(), at=NOW, session=session, place="Gedung B", starts_at=STARTS + timedelta(days=1),
        ends_at=STARTS + timedelta(days=1, hours=2), reason="Aula banjir",
    )  # fmt: skip
    assert (moved.sequence, moved.reason, moved.place) == (1, "Aula banjir", "Gedung B")
    [body] = letters_of(session_letters.MOVED)
    assert "Gedung B" in body
    assert "Aula banjir" in body


def test_title_of_two_lines_is_one_so_that_its_letter_can_be_sent() -> None:
    made = services.plan_session(
        by=make.manager(), at=NOW, version=make.version(), region=places.city(),
        title="Tatap\nmuka ", place="Aula\r\nB",
        starts_at=STARTS, ends_at=STARTS + timedelta(hours=2), capacity=5, trainer_office="Bappeda",
    )  # fmt: skip
    assert (made.title, made.place) == ("Tatap muka", "Aula B")
    with_mailbox(make.placed(made))
    facts = {"starts_at": STARTS, "ends_at": made.ends_at, "reason": "x"}
    services.move_session(by=make.trainer(), at=NOW, session=made, place="Gedung\nB", **facts)
    assert "Gedung B" in letters_of(session_letters.MOVED)[0]


def test_cancelled_session_is_told_once_and_a_letter_of_an_older_change_is_not_sent() -> None:
    session = make.session()
    with_mailbox(make.placed(session))
    services.move_session(
        by=make.trainer(), at=NOW, session=session, place="B", starts_at=STARTS, ends_at=session.ends_at, reason="x"
    )
    services.cancel_session(by=make.trainer(), at=NOW, session=session, reason="Pelatih sakit")
    session.refresh_from_db()
    assert (session.state, session.sequence) == (SessionState.CANCELLED, 2)
    assert letters_of(session_letters.MOVED) == []
    assert len(letters_of(session_letters.CANCELLED)) == 1
    assert refusal(services.cancel_session, by=None, at=NOW, session=session, reason="lagi") == Reason.CANCELLED


def test_session_with_marks_is_neither_moved_nor_cancelled() -> None:
    place = make.placed(make.session())
    mark(place, Presence.PRESENT)
    assert refusal(services.cancel_session, by=None, at=NOW, session=place.session, reason="x") == Reason.HAS_MARKS


def test_full_session_refuses_with_the_cure_until_somebody_gives_up() -> None:
    session = make.session(capacity=1)
    first, second = make.enrolled(), make.enrolled(places.ward(2), "wati")
    place = services.give_place(by=first.account, at=NOW, session=session, enrolment=first)
    with pytest.raises(Refused) as caught:
        services.give_place(by=second.account, at=NOW, session=session, enrolment=second)
    assert (caught.value.code, caught.value.params) == (Reason.FULL, {"capacity": 1})
    services.give_up_place(by=first.account, at=NOW, place=place)
    taken = services.give_place(by=second.account, at=NOW, session=session, enrolment=second)
    assert taken.row == 2  # rows of the sheet are never given anew
    assert refusal(services.give_place, by=None, at=NOW, session=session, enrolment=first) == Reason.FULL


def test_database_itself_holds_the_capacity() -> None:
    session = make.session(capacity=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(taken=3)


@pytest.mark.django_db(transaction=True)
def test_last_place_asked_for_at_once_goes_to_one(shared: Callable[[], None]) -> None:
    session = make.session(capacity=1)
    people = [make.enrolled(places.ward(n), f"peserta{n}") for n in (1, 2, 3, 4)]
    shared()

    def ask(enrolment: Any) -> Callable[[], int]:
        return lambda: services.give_place(by=enrolment.account, at=NOW, session=session, enrolment=enrolment).row

    found = at_once(*(ask(one) for one in people))
    assert sorted(map(str, found)) == ["1", *["session_full"] * 3]


def test_everybody_of_the_version_and_area_gets_a_place_and_is_told() -> None:
    session = make.session(capacity=2)
    make.enrolled()
    make.enrolled(places.ward(2), "wati")
    services.give_all(by=make.trainer(), at=NOW, session=session)
    session.refresh_from_db()
    assert (session.taken, [one.row for one in queries.expected(session)]) == (2, [1, 2])
    assert refusal(services.give_all, by=None, at=NOW, session=session) == Reason.NOBODY_LEFT
    make.enrolled(places.ward(3), "tuti")
    assert refusal(services.give_all, by=None, at=NOW, session=session) == Reason.NOT_ENOUGH


def test_code_in_time_is_present_later_is_late() -> None:
    session = make.session()
    first, second = make.placed(session), make.placed(session, "wati", places.ward(2))
    assert show(first).presence == Presence.PRESENT
    late = show(second, "telepon-2", STARTS + timedelta(minutes=20))
    assert (late.presence, late.channel, late.marked_by) == (
        Presence.LATE,
        AttendanceChannel.QR,
        second.enrolment.account,
    )


@pytest.mark.parametrize(
    ("minutes", "reason"), [(-31, Reason.NOT_YET), (60, Reason.OVER)], ids=["before", "afterwards"]
)
def test_code_outside_the_window_says_when(minutes: int, reason: str) -> None:
    place = make.placed(make.session())
    assert refusal(show, place=place, at=STARTS + timedelta(minutes=minutes)) == reason


def test_wrong_and_old_codes_have_their_own_sentences() -> None:
    place = make.placed(make.session())
    assert refusal(show, place=place, code="000000") == Reason.WRONG_CODE
    old = attendance_codes.code_at(place.session.secret, IN_TIME - timedelta(seconds=60))
    assert refusal(show, place=place, code=old) == Reason.OLD_CODE
    assert show(place, code=attendance_codes.code_at(place.session.secret, IN_TIME - timedelta(seconds=20))).presence


def test_two_devices_at_one_qr_by_one_person_count_once() -> None:
    place = make.placed(make.session())
    first = show(place, "telepon-1")
    again = show(place, "telepon-2", STARTS + timedelta(minutes=30))
    assert (again.presence, again.marked_at, again.device) == (Presence.PRESENT, IN_TIME, first.device)
    assert JournalEntry.objects.filter(verb="training.attendance_marked").count() == 1


def test_second_person_on_one_device_is_sent_to_the_trainer() -> None:
    session = make.session()
    first, second = make.placed(session), make.placed(session, "wati", places.ward(2))
    show(first)
    assert refusal(show, place=second) == Reason.OTHER_PERSON
    second.refresh_from_db()
    assert second.presence == ""
    other = make.session(title="Tatap muka 2")  # another session knows nothing of the first
    assert show(make.placed(other, "wati")).presence == Presence.PRESENT


@pytest.mark.django_db(transaction=True)
def test_two_people_on_one_device_at_the_same_moment(shared: Callable[[], None]) -> None:
    session = make.session()
    people = [make.placed(session), make.placed(session, "wati", places.ward(2))]
    shared()

    def ask(place: Place) -> Callable[[], str]:
        return lambda: show(place).presence

    assert sorted(at_once(*map(ask, people))) == ["attendance_other_person", "present"]


def test_correction_by_list_keeps_channel_and_who_did_it() -> None:
    place = show(make.placed(make.session()))
    mark(place, Presence.EXCUSED, note="Izin keluarga")
    place.refresh_from_db()
    kept = (place.presence, place.channel, place.marked_by, place.note)
    assert kept == (Presence.EXCUSED, AttendanceChannel.LIST, make.trainer(), "Izin keluarga")
    assert "Izin" not in str(list(JournalEntry.objects.values_list("changes", "reason")))


def test_code_passed_on_does_not_undo_what_the_trainer_wrote() -> None:
    place = make.placed(make.session())
    for away in (Presence.ABSENT, Presence.EXCUSED):
        mark(place, away)
        with pytest.raises(Refused) as caught:
            show(place)
        assert caught.value.code == Reason.TRAINER_WROTE
        place.refresh_from_db()
        assert (place.presence, place.channel) == (away, AttendanceChannel.LIST)
    assert mark(place, Presence.LATE).presence == Presence.LATE


def test_trainer_also_learner_may_not_mark_themself_by_list_but_shows_the_code() -> None:
    session = make.session()
    mine = make.enrolled(of=session.version, name="pelatih")  # the trainer's own enrolment
    place = services.give_place(by=mine.account, at=NOW, session=session, enrolment=mine)
    assert mine.account == make.trainer()
    assert refusal(mark, place=place, presence=Presence.PRESENT) == Reason.SELF
    assert refusal(mark, place=place, presence=Presence.PRESENT, channel=AttendanceChannel.SHEET) == Reason.SELF
    assert mark(place, Presence.PRESENT, by=make.manager()).marked_by == make.manager()
    other = make.session(title="Tatap muka 2")
    assert show(make.placed(other, "pelatih")).presence == Presence.PRESENT


def test_learner_who_moves_ward_keeps_the_place_and_is_marked() -> None:
    place = make.placed(make.session())
    enrolment, ward = place.enrolment, places.ward(2)
    enrolment.region, enrolment.region_path = ward, ward.path
    enrolment.save()
    assert [one.pk for one in queries.places_of(enrolment.account)] == [place.pk]
    assert [one.pk for one in queries.expected(place.session)] == [place.pk]
    assert show(place).presence == Presence.PRESENT
    assert attendance_of(enrolment)[:2] == (1, 1)


def test_closing_makes_whoever_has_no_mark_absent_and_single_people_are_corrected_afterwards() -> None:
    session = make.session()
    came, missing = make.placed(session), make.placed(session, "wati", places.ward(2))
    show(came)
    over = STARTS + timedelta(hours=1)
    assert refusal(services.close_session, by=None, at=IN_TIME, session=session) == Reason.TOO_EARLY_TO_CLOSE
    services.close_session(by=make.trainer(), at=over, session=session)
    missing.refresh_from_db()
    assert (missing.presence, missing.channel, missing.marked_by) == (
        Presence.ABSENT,
        AttendanceChannel.LIST,
        make.trainer(),
    )
    assert refusal(show, place=missing, phone="b", at=STARTS + timedelta(minutes=40)) == Reason.CLOSED
    assert mark(missing, Presence.LATE, at=over).presence == Presence.LATE


def test_attendance_of_a_learner_leaves_out_excused_cancelled_and_given_up() -> None:
    sessions = [make.session(title=f"Sesi {n}") for n in range(6)]
    marks = [Presence.PRESENT, Presence.LATE, Presence.ABSENT, Presence.EXCUSED, Presence.ABSENT, ""]
    for session, presence in zip(sessions, marks, strict=True):
        place = make.placed(session)
        if presence:
            mark(place, presence)
    Session.objects.filter(pk=sessions[4].pk).update(state="cancelled", closed_at=NOW, reason="x")
    found = attendance_of(place.enrolment)
    assert (found.expected, found.attended, str(found.percent)) == (3, 2, "66.66")
    expected, attended, percent = found
    assert (expected, attended, percent) == found
    Place.objects.filter(session=sessions[2]).update(given_up_at=NOW)
    assert attendance_of(place.enrolment)[:2] == (2, 2)


def test_attendance_before_the_first_session_is_nothing_and_of_a_course_without_any_is_all() -> None:
    enrolment = make.enrolled()
    assert attendance_of(enrolment) == (0, 0, 100)
    make.session()
    assert attendance_of(enrolment) == (0, 0, 0)


def test_session_of_an_activity_is_expected_from_the_beginning_and_counts_once() -> None:
    version = make.version()
    part = make.activity(version.modules.get(key="m1"), 9, "tatap-muka", ActivityKind.SESSION)
    place = make.placed(make.session(version, activity=part))
    assert (attendance_of(place.enrolment), facts_of(place.enrolment).attended) == ((1, 0, 0), frozenset())
    show(place)
    mark(make.placed(make.session(version, activity=part, title="Ulangan")), Presence.ABSENT)
    assert (attendance_of(place.enrolment), facts_of(place.enrolment).attended) == ((1, 1, 100), {"m1"})


def test_course_is_passed_by_the_attendance_that_was_missing() -> None:
    version = make.version(pass_rule="attendance >= 80")
    place = make.placed(make.session(version))
    assert show(place).enrolment.state == EnrolmentState.ACTIVE
    assert Enrolment.objects.get(pk=place.enrolment_id).state == EnrolmentState.COMPLETED


def test_absent_too_often_is_listed_in_one_query() -> None:
    now = make.session(title="Kini")
    for number in range(3):
        session = make.session(title=f"Dulu {number}")
        for name, ward in (("sari", 1), ("wati", 2)):
            place = make.placed(session, name, places.ward(ward))
            if number < (2 if name == "sari" else 1):
                mark(place, Presence.ABSENT)
    make.placed(now)
    make.placed(now, "wati")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = queries.absentees(now)
    assert [(one.enrolment.account.username, one.absences) for one in found] == [("sari", 2)]
    assert len(asked) == 1
