"""Rules of a year, reasons for what lacks, chairs and phases, as acts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.deliberation import services
from pendamping.deliberation.enums.ladder import LadderReason, RulesOrigin
from pendamping.deliberation.enums.meetings import MeetingState, Reason
from pendamping.deliberation.models import ChairChange, Meeting, MeetingPhase, MeetingRules, Waiver
from pendamping.deliberation.queries import ladder as queries
from pendamping.deliberation.services.register import Facts
from pendamping.deliberation.tests.factories import AT, DAY, YEAR, called, counted, decided, put, ready, ruled
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def ward() -> Region:
    return places.ward()


def refusal(service: Callable[..., Any], **facts: Any) -> Any:
    with pytest.raises(Refused) as caught:
        service(at=facts.pop("at", AT), **facts)
    return caught.value.reason


def held(ward: Region, **people: int) -> Meeting:
    """A counted meeting whose only proposal is decided."""
    meeting = called(ward)
    decided(put(meeting))
    return counted(meeting, **people)


def close(meeting: Meeting) -> Meeting:
    return services.close_meeting(by=personas.lurah(meeting.region), at=AT, meeting=meeting)


def waive(meeting: Meeting, requirement: str, **facts: Any) -> Waiver:
    given = {"ground": "other", "reason": "Hujan deras sejak pagi", **facts}
    return services.waive(by=personas.lurah(meeting.region), at=AT, meeting=meeting, requirement=requirement, **given)


def test_a_meeting_keeps_the_rules_it_was_called_under(ward: Region) -> None:
    first = called(ward)
    assert (first.rules.origin, first.rules.version) == (RulesOrigin.DEFAULT, 1)
    made = ruled(places.city(), valid_from=date(2026, 3, 1), quorum=50)
    first.rules.refresh_from_db()
    assert (made.version, first.rules.valid_to) == (2, date(2026, 2, 28))
    assert called(ward).rules == made
    assert Meeting.objects.get(pk=first.pk).rules.version == 1
    entry = JournalEntry.objects.get(verb="deliberation.rules_set")
    assert entry.changes["quorum"] == [20, 50]


def test_a_new_year_begins_with_last_years_rules(ward: Region) -> None:
    ruled(places.city(), quorum=44, opens_on=date(2026, 2, 1), closes_on=date(2026, 2, 28))
    next_year = called(ward, fiscal_year=YEAR + 1).rules
    assert (next_year.origin, next_year.quorum, next_year.opens_on) == (
        RulesOrigin.CARRIED_OVER, 44, date(2027, 2, 1),
    )  # fmt: skip
    called(ward, fiscal_year=YEAR + 1)
    assert MeetingRules.objects.filter(fiscal_year=YEAR + 1).count() == 1


def test_two_versions_never_hold_at_once(ward: Region) -> None:
    city = places.city()
    made = ruled(city)
    assert refusal(
        services.set_meeting_rules, by=personas.secretariat(city), city=city, kind=made.kind, fiscal_year=YEAR,
        valid_from=made.valid_from, legal_basis="Perwal", notice_days=0, quorum=0, women=0, rts=0, objection_days=0,
    ) == LadderReason.HOLDS_FROM_EARLIER  # fmt: skip
    copy = {name: getattr(made, name) for name in ("city", "kind", "fiscal_year", "legal_basis", "created_at")}
    with pytest.raises(IntegrityError), transaction.atomic():
        MeetingRules.objects.create(
            **copy, version=9, valid_from=date(2026, 9, 1), notice_days=0, quorum=0, women=0, rts=0, objection_days=0
        )


def test_what_lacks_blocks_the_close_until_it_is_reasoned_and_is_printed(ward: Region) -> None:
    meeting = held(ward, women=2, men=10, youth=0, disabled=0)
    assert refusal(services.close_meeting, by=personas.lurah(ward), meeting=meeting) == (
        LadderReason.REQUIREMENTS_MISSING
    )
    waive(meeting, "quorum")
    with pytest.raises(Refused) as caught:
        close(meeting)
    assert "perempuan" in caught.value.message and "orang" not in caught.value.message
    waive(meeting, "women", ground="no_woman", reason="Tiga RT hanya mengutus laki-laki")
    told = JournalEntry.objects.filter(verb="deliberation.requirement_waived").latest("id")
    assert (told.is_public, told.reason) == (True, "Tiga RT hanya mengutus laki-laki")
    done = close(meeting)
    paper = services.issue_minutes(meeting=done, at=AT)
    with paper.file.open("rb") as file:
        text = " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())
    for words in (
        "Diminta: paling sedikit 20 orang. Yang ada: 12 orang.",
        "Hujan deras sejak pagi",
        "hanya mengutus laki-laki",
    ):
        assert words in text


def test_a_reason_is_void_when_people_leave(ward: Region) -> None:
    meeting = held(ward, women=6, men=9, youth=0, disabled=0)
    waive(meeting, "quorum")
    assert queries.open_gaps_of(meeting) == []
    counted(meeting, women=5, men=9, youth=0, disabled=0)
    assert [gap.found for gap in queries.open_gaps_of(meeting)] == [14]
    assert queries.standings(meeting)[2].void is not None
    assert refusal(services.close_meeting, by=personas.lurah(ward), meeting=meeting) == (
        LadderReason.REQUIREMENTS_MISSING
    )
    waive(meeting, "quorum")
    assert Waiver.objects.get().found == 14
    assert close(meeting).state == MeetingState.CLOSED


def test_who_may_state_a_reason_and_for_what(ward: Region) -> None:
    meeting, lurah = held(ward, women=6, men=9, youth=0, disabled=0), personas.lurah(ward)
    facts = {"meeting": meeting, "requirement": "quorum", "ground": "other", "reason": "Hujan"}
    assert refusal(services.waive, by=personas.sari(ward), **facts) == Reason.NOT_DECIDER
    assert refusal(services.waive, by=lurah, **{**facts, "reason": " "}) == Reason.REASON_MISSING
    assert refusal(services.waive, by=lurah, **{**facts, "requirement": "women"}) == LadderReason.NOT_MISSING
    assert refusal(services.waive, by=lurah, **{**facts, "ground": "no_woman"}) == LadderReason.GROUND_UNFIT
    assert refusal(services.waive, by=lurah, **facts, at=AT - timedelta(days=1)) == Reason.MEETING_NOT_YET
    made = waive(meeting, "quorum", reason="Hubungi 081234567890 dulu")
    assert "081234567890" not in made.reason
    close(meeting)
    assert refusal(services.waive, by=lurah, **facts) == Reason.MEETING_CLOSED


def test_representation_that_is_impossible(ward: Region) -> None:
    """An RT without residents: every RT is asked for, heads alone were counted, the chair gives the ground."""
    places.rt(places.rw(ward))
    ruled(places.city(), rts=1000)
    meeting = held(ward)
    assert [gap.requirement.value for gap in queries.open_gaps_of(meeting)] == ["rts"]
    waive(meeting, "rts", ground="empty_rt", reason="RT 001 kosong sejak relokasi")
    assert close(meeting).state == MeetingState.CLOSED


def test_rules_that_ask_nothing_let_any_meeting_close(ward: Region) -> None:
    ruled(places.city(), quorum=0, women=0, notice_days=0, objection_days=0)
    assert close(held(ward, women=0, men=1, youth=0, disabled=0)).state == MeetingState.CLOSED


def test_moving_a_meeting_counts_its_notice_anew(ward: Region) -> None:
    ruled(places.city(), notice_days=5)
    meeting = called(ward)
    assert "notice" not in {gap.requirement.value for gap in queries.gaps_of(meeting)}
    tomorrow = DAY + timedelta(days=1)
    moved = services.move_meeting(
        by=personas.sari(ward), at=AT, meeting=meeting, held_on=tomorrow, reason="Aula dipakai"
    )
    found = {gap.requirement.value: gap.found for gap in queries.gaps_of(moved)}
    assert found["notice"] == 1


def test_the_chair_changes_and_the_minutes_say_so(ward: Region) -> None:
    meeting, sari = held(ward), personas.sari(ward)
    facts = {"by": sari, "meeting": meeting, "office": "Ketua LPM", "reason": "Lurah dipanggil camat"}
    assert refusal(services.change_chair, since=AT + HOUR, **facts) == LadderReason.CHAIR_BEFORE
    assert refusal(services.change_chair, since=AT, **{**facts, "office": "lurah"}) == LadderReason.CHAIR_SAME
    assert refusal(services.change_chair, since=AT, **{**facts, "reason": ""}) == Reason.REASON_MISSING
    services.change_chair(at=AT, since=AT - HOUR, **facts)
    assert queries.chair_of(meeting) == "Ketua LPM"
    assert refusal(services.change_chair, since=AT - 2 * HOUR, **{**facts, "office": "Lurah"}) == (
        LadderReason.CHAIR_BEFORE
    )
    told = JournalEntry.objects.get(verb="deliberation.chair_changed")
    assert (told.changes["chair"], told.reason) == (["Lurah", "Ketua LPM"], "Lurah dipanggil camat")
    paper = services.issue_minutes(meeting=close(meeting), at=AT)
    with paper.file.open("rb") as file:
        text = " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())
    assert "Ketua LPM. Lurah dipanggil camat" in text
    assert refusal(services.change_chair, since=AT, **{**facts, "office": "Lurah"}) == Reason.MEETING_CLOSED
    with pytest.raises(IntegrityError), transaction.atomic():
        ChairChange.objects.create(meeting=meeting, office="", since=AT, reason="x", created_at=AT)


def test_acts_outside_their_phase_are_refused_with_the_hour(ward: Region) -> None:
    meeting, sari = called(ward), personas.sari(ward)
    facts = {"by": sari, "meeting": meeting, "opens_at": AT + HOUR, "closes_at": AT + 2 * HOUR}
    before = AT - timedelta(days=3)
    for phase in ("attendance", "proposals"):
        services.set_phase(at=before, phase=phase, **facts)
    with pytest.raises(Refused) as caught:
        counted(meeting)
    assert caught.value.reason == LadderReason.ATTENDANCE_SHUT
    assert "11.00" in caught.value.message
    assert refusal(services.put_proposal, by=sari, meeting=meeting, proposal=ready(ward)) == (
        LadderReason.NOT_CALLED_YET
    )
    item = services.put_proposal(by=sari, at=AT + HOUR, meeting=meeting, proposal=ready(ward))
    services.set_phase(at=AT + HOUR, phase="agenda", **{**facts, "opens_at": AT + 1.5 * HOUR})
    assert refusal(services.take_off_agenda, by=sari, item=item, at=AT + 1.6 * HOUR) == LadderReason.AGENDA_FIXED


def test_nobody_comes_on_the_register_outside_its_hours_and_a_late_hall_gets_more(ward: Region) -> None:
    meeting, sari = called(ward), personas.sari(ward)
    decided(put(meeting))
    facts = {"by": sari, "meeting": meeting, "phase": "attendance", "opens_at": AT - 3 * HOUR}
    services.set_phase(at=AT - 4 * HOUR, closes_at=AT - HOUR, **facts)
    people = Facts(sex="f")
    assert refusal(services.add_presence, by=sari, meeting=meeting, facts=people) == LadderReason.ATTENDANCE_SHUT
    shown = {"by": None, "meeting": meeting, "facts": people, "device": "x"}
    assert refusal(services.show_up, **shown) == LadderReason.ATTENDANCE_SHUT
    with pytest.raises(Refused):
        counted(meeting)  # without more time this meeting could never be closed
    longer = services.set_phase(at=AT, closes_at=AT + HOUR, reason="Hujan, orang masih datang", **facts)
    assert (longer.opens_at, MeetingPhase.objects.count()) == (AT - 3 * HOUR, 1)
    assert services.add_presence(at=AT, by=sari, meeting=meeting, facts=people).number == 1
    assert close(counted(meeting)).state == MeetingState.CLOSED


def test_hours_that_did_not_begin_move_with_the_meeting(ward: Region) -> None:
    meeting, sari = called(ward), personas.sari(ward)
    before, facts = AT - timedelta(days=4), {"by": sari, "meeting": meeting}
    services.set_phase(at=before, phase="proposals", opens_at=before - HOUR, closes_at=before + HOUR, **facts)
    services.set_phase(at=before, phase="attendance", opens_at=AT - HOUR, closes_at=AT + HOUR, **facts)
    moved = {"held_on": DAY + timedelta(days=2), "reason": "Aula dipakai"}
    services.move_meeting(at=before, **facts, **moved)
    hours = {one.phase: (one.opens_at, one.closes_at, one.reason) for one in MeetingPhase.objects.all()}
    day = timedelta(days=2)
    assert hours["attendance"] == (AT - HOUR + day, AT + HOUR + day, "Aula dipakai")
    assert hours["proposals"] == (before - HOUR, before + HOUR, "")


def test_a_phase_is_moved_with_a_reason_before_it_begins(ward: Region) -> None:
    meeting, sari = called(ward), personas.sari(ward)
    facts = {"by": sari, "meeting": meeting, "phase": "attendance", "closes_at": AT + 9 * HOUR}
    services.set_phase(at=AT, opens_at=AT + HOUR, **facts)
    assert refusal(services.set_phase, opens_at=AT + 2 * HOUR, **facts) == LadderReason.REASON_TO_MOVE
    moved = services.set_phase(at=AT, opens_at=AT + 2 * HOUR, reason="Listrik padam", **facts)
    assert (moved.opens_at, MeetingPhase.objects.count()) == (AT + 2 * HOUR, 1)
    late = {"opens_at": AT + 3 * HOUR, "reason": "Lagi", "at": AT + 2 * HOUR}
    assert refusal(services.set_phase, **facts, **late) == LadderReason.PHASE_BEGUN
    with pytest.raises(IntegrityError), transaction.atomic():
        MeetingPhase.objects.create(meeting=meeting, phase="agenda", opens_at=AT, closes_at=AT, created_at=AT)
