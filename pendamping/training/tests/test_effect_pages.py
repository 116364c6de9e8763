"""Pages, papers and the API of what training adds: who sees what, and what does not leave the office."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core.models import Document
from pendamping.core.moments import day
from pendamping.facilitators.tests import appointment_factories as service
from pendamping.facilitators.tests.test_appointment_api import ask
from pendamping.regions.tests import factories as places
from pendamping.training.enums.learning import Aspect, EnrolmentState
from pendamping.training.models import CourseVersion
from pendamping.training.tests import effect_factories as made
from pendamping.training.tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Pages act today: whoever is placed has served for ten months."""
    settings.MFA_REQUIRED = False
    today = day(timezone.now())
    facts = {"NOW": timezone.now(), "TODAY": today, "START": ago(300), "END": ago(-300)}
    for name, value in facts.items():
        monkeypatch.setattr(service, name, value)


def ago(days: int) -> date:
    return day(timezone.now()) - timedelta(days=days)


def get(client: Client, person: Account | None, name: str, *codes: Any) -> Any:
    client.force_login(person) if person else client.logout()
    return client.get(reverse(f"training:{name}", args=codes))


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def address(of: CourseVersion) -> tuple[str, int]:
    return of.course.code, of.number


def cells(answer: Any) -> list[list[str]]:
    assert answer.status_code == 200
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    return [[str(cell) for cell in row if cell != ""] for row in rows]


def area() -> Account:
    return personas.person("area_coordinator", places.district(2), "wilayah")


def test_courses_and_one_of_them(client: Client) -> None:
    version = make.version()
    made.before_and_after(version, [(40, 70), (100, 100), (60, 30)])
    assert "Dasar pendampingan" in text(get(client, make.manager(), "effect_courses"))
    page = text(get(client, make.manager(), "effect", *address(version)))
    assert "-0,75" in page
    assert "0,00" in page  # 50 before, 50 after
    assert "Peserta-0" in page


def test_only_my_place_is_told(client: Client) -> None:
    version = make.version()
    made.before_and_after(version, [(40, 70)])
    page = text(get(client, area(), "effect", *address(version)))
    assert "Peserta-0" not in page
    abroad = personas.person("city_coordinator", places.city("3279", "Kota Lain"), "jauh")
    for name in ("effect", "effect_items", "effect_pdf", "effect_xlsx"):
        assert get(client, abroad, name, *address(version)).status_code == 404
        assert get(client, personas.sari(places.ward()), name, *address(version)).status_code == 403
    assert get(client, None, "effect_courses").status_code == 302
    draft = make.version(published=False)
    assert get(client, make.manager(), "effect", *address(draft)).status_code == 404


def test_items_page(client: Client) -> None:
    version = make.version()
    make.questions("m1", 1)
    quiz = version.modules.get(key="m1").activities.get(key="kuis")
    mine = made.attempt(make.enrolled(of=version), quiz, 50)
    made.answer(mine, made.Question.objects.get(), 1)
    page = text(get(client, make.manager(), "effect_items", *address(version)))
    assert "m1: soal 1?" in page
    assert "p 1,00" in page or "p 1.00" in page


def test_marks_are_told_in_the_words_they_were_asked_in(client: Client) -> None:
    version = make.version()
    for _one in range(5):
        made.opinion(version, **{str(aspect): 4 for aspect in Aspect})
    page = text(get(client, make.manager(), "effect", *address(version)))
    with override("id"):
        assert all(str(aspect.label) in page for aspect in Aspect)


def test_what_learners_wrote_is_read_in_the_office_from_five_opinions_on(client: Client) -> None:
    version = make.version()
    for words in ("Zaman dulu lebih baik", "", "Contoh <b>kurang</b>", ""):
        one = made.opinion(version, useful=4)
        made.Opinion.objects.filter(pk=one.pk).update(words=words)
    assert "Zaman dulu" not in text(get(client, make.manager(), "effect", *address(version)))
    made.opinion(version, useful=4)
    page = text(get(client, make.manager(), "effect", *address(version)))
    assert page.index("Contoh &lt;b&gt;kurang&lt;/b&gt;") < page.index("Zaman dulu lebih baik")
    taken = get(client, make.manager(), "effect_xlsx", *address(version))
    assert "Zaman dulu" not in str(cells(taken))


