"""The working pages and operations of courses: written by hand from empty to published, packages in and out."""

from __future__ import annotations

import io
import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pendamping.access.tests import personas
from pendamping.access.tokens import issue
from pendamping.regions.tests import factories as places
from pendamping.training.course_files import packed, unpacked
from pendamping.training.models import Course, Module
from pendamping.training.services import curriculum, modules, packages
from pendamping.training.tests import factories as make
from pendamping.training.tests.test_curriculum import _files as files_in_their_place
from pendamping.training.tests.test_curriculum import fill, one_module, pdf, taken, who, written
from pendamping.training.tests.test_curriculum import packed as as_bytes

pytestmark = pytest.mark.django_db
__all__ = ["files_in_their_place"]


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


def url(name: str, *args: Any) -> str:
    return reverse(f"training:{name}", args=args)


@pytest.fixture
def manager(client: Client) -> Client:
    places.city()
    client.force_login(make.manager())
    return client


def sent(client: Client, name: str, /, *args: Any, **data: Any) -> Any:
    answer = client.post(url(name, *args), data)
    assert answer.status_code == 302, answer.content.decode()
    return answer


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return str(answer.content.decode())


def test_course_is_written_by_hand_from_empty_to_published(manager: Client) -> None:
    assert "kurikulum" in text(manager.get(url("courses"))).lower()
    sent(manager, "programme_make", region=places.city().pk, key="p", title_id="Program")
    programme = curriculum.Programme.objects.get()
    sent(
        manager,
        "course_make",
        programme=programme.pk,
        key="dasar",
        title_id="Dasar",
        title_en="Basics",
        valid_months=12,
    )
    course = Course.objects.get()
    here = (course.code, 1)
    assert text(manager.get(url("version", *here))).count("<li>") >= 1
    sent(manager, "module_add", *here, key="m1", title_id="Satu", hours="2", serves="log.late, log.no_place")
    module = (*here, "m1")
    sent(manager, "activity_add", *module, "page", key="baca", title_id="Baca", body_id="## Judul\n\n<b>isi</b>")
    sent(manager, "activity_add", *module, "quiz", key="kuis", title_id="Kuis", purpose="check", topics=["m1"],
         number=3, pass_percent=70, attempts_most=0, minutes=0)  # fmt: skip
    rubric = "Lengkap | Complete\n0 Kosong\n2 Semua"
    sent(manager, "activity_add", *module, "task", key="tugas", title_id="Tugas", body_id="Datangi.", rubric=rubric,
         is_required="on")  # fmt: skip
    sent(manager, "activity_add", *module, "session", key="temu", title_id="Pertemuan")
    sent(manager, "activity_add", *module, "video", key="video", title_id="Video", url="https://example.id/v")
    page = text(manager.get(url("activity", *module, "baca")))
    assert "<h2>Judul</h2>" in page
    assert "&lt;b&gt;isi" in page
    assert "Semua" in text(manager.get(url("activity", *module, "tugas")))
    sent(manager, "activity_move", *module, "kuis", up="1")
    sent(manager, "activity_drop", *module, "video")
    sent(manager, "version_rule", *here, pass_rule="tasks == all", what_changed="")
    sent(manager, "version_publish", *here)
    assert course.versions.get().state == "draft"
    fill(course, 3)
    sent(manager, "version_publish", *here)
    assert course.versions.get().state == "published"
    told = Module.objects.get()
    assert told.serves == ["log.late", "log.no_place"]
    assert list(told.activities.values_list("key", flat=True)) == ["kuis", "baca", "tugas", "temu"]
    assert "activity_add" not in text(manager.get(url("module", *module)))


def test_form_says_what_is_wrong_at_its_field(manager: Client) -> None:
    version = written()
    here = (version.course.code, 1)
    page = text(manager.post(url("version_rule", *here), {"pass_rule": "import os", "what_changed": ""}))
    assert 'aria-invalid="true"' in page
    long = {"title_id": "x" * 201, "hours": "2", "serves": ""}
    assert 'aria-invalid="true"' in text(manager.post(url("module_change", *here, "m1"), long))
    bad = {"title_id": "Tugas", "key": "t", "body_id": "x", "rubric": "0 Kosong"}
    assert 'aria-invalid="true"' in text(manager.post(url("activity_add", *here, "m1", "task"), bad))
    known = {"title_id": "Baca", "key": "kuis", "body_id": "x"}
    assert 'aria-invalid="true"' in text(manager.post(url("activity_add", *here, "m1", "page"), known))


