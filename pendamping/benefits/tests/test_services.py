"""Residents' answers and the count of people reached, as acts."""

from __future__ import annotations

import pytest

from pendamping.benefits import queries
from pendamping.benefits.enums import Reason
from pendamping.benefits.models import Confirmation
from pendamping.benefits.tests import factories as make
from pendamping.core import counters
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.delivery.tests import factories as delivery
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
OWN = {"benefit.answer", "reach.women", "reach.men"}


def assert_counted():
    assert [found for found in counters.differences() if found.key[0] in OWN] == []


@pytest.fixture
def work():
    return delivery.project(places.ward(), state="completed", completed_at=delivery.AT)


def test_answers_are_tallied_and_shown_from_five_on(work):
    for number in range(4):
        make.answered(work, device=f"d{number}")
    assert not queries.tally(work).is_shown
    make.answered(work, "no", device="d9")
    tally = queries.tally(work)
    assert (tally.yes, tally.partly, tally.no, tally.is_shown) == (4, 0, 1, True)
    assert counters.total("benefit.answer", under=work.ward_path, dimension="yes") == 4
    assert_counted()


def test_the_same_device_is_heard_once_per_work(work):
    make.answered(work)
    with pytest.raises(Refused) as refusal:
        make.answered(work, "no")
    assert refusal.value.reason == Reason.ALREADY_ANSWERED
    assert Confirmation.objects.count() == 1
    assert_counted()


def test_words_are_masked_and_no_answer_is_told_in_the_public_journal(work):
    said = make.answered(work, "no", words="Tanya Pak Asep 081234567890, selokan mampet")
    assert "081234567890" not in said.words
    entry = JournalEntry.objects.get(verb="benefits.benefit_confirmed")
    assert not entry.is_public
    assert (entry.reason, entry.actor_uid) == ("", None)


def test_the_facilitator_sees_whom_it_does_not_help(work):
    make.answered(work, "yes", device="a")
    make.answered(work, "partly", device="b")
    no = make.answered(work, "no", device="c")
    assert list(queries.unhappy(work.ward_path)) == [no]
    assert list(queries.unhappy(places.ward(2).path)) == []
    assert {said.answer for said in queries.words_about(work)} == {"partly", "no"}


def test_reached_stands_beside_planned_and_small_groups_stay_hidden_in_public(work):
    make.counted(work)
    inside, outside = queries.planned_and_reached(work), queries.planned_and_reached(work, public=True)
    assert (inside.planned, inside.reached) == (115, 108)
    assert (inside.groups["poor"].planned, inside.groups["poor"].reached) == (12, 3)
    assert (outside.groups["poor"].planned, outside.groups["poor"].reached) == (12, None)
    assert outside.groups["disabled"].planned is None
    assert (counters.total("reach.women", under="3278"), counters.total("reach.men", under="3278")) == (58, 50)
    assert_counted()


def test_the_count_is_made_once_and_tells_the_journal_only_the_whole(work):
    make.counted(work)
    with pytest.raises(Refused) as refusal:
        make.counted(work)
    assert refusal.value.reason == Reason.ALREADY_COUNTED
    entry = JournalEntry.objects.get(verb="benefits.reach_counted")
    assert entry.changes == {"project": work.code, "people": [115, 108]}
    assert entry.office == "ward_facilitator"


def test_an_empowerment_project_ends_with_the_count():
    course = delivery.project(
        places.ward(), stream="empowerment", title="Pelatihan menjahit", state="completed", completed_at=delivery.AT
    )
    assert not queries.is_closed_by_reach(course)
    make.counted(course)
    assert queries.is_closed_by_reach(course)


def test_residents_are_not_asked_before_completion():
    with pytest.raises(Refused) as refusal:
        make.answered(delivery.project(places.ward()))
    assert refusal.value.reason == Reason.NOT_COMPLETED
