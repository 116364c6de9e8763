"""The last members lock at the same moment, two desks publish at once: each thing happens once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pendamping.facilitators.models import Interview, Objection, Ranking, StageResult
from pendamping.facilitators.services import applications, interviews, objections, rankings
from pendamping.facilitators.tests import ranking_factories as make
from pendamping.facilitators.tests.ranking_factories import NOW
from tests.harness.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_last_members_who_lock_at_once_reveal_once(shared: Callable[[], None]) -> None:
    one = make.applicant(make.interviewing(members=2))
    make.saved(one, 1, 70)
    make.saved(one, 2, 80)
    judges = [make.judge(1), make.judge(2)]
    shared()

    def lock(number: int) -> str:
        interviews.lock_scores(by=judges[number], at=NOW, application=one)
        return "locked"

    assert at_once(lambda: lock(0), lambda: lock(1)) == ["locked", "locked"]
    counted = at_once(lambda: (Interview.objects.get().scorers, str(StageResult.objects.get(stage="interview").score)))
    assert counted == [(2, "75.000")]


def test_two_desks_publish_once(shared: Callable[[], None]) -> None:
    of = make.interviewing()
    make.interviewed(make.applicant(of))
    office = make.secretariat()
    shared()

    def publish() -> str:
        rankings.publish_ranking(by=office, at=NOW, round=of)
        return "published"

    assert sorted(at_once(publish, publish)) == ["published", "ranking_not_now"]
    assert at_once(Ranking.objects.count) == [1]


def test_objection_lodged_twice_at_once_is_one_and_a_withdrawal_beside_it_makes_one_version(
    shared: Callable[[], None],
) -> None:
    _of, (first, second) = make.ranked((90, 90), (80, 80))
    shared()

    def lodge() -> str:
        objections.lodge_objection(by=None, at=NOW, application=second, stage="exam", text="Keliru")
        return "lodged"

    def withdraw() -> str:
        applications.withdraw_application(by=None, at=NOW, application=first, reason="Pindah")
        return "withdrawn"

    done = at_once(lodge, lodge, withdraw)
    assert sorted(done) == sorted(["lodged", "objection_open", "withdrawn"])
    assert at_once(lambda: (Objection.objects.count(), Ranking.objects.count())) == [(1, 2)]
