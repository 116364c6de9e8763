"""The city sets its categories: by a page, by a file, version after version."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.core.imports import plan
from pendamping.core.imports.sheet import Row, Sheet
from pendamping.core.models import JournalEntry
from pendamping.needs.category_lists import Categories
from pendamping.needs.enums.categories import CategoryReason, QuestionKind
from pendamping.needs.models import Category, Contact, Voice
from pendamping.needs.queries.categories import answers_told, categories_of, written
from pendamping.needs.rules.categories import Written, may_replace, may_set, read_question
from pendamping.needs.services.categories import end_category, set_category
from pendamping.needs.tests import factories as make
from pendamping.needs.tests.factories import NOW
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

TODAY = date(2026, 3, 2)
DEEP = Written("Seberapa dalam?", QuestionKind.CHOICE, ("semata kaki", "selutut"), is_required=True)


@pytest.mark.parametrize(
    ("line", "question"),
    [
        ("Seberapa dalam? * | semata kaki / selutut", DEEP),
        ("Berapa rumah?|angka", Written("Berapa rumah?", QuestionKind.NUMBER)),
        ("Masuk rumah? | Ya / Tidak", Written("Masuk rumah?", QuestionKind.YES_NO)),
        ("Di mana?", Written("Di mana?", QuestionKind.TEXT)),
        ("Di mana?* | ", Written("Di mana?", QuestionKind.TEXT, is_required=True)),
        ("| a / b", Written("", QuestionKind.CHOICE, ("a", "b"))),
    ],
)
def test_a_question_in_one_line(line: str, question: Written) -> None:
    assert read_question(line) == question


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"questions": [DEEP]}, None),
        ({"questions": [DEEP], "english": [read_question("How deep? | ankle / knee")]}, None),
        ({"title": " "}, CategoryReason.NAME_MISSING),
        ({"questions": [read_question("| a / b")]}, CategoryReason.QUESTION_BROKEN),
        ({"questions": [read_question("Apa? | a")]}, CategoryReason.QUESTION_BROKEN),
        ({"questions": [DEEP, DEEP]}, CategoryReason.QUESTIONS_MOST),
        ({"questions": [read_question(f"{number}?") for number in range(7)]}, CategoryReason.QUESTIONS_MOST),
        (
            {"questions": [DEEP], "english": [read_question("How deep? | ankle / knee / hip")]},
            CategoryReason.ENGLISH_DIFFERS,
        ),
        ({"questions": [DEEP], "english": [read_question("How deep?")]}, CategoryReason.ENGLISH_DIFFERS),
        ({"english": [DEEP]}, CategoryReason.ENGLISH_DIFFERS),
    ],
)
def test_what_a_category_looks_like(facts: dict[str, Any], reason: CategoryReason | None) -> None:
    assert may_set(**{"title": "Banjir", "questions": [], "english": [], **facts}).reason == reason


@pytest.mark.parametrize(
    ("days", "is_used", "allowed"), [(1, True, True), (0, False, True), (0, True, False), (-1, False, False)]
)
def test_when_a_version_begins(days: int, is_used: bool, allowed: bool) -> None:
    assert may_replace(began=TODAY, begins=TODAY + timedelta(days=days), is_used=is_used).allowed is allowed


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Settings) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture
def ward(db: None) -> Region:
    return places.ward(1)


@pytest.fixture
def city(ward: Region) -> Region:
    return Region.objects.get(path=ward.path[:4])


@pytest.fixture
def office(city: Region) -> Account:
    return personas.secretariat(city)


def flood(by: Account, city: Region, **facts: Any) -> Category:
    given = {
        "key": "banjir", "title": {"id": "Banjir", "en": "Floods"}, "valid_from": TODAY, "questions": [DEEP],
        "english": [read_question("How deep? * | ankle / knee")],
    }  # fmt: skip
    return set_category(by=by, at=NOW, city=city, **{**given, **facts})


def test_a_category_of_the_city_with_its_questions(office: Account, city: Region, ward: Region) -> None:
    made = flood(office, city)
    assert made in categories_of(ward.path, TODAY)
    assert written(made, "id") == "Seberapa dalam? * | semata kaki / selutut"
    assert written(made, "en") == "How deep? * | ankle / knee"
    voice = make.voice(ward, category=made, extra={"seberapa-dalam-0": "selutut-1"})
    assert answers_told(voice) == [("Seberapa dalam?", "selutut")]
    assert JournalEntry.objects.get(verb="needs.category_set").changes["key"] == "banjir"


def test_a_version_in_use_stays_for_its_voices(office: Account, city: Region, ward: Region) -> None:
    first = flood(office, city)
    assert flood(office, city, questions=[], english=[]).pk == first.pk, "nobody used it yet"
    voice = make.voice(ward, category=first)
    with pytest.raises(Refused) as caught:
        flood(office, city)
    assert caught.value.reason == CategoryReason.BEGINS_EARLIER
    second = flood(office, city, valid_from=TODAY + timedelta(days=1))
    first.refresh_from_db()
    assert (first.valid_to, second.pk != first.pk, voice.category) == (TODAY, True, first)
    assert [one for one in categories_of(ward.path, TODAY) if one.key == "banjir"] == [first]


@pytest.mark.parametrize("key", ["drain", "banjir"])
def test_what_ends_is_offered_until_tonight(office: Account, city: Region, ward: Region, key: str) -> None:
    flood(office, city)
    end_category(by=office, at=NOW, city=city, key=key)
    keys = [[one.key for one in categories_of(ward.path, TODAY + timedelta(days=ahead))] for ahead in (0, 1)]
    assert (key in keys[0], key in keys[1]) == (True, False)
    with pytest.raises(Refused):
        end_category(by=office, at=NOW, city=city, key=key)


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def test_the_page_sets_a_category_and_ends_it(office: Account, city: Region, ward: Region) -> None:
    client, here = signed_in(office), reverse("needs:categories")
    typed = {
        "key": "pju", "title_id": "PJU", "near_metres": "60", "near_days": "30", "position": "0",
        "valid_from": f"{timezone.localdate():%Y-%m-%d}", "questions_id": "Berapa? | angka\nSejak kapan?",
    }  # fmt: skip
    broken = client.post(reverse("needs:category_add"), {**typed, "title_id": " "})
    assert (broken.status_code, list(broken.context["form"].errors)) == (422, ["title_id"])
    assert client.post(reverse("needs:category_add"), typed).headers["Location"] == here
    assert "PJU" in client.get(here).content.decode()
    own = reverse("needs:category", args=["pju"])
    assert "Berapa? | angka" in client.get(own).content.decode()
    assert client.post(f"{own}?act=end").status_code == 302
    assert Category.objects.get(key="pju").valid_to == timezone.localdate()
    assert client.get(reverse("needs:category", args=["none"])).status_code == 404


def test_others_set_no_categories(ward: Region) -> None:
    assert signed_in(personas.sari(ward)).get(reverse("needs:categories")).status_code in (403, 404)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_alike_however_long(
    office: Account, city: Region, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        flood(office, city, key=f"banjir-{number}", menu_item=make.menu())
    client = signed_in(office)
    client.get(reverse("needs:categories"))
    with django_assert_max_num_queries(12):
        client.get(reverse("needs:categories"))


def sheet(*rows: tuple[Any, ...]) -> Sheet:
    header = ("kunci", "kategori", "category", "kode menu", "pertanyaan", "jarak", "hari", "rahasia")
    lines = tuple(Row(number, cells) for number, cells in enumerate((header, *rows), start=1))
    return Sheet(lines, sha256=uuid4().hex, kind="csv")


def taken(city: Region, by: Account, *rows: tuple[Any, ...], at: Any = NOW) -> Any:
    return plan.run(Categories(city), sheet(*rows), dry_run=False, by=by, at=at)


def test_a_list_comes_in_as_a_file(office: Account, city: Region, ward: Region) -> None:
    row = ("pju", "PJU", "Lights", "A1.08", "Berapa? | angka; Aman? * | ya / tidak", "60", "", "")
    assert taken(city, office, row, ("perilaku", "Perilaku", "", "", "", "", "", "ya")).added == 2
    made = Category.objects.get(key="pju")
    assert (made.near_metres, made.near_days, made.menu_item.code, made.questions.count()) == (60, 120, "A1.08", 2)  # type: ignore[union-attr]
    assert Category.objects.get(key="perilaku").is_confidential
    assert taken(city, office, row).added == 0
    taken(city, office, ("pju", "Lampu", *row[2:]), at=NOW + timedelta(days=1))
    assert [str(one) for one in Category.objects.filter(key="pju").order_by("id")] == ["PJU", "Lampu"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("PJU Baru", "PJU", "", "", "", "", "", ""), "key"),
        (("pju", "PJU", "", "Z9", "", "", "", ""), "menu"),
        (("pju", "PJU", "", "", "", "90000", "", ""), "metres"),
        (("pju", "PJU", "", "", "Apa? | a", "", "", ""), "category_question_broken"),
    ],
)
def test_a_row_that_fits_not_is_named(office: Account, city: Region, row: tuple[Any, ...], code: str) -> None:
    report = taken(city, office, row)
    assert (report.added, [one.code for one in report.problems]) == (0, [code])


def test_the_api_offers_categories_and_takes_answers(ward: Region, client: Client) -> None:
    offered = {one["key"]: one for one in client.get("/api/v1/categories", {"region": ward.path}).json()["results"]}
    assert offered["light"]["questions"][0]["key"] == "lamps"
    given = {"text": "Mati", "region": ward.path, "category": "light", "extra": '{"lamps": "3"}', "contact": "a@b.id"}
    assert client.post("/api/v1/voices", given).status_code == 201
    voice = Voice.objects.get()
    assert (voice.extra, voice.followings.get().is_speaker) == ({"lamps": "3"}, True)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"category": "none"}, "category_other_place"),
        ({"extra": '{"lamps": "many"}'}, "category_answer_unknown"),
        ({"contact": "nobody"}, "address_broken"),
        ({"extra": "lamps"}, "invalid"),
    ],
)
def test_the_api_refuses_and_keeps_nothing(ward: Region, client: Client, changes: dict[str, str], code: str) -> None:
    given = {"text": "Mati", "region": ward.path, "category": "light", "contact": "a@b.id", **changes}
    assert client.post("/api/v1/voices", given).json()["code"] == code
    assert (Voice.objects.count(), Contact.objects.count()) == (0, 0)