def test_published_version_is_read_and_a_new_one_begun(manager: Client) -> None:
    version = curriculum.publish_version(**who(), version=written())
    here = (version.course.code, 1)
    assert version.digest in text(manager.get(url("version", *here)))
    assert "Versi 1" in text(manager.get(url("course", version.course.code)))
    sent(manager, "module_drop", *here, "m1")
    assert version.modules.count() == 1
    sent(manager, "version_draft", version.course.code, what_changed="Lebih jelas")
    sent(manager, "version_drop", version.course.code, 2)
    sent(manager, "version_withdraw", *here, reason="Diganti")
    version.refresh_from_db()
    assert version.state == "withdrawn"
    sent(manager, "course_change", version.course.code, title_id="Dasar baru", valid_months="")
    version.course.refresh_from_db()
    assert (version.course.title, version.course.valid_months) == ({"id": "Dasar baru"}, None)


def test_file_is_added_read_as_a_download_and_taken_out(manager: Client) -> None:
    version = written()
    module = (version.course.code, 1, "m1")
    upload = SimpleUploadedFile("a.pdf", pdf(), "application/pdf")
    sent(manager, "material_add", *module, "baca", title="Salindia", language="id", file=upload)
    page = text(manager.get(url("activity", *module, "baca")))
    [kept] = curriculum.Material.objects.all()
    assert url("material", kept.name) in page
    answer = manager.get(url("material", kept.name))
    assert (answer["Content-Type"], "sandbox" in answer["Content-Security-Policy"]) == ("application/pdf", True)
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.7 broken", "application/pdf")
    wrong = {"title": "x", "language": "id", "file": upload}
    assert 'aria-invalid="true"' in text(manager.post(url("material_add", *module, "baca"), wrong))
    sent(manager, "material_drop", kept.name)
    assert not curriculum.Material.objects.exists()


def test_package_is_tried_taken_in_and_sent_out(manager: Client) -> None:
    def upload(files: Any = None) -> SimpleUploadedFile:
        return SimpleUploadedFile("a.zip", packed(as_bytes(files or one_module())), "application/zip")

    facts = {"region": places.city().pk, "what": "try"}
    assert "8" in text(manager.post(url("package_take_in"), {**facts, "file": upload()}))
    assert not Course.objects.exists()
    files = one_module()
    files["m1/module.json"]["hours"] = 0
    assert "m1/module.json, hours" in text(manager.post(url("package_take_in"), {**facts, "file": upload(files)}))
    sent(manager, "package_take_in", **{**facts, "what": "take"}, file=upload())
    course = Course.objects.get()
    answer = manager.get(url("version_package", course.code, 1))
    assert (answer["Content-Type"], answer.content[:2]) == ("application/zip", b"PK")


def test_default_curriculum_is_taken_in_with_one_button(manager: Client) -> None:
    sent(manager, "curriculum_take_in")
    assert set(Course.objects.values_list("key", flat=True)) == {"pembekalan", "kerja-lapangan"}
    sent(manager, "curriculum_take_in")
    assert [course.versions.count() for course in Course.objects.all()] == [1, 1]
    course = Course.objects.get(key="kerja-lapangan")
    text(manager.get(url("course", course.code)))
    assert "m05" in text(manager.get(url("version", course.code, 1)))
    text(manager.get(url("module", course.code, 1, "m05")))
    text(manager.get(url("activity", course.code, 1, "m05", "baca")))


def test_competencies_are_listed(manager: Client) -> None:
    curriculum.keep_competency(**who(), region=places.city(), unit="A.1", title="Unit", decree="Kepmen contoh")
    assert "Kepmen contoh" in text(manager.get(url("competencies")))


def test_lists_ask_as_often_with_one_row_as_with_three(manager: Client) -> None:
    version = written()
    module = version.modules.get()
    here = (version.course.code, 1)
    pages = [("courses", ()), ("course", here[:1]), ("version", here), ("module", (*here, "m1")), ("competencies", ())]
    curriculum.keep_competency(**who(), region=places.city(), unit="A.1", title="Unit", decree="Kepmen contoh")
    before = [asked(manager, name, args) for name, args in pages]
    for number in (2, 3):
        facts = {"version": version, "key": f"m{number}", "title": make.both("x"), "hours": Decimal(1)}
        other = modules.write_module(**who(), **facts)
        for into in (module, other):
            title, key = make.both("x"), f"a{number}"
            modules.write_activity(**who(), module=into, key=key, kind="page", title=title, body=title)
        curriculum.make_course(**who(), programme=version.course.programme, key=f"k{number}", title=make.both("x"))
        curriculum.keep_competency(**who(), region=places.city(), unit=f"B.{number}", title="Unit", decree="Kepmen")
    assert [asked(manager, name, args) for name, args in pages] == before


def asked(client: Client, name: str, args: Any) -> int:
    """How many questions a page asks of the database."""
    client.get(url(name, *args))
    with CaptureQueriesContext(connection) as found:
        text(client.get(url(name, *args)))
    return len(found)


def test_what_is_written_on_a_page_goes_out_in_a_package_that_comes_in_again(manager: Client) -> None:
    here = (written().course.code, 1)
    sent(manager, "module_add", *here, key="m2", title_id="Dua", hours="2.5", serves="x" * 90 + ", log.late")
    files = unpacked(manager.get(url("version_package", *here)).content)
    assert packages.read_package(files).course.modules[1].facts["serves"] == ["log.late", "x" * 80]


