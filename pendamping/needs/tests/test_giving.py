"""The public form: place, neighbours first, category with its questions, and a way to hear of it."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from pendamping.needs.enums.categories import QuestionKind
from pendamping.needs.models import Category, Contact, Following, Voice
from pendamping.needs.queries.places import ward_at
from pendamping.needs.rules.voices import lies_in
from pendamping.needs.tests import factories as make
from pendamping.regions.models import Boundary, Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
GIVE = "/suara/"
SQUARE = [[108.0, -7.0], [108.2, -7.0], [108.2, -7.2], [108.0, -7.2], [108.0, -7.0]]
HOLE = [[108.05, -7.05], [108.1, -7.05], [108.1, -7.1], [108.05, -7.1], [108.05, -7.05]]


@pytest.fixture
def ward() -> Region:
    return places.ward(1)


def typed(ward: Region, **changes: Any) -> dict[str, Any]:
    given = {"text": "Lampu gang Melati mati", "ward": ward.path, "category": "light", "op": str(uuid.uuid4())}
    return {**given, **changes}


def heard(place: Region, text: str) -> Voice:
    return make.voice(place, text=text, category=Category.objects.get(key="light"), heard_at=timezone.now())


def test_a_category_alone_says_enough(ward: Region, client: Client) -> None:
    assert client.post(GIVE, typed(ward, text="", extra_light_lamps="3")).status_code == 303
    voice = Voice.objects.get()
    assert (voice.text, voice.category, voice.extra) == (
        "Lampu jalan",
        Category.objects.get(key="light"),
        {"lamps": "3"},
    )
    assert (voice.source, voice.menu_item.code) == ("web", "A1.08")  # type: ignore[union-attr]


def test_words_alone_say_enough_and_nothing_at_all_does_not(ward: Region, client: Client) -> None:
    assert client.post(GIVE, typed(ward, category="")).status_code == 303
    assert (Voice.objects.get().category, Voice.objects.get().other_words) == (None, "belum tahu")
    page = client.post(GIVE, typed(ward, category="", text=""))
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["text"])


def test_only_the_questions_of_the_category_chosen_count(ward: Region, client: Client) -> None:
    client.post(GIVE, typed(ward, extra_light_lamps="2", extra_waste_days="9"))
    assert Voice.objects.get().extra == {"lamps": "2"}


@pytest.mark.parametrize("answer", ["banyak", "-1", "3.5"])
def test_an_answer_that_fits_not_is_said_at_its_field(ward: Region, client: Client, answer: str) -> None:
    page = client.post(GIVE, typed(ward, extra_light_lamps=answer))
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["extra_light_lamps"])


def test_a_required_question_is_asked_of_its_category_only(ward: Region, client: Client) -> None:
    asked = Category.objects.get(key="trees").questions
    asked.create(
        created_at=timezone.now(), key="where", position=0, label={"id": "Di mana?"}, kind=QuestionKind.TEXT,
        is_required=True,
    )  # fmt: skip
    page = client.post(GIVE, typed(ward, category="trees"))
    assert list(page.context["form"].errors) == ["extra_trees_where"]
    assert client.post(GIVE, typed(ward)).status_code == 303


def test_sent_again_after_its_operation_was_forgotten_it_is_still_one(ward: Region, client: Client) -> None:
    from pendamping.core.models import Operation

    given = typed(ward)
    first = client.post(GIVE, given)
    Operation.objects.all().delete()
    again = client.post(GIVE, given)
    assert (
        again.headers["Location"].partition("?")[0] == first.headers["Location"].partition("?")[0]
    )  # the ticket is of its second
    assert Voice.objects.count() == 1


def test_whoever_leaves_an_address_follows_the_voice(ward: Region, client: Client) -> None:
    client.post(GIVE, typed(ward, contact="ani@example.id"))
    following = Following.objects.get()
    assert (following.voice, following.is_speaker) == (Voice.objects.get(), True)


@pytest.mark.parametrize(
    "changes", [{"contact": "ani"}, {"contact": "ani@example.id", "point_latitude": "-1", "point_longitude": "108"}]
)
def test_no_address_is_kept_without_its_voice(ward: Region, client: Client, changes: dict[str, str]) -> None:
    Region.objects.filter(pk=ward.pk).update(latitude="-7.3", longitude="108.2")
    assert client.post(GIVE, typed(ward, **changes)).status_code == 422
    assert (Contact.objects.count(), Voice.objects.count()) == (0, 0)


def test_neighbours_come_first_and_can_be_followed_instead(ward: Region, client: Client) -> None:
    near = heard(places.rw(ward, 3), "PJU di gang melati pareum")
    heard(places.ward(2), "PJU di gang melati pareum")
    page = client.get(GIVE, {"w": ward.path})
    assert [one.voice for one in page.context["form"].similar] == [near]
    html = page.content.decode()
    assert f"{reverse('needs:follow')}?jejak={near.code}" in html
    assert "pareum" not in html, "nobody has read these words yet"
    assert client.get(GIVE).context["form"].similar == ()


def test_looking_keeps_nothing_and_loses_nothing(ward: Region, client: Client) -> None:
    near = heard(places.rw(ward, 3), "PJU di gang melati pareum")
    given = typed(ward, look="1", rw="3", place_words="dekat balai", contact="ani@example.id", extra_light_lamps="2")
    page = client.post(GIVE, given)
    form, html = page.context["form"], page.content.decode()
    assert (page.status_code, Voice.objects.count(), Contact.objects.count()) == (200, 1, 0)
    assert [one.voice for one in form.similar] == [near]
    for kept in (given["text"], "dekat balai", "ani@example.id", given["op"], 'value="2"'):
        assert kept in html
    assert "aria-invalid" not in html
    alone = client.post(GIVE, {**given, "look": "near"}).content.decode()
    assert f'data-ward="{ward.path}"' in alone
    assert (near.code in alone, "<html" in alone) == (True, False)


@pytest.mark.parametrize("rw", ["²", "abc", "9" * 5000, "-1", ""])
def test_looking_with_a_strange_number_looks_in_the_ward(ward: Region, client: Client, rw: str) -> None:
    assert client.post(GIVE, typed(ward, look="1", rw=rw)).status_code == 200


@pytest.mark.parametrize("half", [{"point_latitude": "-7.3"}, {"point_longitude": "108.2"}])
def test_half_a_point_is_none(ward: Region, client: Client, half: dict[str, str]) -> None:
    assert client.post(GIVE, typed(ward, **half)).status_code == 303
    assert (Voice.objects.get().latitude, Voice.objects.get().longitude) == (None, None)


def test_where_the_phone_is_chooses_the_ward(ward: Region, client: Client) -> None:
    Region.objects.filter(pk=ward.pk).update(latitude="-7.3", longitude="108.2")
    here = {"look": "near", "ward": "", "point_latitude": "-7.310000", "point_longitude": "108.210000"}
    assert f'data-ward="{ward.path}"' in client.post(GIVE, {**typed(ward), **here}).content.decode()
    far = {**here, "point_latitude": "-6.000000"}
    assert 'data-ward=""' in client.post(GIVE, {**typed(ward), **far}).content.decode()


def test_an_outline_weighs_more_than_a_near_label_point(ward: Region) -> None:
    other = places.ward(2)
    Region.objects.filter(pk=ward.pk).update(latitude="-7.1", longitude="108.1")
    assert ward_at(Decimal("-7.1"), Decimal("108.1")) == ward
    Boundary.objects.create(
        region=other,
        geometry={"type": "Polygon", "coordinates": [SQUARE]},
        west=108.0,
        south=-7.2,
        east=108.2,
        north=-7.0,
    )
    assert ward_at(Decimal("-7.1"), Decimal("108.1")) == other
    assert ward_at(Decimal("-7.9"), Decimal("108.1")) is None


@pytest.mark.parametrize(
    ("point", "rings", "inside"),
    [
        ((-7.1, 108.1), [SQUARE], True),
        ((-7.3, 108.1), [SQUARE], False),
        ((-7.1, 108.3), [SQUARE], False),
        ((-7.07, 108.07), [SQUARE, HOLE], False),
        ((-7.15, 108.15), [SQUARE, HOLE], True),
    ],
)
def test_a_point_within_an_outline(point: tuple[float, float], rings: list[Any], inside: bool) -> None:
    assert lies_in(*point, {"type": "Polygon", "coordinates": rings}) is inside
    assert lies_in(*point, {"type": "MultiPolygon", "coordinates": [[HOLE[:0]], rings]}) is inside


def test_the_map_opens_the_form_for_a_ward(ward: Region, client: Client) -> None:
    html = client.get(GIVE, {"map": ""}).content.decode()
    assert html.count(f'href="{GIVE}?w={ward.path}"') == 2, "as a tile and in the list beside it"


def test_the_worker_of_the_form_loads_its_two_scripts(client: Client) -> None:
    answer = client.get(reverse("needs:give_worker"))
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.content.decode().count("importScripts") == 2


@pytest.mark.parametrize("count", [1, 3])
def test_the_form_asks_alike_whatever_neighbours_said(
    ward: Region, client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        heard(ward, "Lampu mati")
    client.get(GIVE)
    with django_assert_num_queries(7):
        client.get(GIVE, {"w": ward.path})