def district_learners(version: CourseVersion, *numbers: int) -> None:
    for place, number in enumerate(numbers, start=1):
        ward = places.ward(1, of=places.district(place))
        for one in range(number):
            make.enrolled(ward, f"d{place}-{one}", version)


def test_small_groups_stay_in_the_office(client: Client) -> None:
    version = make.version()
    district_learners(version, 9, 3, 6)
    version.enrolments.filter(account__username="d1-0").update(
        state=EnrolmentState.COMPLETED, completed_at=timezone.now()
    )
    rows = {row[0]: row[1:] for row in cells(get(client, make.manager(), "effect_xlsx", *address(version))) if row}
    hidden = ["disembunyikan"] * 4
    assert rows[places.district(1).label] == hidden  # one passed: fewer than five
    assert rows[places.district(2).label] == hidden
    assert rows[places.district(3).label] == ["6", "6", "0", "0"]
    assert (rows["Terdaftar"], rows["Lulus"]) == (["18"], ["disembunyikan"])
    page = text(get(client, make.manager(), "effect", *address(version)))
    assert "disembunyikan" not in page


def test_what_is_withheld_cannot_be_reckoned_from_who_was_asked_or_compared(client: Client) -> None:
    version = make.version()
    district_learners(version, 28)
    passed = list(version.enrolments.order_by("pk")[:11])
    for place, one in enumerate(passed):  # six long enough ago to be compared, five lately
        since = timezone.now() - timedelta(days=60 if place < 6 else 1)
        version.enrolments.filter(pk=one.pk).update(state=EnrolmentState.COMPLETED, completed_at=since)
    left = version.enrolments.filter(state=EnrolmentState.ACTIVE).order_by("pk").values_list("pk", flat=True)[:3]
    version.enrolments.filter(pk__in=list(left)).update(
        state=EnrolmentState.WITHDRAWN, ended_at=timezone.now(), ended_reason="Pindah"
    )
    made.treating(version, "log.returned")
    for number in (1, 5):
        for _one in range(number):
            made.opinion(version, useful=4)
        told = str(cells(get(client, make.manager(), "effect_xlsx", *address(version))))
        assert "'Terdaftar', '28'" in told
        assert not any(f" {hidden} " in told or f"'{hidden}'" in told for hidden in ("11", "3")), told
        assert "6 peserta" not in told


def test_one_small_district_is_never_withheld_alone(client: Client) -> None:
    version = make.version()
    district_learners(version, 9, 3, 6)
    rows = {row[0]: row[1:] for row in cells(get(client, make.manager(), "effect_xlsx", *address(version))) if row}
    assert rows[places.district(3).label] == ["disembunyikan"] * 4
    assert rows[places.district(1).label] == ["9", "9", "0", "0"]


def test_a_title_is_never_a_formula(client: Client) -> None:
    version = make.version(make.course(title={"id": "=1+1", "en": "=1+1"}))
    answer = get(client, make.manager(), "effect_xlsx", *address(version))
    assert ["Versi", "=1+1 · 1"] in cells(answer)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_the_paper_replaces_the_older_one_of_the_same_place(client: Client) -> None:
    version = make.version()
    district_learners(version, 6)
    first = get(client, make.manager(), "effect_pdf", *address(version))
    assert first.content.startswith(b"%PDF")
    assert get(client, area(), "effect_pdf", *address(version)).status_code == 200
    district_learners(version, 0, 6)
    get(client, make.manager(), "effect_pdf", *address(version))
    found = Document.objects.filter(kind="training_report").order_by("id")
    assert [(one.region_path, one.is_valid) for one in found] == [("3278", False), ("327802", True), ("3278", True)]