def test_somebody_else_gets_no_page(client: Client) -> None:
    version = written()
    client.force_login(personas.sari(places.ward()))
    assert client.get(url("courses")).status_code == 403
    assert client.get(url("course", version.course.code)).status_code == 403
    client.force_login(personas.person("secretariat", places.city("9999"), "lain"))
    assert client.get(url("course", version.course.code)).status_code == 404


API = "/api/v1"


def bearer() -> dict[str, str]:
    _token, key = issue(account=make.manager(), label="uji", expires_on=date(2099, 1, 1), reads_only=False)
    return {"Authorization": f"Bearer {key}"}


def test_course_is_written_over_the_api(client: Client) -> None:
    version = taken()
    course = version.course
    auth = bearer()

    def call(method: str, path: str, data: Any = None, status: int = 200) -> Any:
        answer = getattr(client, method)(f"{API}{path}", data, content_type="application/json", headers=auth)
        assert answer.status_code == status, answer.content
        return answer.json()

    here = f"/courses/{course.code}/versions/1"
    module = {"key": "m2", "title": {"id": "Dua"}, "hours": "1.5"}
    assert [one["key"] for one in call("put", f"{here}/modules", module)["modules"]] == ["m1", "m2"]
    assert len(call("get", here)["lacking"]) == 1
    call("post", f"{here}/publication", status=422)
    page = {"key": "baca", "kind": "page", "title": {"id": "Baca"}, "body": {"id": "Teks"}}
    call("put", f"{here}/modules/m2/activities", page)
    call("put", f"{here}/modules/m2/activities", {**page, "key": "lagi"})
    call("post", f"{here}/modules/m2/activities/lagi/moves", {"to": "up"}, 201)
    moved = call("post", f"{here}/modules/m2/moves", {"to": "up"}, 201)["modules"]
    assert [one["key"] for one in moved] == ["m2", "m1"]
    assert [one["key"] for one in moved[0]["activities"]] == ["lagi", "baca"]
    call("post", f"{here}/modules/m2/activities/lagi/removal", status=201)
    call("put", f"{here}/pass-rule", {"pass_rule": 'quiz("m9") >= 7'}, 422)
    call("put", f"{here}/pass-rule", {"pass_rule": 'quiz("m1") >= 70'})
    assert call("post", f"{here}/publication", status=201)["state"] == "published"
    call("post", f"{here}/modules/m2/removal", status=422)
    assert call("post", f"/courses/{course.code}/versions", {"what_changed": ""}, 201)["number"] == 2
    assert len(call("post", f"/courses/{course.code}/versions/2/removal", status=201)["versions"]) == 1
    assert call("post", f"{here}/withdrawal", {"reason": "Diganti"}, 201)["state"] == "withdrawn"
    changed = call("put", f"/courses/{course.code}", {"title": {"id": "Lain"}, "valid_months": 6})
    assert changed["title"] == {"id": "Lain"}
    programme = call("post", "/programmes", {"region": places.city().path, "key": "q", "title": {"id": "Q"}}, 201)
    made = {"programme": programme["uid"], "key": "dua", "title": {"id": "Dua"}}
    call("post", "/courses", {**made, "programme": "q"}, 422)
    assert call("post", "/courses", made, 201)["versions"][0]["state"] == "draft"
    assert len(call("get", "/courses")["results"]) == 2
    unit = {"region": places.city().path, "unit": "A.1", "title": "Unit", "decree": "Kepmen contoh"}
    assert call("post", "/competencies", unit, 201)["unit"] == "A.1"


def test_package_and_file_over_the_api(client: Client) -> None:
    city, auth = places.city(), bearer()
    files = packed(as_bytes(one_module()))

    def send(path: str, data: bytes, **said: str) -> Any:
        return client.post(f"{API}{path}", {"file": io.BytesIO(data), **said}, headers=auth)

    trial = send("/course-packages", files, region=city.path)
    assert (trial.status_code, trial.json()["is_written"], Course.objects.count()) == (201, False, 0)
    auth["Idempotency-Key"] = str(uuid.uuid4())
    for _time in range(2):  # the second is the first again
        kept = send("/course-packages", files, region=city.path, write="true").json()
        assert {**kept, "is_written": False} == trial.json()
    del auth["Idempotency-Key"]
    course = Course.objects.get()
    path = f"/courses/{course.code}/versions/1/modules/m1/activities/baca/materials"
    kept = send(path, pdf(), title="Salindia")
    assert kept.status_code == 201, kept.content
    assert send(path, b"nothing we know", title="Salindia").status_code == 422
    gone = client.post(f"{API}/course-materials/{kept.json()['name']}/removal", headers=auth)
    assert gone.json()["modules"][0]["activities"][0]["materials"] == []
