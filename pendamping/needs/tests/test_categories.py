"""Categories: what is offered where, what they ask, and how a voice in one is kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pendamping.core.errors import Refused
from pendamping.needs import services
from pendamping.needs.categories import KINDS, seed_categories
from pendamping.needs.enums.categories import CategoryReason
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.models import Category, MenuItem, Voice
from pendamping.needs.queries.categories import categories_of
from pendamping.needs.rules.categories import Question, answers_fit
from pendamping.needs.tests import factories as make
from pendamping.needs.tests.factories import NOW
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

TODAY = date(2026, 3, 2)
ASKED = (
    Question("depth", "choice", choices=("ankle", "knee")),
    Question("houses", "number", is_required=True),
    Question("inside", "yes_no"),
    Question("more", "text"),
)
ANSWERS = [
    ({"houses": "3"}, None, ""),
    ({"houses": "3", "depth": "knee", "inside": "no", "more": "sejak Senin"}, None, ""),
    ({"houses": "3", "depth": " "}, None, ""),
    ({}, CategoryReason.ANSWER_MISSING, "extra_houses"),
    ({"houses": "tiga"}, CategoryReason.ANSWER_UNKNOWN, "extra_houses"),
    ({"houses": "-1"}, CategoryReason.ANSWER_UNKNOWN, "extra_houses"),
    ({"houses": "٣"}, CategoryReason.ANSWER_UNKNOWN, "extra_houses"),
    ({"houses": "9" * 30}, CategoryReason.ANSWER_UNKNOWN, "extra_houses"),
    ({"houses": "3", "depth": "neck"}, CategoryReason.ANSWER_UNKNOWN, "extra_depth"),
    ({"houses": "3", "inside": "maybe"}, CategoryReason.ANSWER_UNKNOWN, "extra_inside"),
    ({"houses": "3", "more": "a" * 201}, CategoryReason.ANSWER_UNKNOWN, "extra_more"),
    ({"houses": "3", "nik": "1"}, CategoryReason.NOT_ASKED, "extra_nik"),
]


@pytest.mark.parametrize(("answers", "reason", "field"), ANSWERS)
def test_answers(answers: dict[str, str], reason: CategoryReason | None, field: str) -> None:
    verdict = answers_fit(ASKED, answers)
    assert (verdict.reason, verdict.field) == (reason, field)


@pytest.fixture
def ward(db: None) -> Region:
    return places.ward(1)


def category(key: str = "drain", **changes: Any) -> Category:
    """A seeded category, or one of a city under the same key."""
    seeded = Category.objects.get(key=key, city=None)
    if not changes:
        return seeded
    facts = {"created_at": NOW, "key": key, "title": {"id": "Lain", "en": "Other"}, "valid_from": TODAY}
    return Category.objects.create(**{**facts, **changes})


@pytest.mark.django_db
def test_categories_are_seeded_once_each_with_an_activity_in_force() -> None:
    assert Category.objects.count() == len(KINDS), "a new installation has the categories from the start"
    assert seed_categories(NOW) == 0
    assert [one.key for one in Category.objects.filter(menu_item=None)] == ["conduct"]


def test_a_city_replaces_a_category_for_all_by_its_key(ward: Region) -> None:
    city = Region.objects.get(path=ward.path[:4])
    own = category(city=city)
    offered = list(categories_of(ward.path, TODAY))
    assert own in offered
    assert category() not in offered
    assert len(offered) == len(KINDS)
    assert category() in categories_of("9999", TODAY)
    own.valid_to = date(2026, 3, 1)
    own.valid_from = date(2026, 1, 1)
    own.save()
    offered = list(categories_of(ward.path, TODAY))
    assert (own in offered, category() in offered) == (False, False), "ended there, it is offered no more"


def test_a_voice_takes_the_activity_of_its_category_in_force_now(ward: Region) -> None:
    voice = make.voice(ward, menu_item=None, category=category(), extra={"depth": "knee", "inside": ""})
    assert (voice.menu_item.code, voice.extra, voice.subject) == (  # type: ignore[union-attr]
        "A1.02", {"depth": "knee"}, "Selokan, genangan, banjir",
    )  # fmt: skip
    old = make.menu()
    MenuItem.objects.filter(pk=old.pk).update(valid_to=date(2026, 1, 31))
    new = MenuItem.objects.create(
        code=old.code, stream=old.stream, group=old.group, group_en=old.group_en, name="Baru", name_en="New",
        valid_from=date(2026, 2, 1), legal_basis="x",
    )  # fmt: skip
    facts = {"by": None, "at": NOW, "text": "Mampet lagi", "region": ward}
    assert services.give_voice(**facts, category=category()).menu_item == new


def test_words_of_a_resident_stay_the_subject_once_somebody_read_them(ward: Region) -> None:
    voice = make.voice(ward, menu_item=None, category=category("conduct"), other_words="pungutan")
    assert (voice.subject, voice.full_subject) == ("Sikap atau pungutan petugas", "pungutan")
    voice.state = VoiceState.GATHERED
    assert voice.subject == "pungutan"


def test_answers_are_kept_masked(ward: Region) -> None:
    own = category(city=Region.objects.get(path=ward.path[:4]))
    own.questions.create(created_at=NOW, key="where", position=0, label={"id": "Di mana?"}, kind="text")
    voice = make.voice(ward, category=own, extra={"where": f"rumah {make.NIK}"})
    assert make.NIK not in str(voice.extra)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"extra": {"depth": "neck"}}, CategoryReason.ANSWER_UNKNOWN),
        ({"category": None, "extra": {"depth": "knee"}}, CategoryReason.NOT_ASKED),
    ],
)
def test_answers_that_do_not_fit_are_refused(ward: Region, facts: dict[str, Any], reason: CategoryReason) -> None:
    with pytest.raises(Refused) as caught:
        make.voice(ward, **{"category": category(), **facts})
    assert (caught.value.reason, Voice.objects.count()) == (reason, 0)


def test_a_required_question_binds_only_who_was_asked(ward: Region) -> None:
    own = category(city=Region.objects.get(path=ward.path[:4]))
    own.questions.create(created_at=NOW, key="how", position=0, label={"id": "?"}, kind="text", is_required=True)
    with pytest.raises(Refused):
        make.voice(ward, category=own, extra={})
    assert make.voice(ward, category=own).extra == {}, "a message on the phone cannot be asked"


def test_a_category_of_another_city_is_refused(ward: Region) -> None:
    elsewhere = Region.objects.create(level="city", path="9999", name="Lain", created_at=NOW)
    with pytest.raises(Refused) as caught:
        make.voice(ward, category=category(city=elsewhere))
    assert caught.value.reason == CategoryReason.OTHER_PLACE