def test_errors_in_the_field_name_no_one(client: Client) -> None:
    version = make.version()
    made.treating(version, "log.returned", "payment.refused.documents")
    ani = made.placed()
    made.lines_returned(ani, ago(5), ago(6))
    page = text(get(client, make.manager(), "field_errors"))
    assert "1. Modul 1" in page
    assert "payment.refused.documents" in page
    assert ani.account.name not in page
    assert "1. Modul 1" not in text(get(client, area(), "field_errors"))
    assert get(client, ani.account, "field_errors").status_code == 403


def test_my_suggestions(client: Client) -> None:
    version = make.version()
    made.treating(version, "log.returned")
    made.treating(version, "log.late", module="m2")
    ani = made.placed()
    assert "Modul" not in text(get(client, ani.account, "my_suggestions")).split("<main")[1].split("</main")[0]
    made.lines_returned(ani, ago(5), ago(6))
    made.line(ani, ago(40), flags=("late",))
    learner = made.learning(ani, version)
    quiz = version.modules.get(key="m2").activities.get(key="kuis")
    made.attempt(learner, quiz, 90, at=made.noon(ago(20)))
    page = text(get(client, ani.account, "my_suggestions"))
    assert page.index("1. Modul 1") < page.index("2. Modul 2")
    assert "90 menit" in page
    assert "selesai" in page
    stranger = made.placed(places.ward(3), "Orang Baru")
    made.lines_returned(stranger, ago(5))
    told = text(get(client, stranger.account, "my_suggestions")).split("<main")[1].split("</main")[0]
    assert "1. Modul 1" in told
    assert "mendaftarkan" in told  # in no course yet: nothing to open
    assert "/m1/" not in told
    other = text(get(client, made.placed(places.ward(2), "Orang Lain").account, "my_suggestions"))
    assert "1. Modul 1" not in other
    assert get(client, None, "my_suggestions").status_code == 302


def test_pages_ask_as_much_for_one_row_as_for_three(client: Client) -> None:
    version = make.version()
    made.treating(version, "log.returned")

    def grow(number: int) -> None:
        one = made.placed(places.ward(number), f"Orang {number}")
        made.learning(one, version, passed_on=ago(40))
        made.lines_returned(one, ago(5), ago(60))
        made.before_and_after(version, [(40, 60)])

    def asked() -> list[int]:
        found = []
        for name in ("effect_courses", "field_errors", "effect", "effect_items"):
            with CaptureQueriesContext(connection) as seen:
                get(client, make.manager(), name, *(address(version) if name in ("effect", "effect_items") else ()))
            found.append(len(seen))
        return found

    grow(1)
    asked()
    once = asked()
    grow(2)
    grow(3)
    assert asked() == once


def test_the_same_over_the_api(client: Client) -> None:
    version = make.version()
    made.treating(version, "log.returned", "payment.refused.documents")
    made.before_and_after(version, [(40, 70)])
    ani, boss = made.placed(), make.manager()
    made.lines_returned(ani, ago(5))
    [line] = ask(client, boss, "GET", "/training-effect").json()
    assert (line["course"], line["enrolled"]) == (version.course.code, 1)
    path = f"/training-effect/{version.course.code}/{version.number}"
    found = ask(client, boss, "GET", path).json()
    assert (float(found["gain"]["of_averages"]), found["gain"]["level"]) == (0.5, None)
    assert found["not_counted"] == ["payment.refused.documents"]
    assert ask(client, boss, "GET", f"{path}/items").json() == []
    [error] = ask(client, boss, "GET", "/training-field-errors").json()
    assert (error["key"], error["count"], error["modules"]) == ("log.returned", 1, ["m1"])
    [mine] = ask(client, ani.account, "GET", "/my-training-suggestions").json()
    assert (mine["key"], mine["modules"][0]["since"]) == ("log.returned", 1)
    assert ask(client, ani.account, "GET", path).status_code == 403
    abroad = personas.person("city_coordinator", places.city("3279", "Kota Lain"), "jauh")
    assert ask(client, abroad, "GET", path).status_code == 404
