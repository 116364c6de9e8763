"""A need is weighed and photographed from a fixed point; a city sets its criteria; what proposals take over."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.needs import services
from pendamping.needs.criteria import seed_criteria
from pendamping.needs.enums.assessments import Reason
from pendamping.needs.models import Criterion, Need, Proposal, Score, View
from pendamping.needs.queries.assessments import (
    criteria_in_force,
    photos_of_need,
    similar_needs,
    viewpoints_of,
    weighed,
)
from pendamping.needs.tests import factories as make
from pendamping.needs.tests.factories import NOW
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
LEVELS = [{"points": 1, "text": {"id": "Tidak"}}, {"points": 2, "text": {"id": "Ya"}}]
KEYS = ["urgency", "seriousness", "growth", "people", "poverty", "hazard", "distance"]


@pytest.fixture
def ward() -> Region:
    make.menu()
    seed_criteria(NOW)
    return places.ward(1)


@pytest.fixture
def sari(ward: Region) -> Account:
    return personas.sari(ward)


def refusal(service: Any, **facts: Any) -> Any:
    with pytest.raises(Refused) as caught:
        service(at=NOW, **facts)
    return caught.value.reason


def criterion(ward: Region, **changes: Any) -> Criterion:
    city: Any = ward.parent.parent  # type: ignore[union-attr]
    given = {
        "by": personas.secretariat(city), "at": NOW, "city": city, "key": "urgency", "title": {"id": "Genting"},
        "levels": LEVELS, "valid_from": TODAY,
    }  # fmt: skip
    return services.set_criterion(**{**given, **changes})


def scored(need: Need, sari: Account, **scores: tuple[int, str]) -> Need:
    return services.score_need(by=sari, at=NOW, need=need, scores=scores)


def keys(ward: Region, on: date = TODAY) -> list[str]:
    return [one.key for one in criteria_in_force(ward.path, on)]


class TestCriteria:
    def test_a_city_begins_with_seven(self, ward: Region) -> None:
        assert keys(ward) == KEYS
        assert seed_criteria(NOW) == 0
        assert [sorted(one.level_words) for one in criteria_in_force(ward.path, TODAY)] == [[1, 2, 3, 4, 5]] * 7

    def test_they_are_read_in_both_languages(self, ward: Region) -> None:
        first = criteria_in_force(ward.path, TODAY)[0]
        with override("en"):
            assert (first.label, first.level_words[5]) == ("Urgency", "At once")
        with override("id"):
            assert (first.label, first.level_words[5]) == ("Mendesak", "Sekarang juga")

    def test_a_city_sets_its_own_in_place_of_the_one_for_all(self, ward: Region) -> None:
        made = criterion(ward, position=1)
        found = criteria_in_force(ward.path, TODAY)
        assert (len(found), found[0]) == (7, made)
        other_city = places.city("3201", "Kota Lain")
        assert criteria_in_force(other_city.path, TODAY)[0].label == "Mendesak"
        entry = JournalEntry.objects.get(verb="needs.criterion_set")
        assert (entry.office, entry.changes["key"]) == ("secretariat", "urgency")

    def test_weight_zero_leaves_one_out(self, ward: Region) -> None:
        criterion(ward, weight=0)
        assert keys(ward) == KEYS[1:]

    def test_a_later_version_ends_the_one_before(self, ward: Region) -> None:
        first, later = criterion(ward), TODAY + timedelta(days=30)
        second = criterion(ward, valid_from=later, title={"id": "Amat genting"})
        first.refresh_from_db()
        assert (first.valid_to, second.pk == first.pk) == (later - timedelta(days=1), False)
        assert criteria_in_force(ward.path, later - timedelta(days=1))[-1].label != "Amat genting"
        assert any(one == first for one in criteria_in_force(ward.path, TODAY))
        assert any(one == second for one in criteria_in_force(ward.path, later))

    def test_a_slip_is_mended_until_somebody_scored_by_it(self, ward: Region, sari: Account) -> None:
        first = criterion(ward)
        assert criterion(ward, title={"id": "Mendesak sekali"}).pk == first.pk
        scored(make.verified_need(ward), sari, urgency=(2, "Air masuk rumah"))
        city = ward.parent.parent  # type: ignore[union-attr]
        facts = {"by": None, "city": city, "key": "urgency", "title": {"id": "X"}, "levels": LEVELS}
        assert refusal(services.set_criterion, **facts, valid_from=TODAY) == Reason.IN_USE

    def test_without_words_it_is_refused(self, ward: Region) -> None:
        facts = {"by": None, "city": ward.parent, "key": "x", "levels": LEVELS, "valid_from": TODAY}
        assert refusal(services.set_criterion, **facts, title={"en": "Only English"}) == Reason.TITLE_MISSING


class TestScores:
    def test_points_are_kept_with_reasons_and_the_sum_says_what_is_missing(self, ward: Region, sari: Account) -> None:
        need = scored(make.verified_need(ward), sari, urgency=(5, f"Telepon {make.NIK} meluap"), growth=(2, "Tetap"))
        found = weighed([need], criteria_in_force(ward.path, TODAY))[0]
        assert (found.sum.points, found.sum.low, found.sum.high, found.sum.whole) == (7, 12, 32, 35)
        assert (found.sum.missing, found.sum.lowest, found.sum.highest) == (5, 2, 5)
        assert make.NIK not in Score.objects.get(points=5).reason
        entry = JournalEntry.objects.get(verb="needs.need_scored")
        assert entry.changes == {"scores": {"urgency": [None, 5], "growth": [None, 2]}}
        assert (entry.reason, entry.office) == ("", "ward_facilitator")  # the reasons stay with the points

    def test_new_points_replace_those_before_and_the_same_change_nothing(self, ward: Region, sari: Account) -> None:
        need = make.verified_need(ward)
        for points in (3, 3, 4):
            scored(need, sari, urgency=(points, "Air masuk rumah"))
        assert list(Score.objects.order_by("id").values_list("points", "replaced_at")) == [(3, NOW), (4, None)]
        assert JournalEntry.objects.filter(verb="needs.need_scored").count() == 2

    def test_points_by_an_ended_version_count_no_more(self, ward: Region, sari: Account) -> None:
        need = scored(make.verified_need(ward), sari, urgency=(5, "Air masuk rumah"))
        criterion(ward)
        found = weighed([need], criteria_in_force(ward.path, TODAY))[0]
        assert (found.sum.points, found.sum.missing) == (0, 7)
        scored(need, sari, urgency=(2, "Air masuk rumah"))
        assert Score.objects.filter(need=need, replaced_at=None).get().points == 2

    def test_points_count_on_when_only_the_weight_is_new(self, ward: Region, sari: Account) -> None:
        need = scored(make.verified_need(ward), sari, urgency=(5, "Air masuk rumah"))
        seeded = criteria_in_force(ward.path, TODAY)[0]
        criterion(ward, levels=seeded.levels, weight=3, position=1)
        found = weighed([need], criteria_in_force(ward.path, TODAY))[0]
        assert (found.sum.points, found.sum.missing) == (15, 6)
        scored(need, sari, urgency=(5, "Air masuk rumah"))
        assert Score.objects.count() == 1, "the same points for the same reason change nothing"

    @pytest.mark.parametrize(
        ("scores", "reason"),
        [
            ({}, Reason.NOTHING_SCORED),
            ({"urgency": (6, "x")}, Reason.NO_SUCH_LEVEL),
            ({"a": (1, "x")}, Reason.NOT_ASKED),
        ],
    )
    def test_refused(self, ward: Region, sari: Account, scores: Any, reason: Reason) -> None:
        assert refusal(services.score_need, by=sari, need=make.verified_need(ward), scores=scores) == reason
        assert not Score.objects.exists()

    def test_an_open_need_waits_for_its_site_check(self, ward: Region, sari: Account) -> None:
        facts = {"by": sari, "need": make.need(ward), "scores": {"urgency": (5, "x")}}
        assert refusal(services.score_need, **facts) == Reason.NOT_VERIFIED

    def test_sent_twice_it_is_one(self, ward: Region, sari: Account) -> None:
        need, op = make.verified_need(ward), uuid.uuid4()
        for _ in range(2):
            services.score_need(by=sari, at=NOW, op=op, need=need, scores={"urgency": (5, "Banjir")})
        assert Score.objects.count() == 1


class TestSimilar:
    def test_needs_of_the_ward_about_the_same_group(self, ward: Region) -> None:
        need, like = make.verified_need(ward), make.need(ward, menu_item=make.menu("A1.03"))
        make.need(ward, menu_item=make.menu("A2.01"))  # roads
        make.need(ward, menu_item=None)
        make.need(places.ward(2), by=personas.wati(places.ward(2)))
        answered = make.need(ward)
        services.answer_need(by=personas.sari(ward), at=NOW, need=answered, answer="Sudah ditangani")
        assert list(similar_needs(need)) == [like]

    def test_what_has_its_money_is_beside_no_other(self, ward: Region) -> None:
        need, other = make.verified_need(ward), make.need(ward)
        proposal = make.checked(ward)
        Proposal.objects.filter(pk=proposal.pk).update(state="funded")
        assert list(similar_needs(need)) == [other]
        Proposal.objects.filter(pk=proposal.pk).update(state="deferred")
        assert list(similar_needs(need)) == [proposal.need, other]


class TestViews:
    def test_the_first_photo_of_the_site_check_is_the_first_view(self, ward: Region, sari: Account) -> None:
        need = services.verify_need(
            by=sari, at=NOW, need=make.need(ward, by=sari), finding="Air meluap",
            viewpoint="Di gerbang, 0812-1111-2222", heading=90, photos=[make.picture(1), make.picture(2)],
        )  # fmt: skip
        point = viewpoints_of(need).get()
        view = point.views.get()
        assert (point.heading, view.photo, view.taken_on) == (90, need.photos.order_by("id")[0], TODAY)
        assert "0812" not in point.words

    @pytest.mark.parametrize("pointed", [{"heading": 0}, {"latitude": Decimal("-7.3"), "longitude": Decimal("108.2")}])
    def test_a_direction_without_words_is_not_dropped_in_silence(
        self, ward: Region, sari: Account, pointed: dict[str, Any]
    ) -> None:
        facts = {"by": sari, "need": make.need(ward, by=sari), "finding": "Air meluap", "photos": [make.picture()]}
        assert refusal(services.verify_need, **facts, **pointed) == Reason.VIEWPOINT_MISSING

    def test_again_from_the_same_point(self, ward: Region, sari: Account) -> None:
        need = make.verified_need(ward)
        facts = {"by": sari, "at": NOW, "need": need}
        first = services.take_view(**facts, photo=make.picture(1), taken_on=date(2026, 2, 1), words="Di gerbang")
        again = services.take_view(**facts, photo=make.picture(2), taken_on=TODAY, viewpoint=first.viewpoint)
        assert list(viewpoints_of(need).get().views.all()) == [first, again]
        assert again.photo.is_public
        told = JournalEntry.objects.filter(verb="needs.view_taken").order_by("id")
        assert [one.changes["is_first"] for one in told] == [True, False]
        assert [str(one) for one in photos_of_need(need)] == [str(need.photos.get()), str(again.photo)]

    def test_a_point_of_another_need_is_refused(self, ward: Region, sari: Account) -> None:
        facts = {"by": sari, "photo": make.picture(1), "taken_on": TODAY}
        other = services.take_view(at=NOW, need=make.verified_need(ward), words="Di gerbang", **facts)
        need = make.verified_need(ward)
        assert refusal(services.take_view, need=need, viewpoint=other.viewpoint, **facts) == Reason.VIEWPOINT_OTHER_NEED
        assert View.objects.count() == 1


def test_a_proposal_takes_over_the_photos_of_its_need(ward: Region, sari: Account) -> None:
    need = make.verified_need(ward)
    proposal = services.write_proposal(by=sari, at=NOW, need=need, **make.whole(photos=[], need_photos=True))
    assert proposal.photos.get() == need.photos.get()
    services.submit_proposal(by=sari, at=NOW, proposal=proposal)
