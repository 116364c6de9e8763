"""Waiting times as everyone reads them: open voices count, small groups are withheld."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from pendamping.access.tests import personas
from pendamping.core.moments import day
from pendamping.needs import services
from pendamping.needs.clock_defaults import seed_clock
from pendamping.needs.enums.moderation import HideReason
from pendamping.needs.enums.voices import Channel
from pendamping.needs.models import Category, Deadline, Hiding, Voice
from pendamping.needs.queries.response_times import Calendar, DayNumber, response_times
from pendamping.needs.rules.clock import working_days
from pendamping.needs.tests import factories as make
from pendamping.needs.tests.factories import NOW
from pendamping.needs.views.response_times import median_words
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 13)  # Friday; voices are said on Monday the second


@pytest.fixture(autouse=True)
def _days() -> None:
    seed_clock(NOW)
    cache.clear()


@pytest.fixture
def ward() -> Region:
    return places.ward(1)


def answered(ward: Region, on: int, **facts: object) -> Voice:
    """A voice of the second of March, answered on a day of it."""
    voice = make.voice(ward, **facts)
    return services.answer_voice(by=personas.sari(ward), at=NOW.replace(day=on), voice=voice, answer="Sudah")


def test_the_median_counts_those_that_still_wait(ward: Region) -> None:
    for on in (3, 4, 10):
        answered(ward, on)
    for _number in range(2):
        make.voice(ward)
    found = response_times(ward.city_path, TODAY).whole
    # Of five, one answered after 1, one after 2, one after 6 working days, two open for 9: half after 6.
    assert (found.answered, found.waiting, found.late, found.median) == (3, 2, 3, 6)


def test_while_more_than_half_wait_nobody_knows(ward: Region) -> None:
    answered(ward, 3)
    for _number in range(4):
        make.voice(ward)
    found = response_times(ward.city_path, TODAY).whole
    assert (found.is_shown, found.median) == (True, None)
    assert "separuh" in median_words(found) or "half" in median_words(found)


@pytest.mark.parametrize(("count", "shown"), [(4, False), (5, True)])
def test_a_small_group_is_withheld(ward: Region, client: Client, count: int, shown: bool) -> None:
    now = timezone.now()
    for _number in range(count):
        voice = make.voice(ward, at=now)
        services.answer_voice(by=personas.sari(ward), at=now, voice=voice, answer="Sudah")
    assert response_times(ward.path, day(now)).whole.is_shown is shown
    answer = client.get("/api/v1/waiting-times", {"place": ward.path}).json()
    assert (answer["whole"]["answered"] == count) is shown
    assert (answer["wards"][0]["median_working_days"] is None) is not shown


def test_each_ward_and_category_has_its_own(ward: Region) -> None:
    other = places.ward(2)
    category = Category.objects.filter(city__isnull=True).order_by("id").first()
    assert category is not None
    for _number in range(5):
        answered(ward, 3, category=category)
        answered(other, 6)
    found = response_times(ward.city_path, TODAY)
    assert {path: waits.median for path, waits in found.wards.items()} == {ward.path: 1, other.path: 4}
    assert {key: waits.median for key, waits in found.categories.items()} == {category.key: 1, "": 4}
    assert set(response_times(ward.path, TODAY).wards) == {ward.path}


def test_what_nobody_may_know_of_is_not_counted(ward: Region) -> None:
    hidden, about_persons, listed = make.voice(ward), make.voice(ward), make.voice(ward, channel=Channel.IMPORT)
    Hiding.objects.create(voice=hidden, reason=HideReason.OTHER, created_at=NOW)
    Voice.objects.filter(pk=about_persons.pk).update(is_confidential=True)
    assert listed.pk
    assert response_times(ward.city_path, TODAY).whole.all == 0


def test_voices_of_more_than_a_year_ago_are_history(ward: Region) -> None:
    make.voice(ward)
    assert response_times(ward.city_path, date(2027, 3, 1)).whole.all == 1
    assert response_times(ward.city_path, date(2027, 3, 2)).whole.all == 0


def test_who_waits_longer_than_a_year_is_not_forgotten(ward: Region) -> None:
    make.voice(ward)
    answered(ward, 3)
    assert response_times(ward.city_path, date(2027, 3, 1)).older == 0
    assert response_times(ward.city_path, date(2027, 3, 2)).older == 1


def test_versions_of_a_category_are_one_row_under_its_name_of_now(ward: Region, client: Client) -> None:
    first = Category.objects.get(key="light")
    city = Region.objects.get(path=ward.city_path)
    now = timezone.now()
    again = Category.objects.create(
        city=city, key="light", title={"id": "Lampu jalan"}, valid_from=day(now), created_at=now
    )
    for number in range(6):
        make.voice(ward, at=now, category=first if number % 2 else again)
    rows = client.get(reverse("needs:waiting_times")).context["categories"]
    assert [(row[0], row[3]) for row in rows] == [("Lampu jalan", "6")]


def test_a_paused_clock_is_not_late(ward: Region) -> None:
    sari = personas.sari(ward)
    for _number in range(5):
        services.pause_clock(by=sari, at=NOW, voice=make.voice(ward), reason="site")
    found = response_times(ward.city_path, TODAY).whole
    assert (found.waiting, found.late) == (5, 0)


def test_joining_and_parting_forgets_no_day_of_waiting(ward: Region) -> None:
    sari = personas.sari(ward)
    for _number in range(5):
        voice = make.voice(ward)
        make.need(ward, by=sari, voices=[other := make.voice(ward, channel=Channel.IMPORT)])
        services.merge_voice(by=sari, at=NOW, voice=voice, into=other)
        services.part_voice(by=sari, at=NOW.replace(day=9), voice=voice)
        services.answer_voice(by=sari, at=NOW.replace(day=10), voice=voice, answer="Sudah")
    assert response_times(ward.city_path, TODAY).whole.median == 6


def test_a_pause_is_waiting_too(ward: Region) -> None:
    sari = personas.sari(ward)
    for _number in range(5):
        voice = make.voice(ward)
        services.pause_clock(by=sari, at=NOW, voice=voice, reason="site")
        services.answer_voice(by=sari, at=NOW.replace(day=12), voice=voice, answer="Sudah")
    found = response_times(ward.city_path, TODAY).whole
    assert (found.median, found.late) == (8, 0)


@pytest.mark.parametrize(
    "at", ["2026-03-02T16:59:59", "2026-03-02T17:00:00", "2024-02-29T00:00:00", "2000-12-31T23:00:00"]
)
def test_the_database_numbers_days_as_we_do(ward: Region, at: str) -> None:
    instant = datetime.fromisoformat(f"{at}+00:00")
    make.voice(ward)
    Deadline.objects.update(starts_at=instant, met_at=None)
    numbers = Deadline.objects.values_list(DayNumber("starts_at"), DayNumber("met_at"))
    assert set(numbers) == {(day(instant).toordinal(), None)}


def test_the_calendar_counts_as_the_rule_does() -> None:
    off = frozenset({date(2026, 3, 18), date(2026, 3, 20)})
    calendar = Calendar(date(2026, 3, 1), date(2026, 4, 1), off)
    for since in range(1, 29):
        for until in range(since, 32):
            begun, ended = date(2026, 3, since), date(2026, 3, until)
            assert calendar.between(begun.toordinal(), ended.toordinal()) == working_days(begun, ended, off=off)


def test_everyone_reads_them_and_they_cost_the_same_for_many(
    ward: Region, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    at: datetime = timezone.now()
    for _number in range(5):
        make.voice(ward, at=at)
    page = client.get(reverse("needs:waiting_times"))
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "public, max-age=600"
    assert ward.label in page.content.decode()
    with django_assert_num_queries(3):
        response_times(ward.city_path, day(at))
    for _number in range(5):
        make.voice(ward, at=at)
    with django_assert_num_queries(3):
        response_times(ward.city_path, day(at))
    assert client.get(reverse("needs:waiting_times"), {"w": "9999"}).status_code == 404
    assert client.get(reverse("needs:waiting_times"), {"w": ward.path}).status_code == 200
