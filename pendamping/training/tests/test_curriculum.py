"""Courses written, published, drafted anew, withdrawn; packages in and out."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from typing import Any

import pytest

from pendamping.core.errors import Refused
from pendamping.core.imports.plan import run
from pendamping.core.imports.sheet import read
from pendamping.core.journal import JournalEntry
from pendamping.facilitators.models import Question
from pendamping.regions.tests import factories as places
from pendamping.training import course_files
from pendamping.training.enums.curriculum import VersionState
from pendamping.training.importers.competencies import Competencies
from pendamping.training.models import Activity, Competency, Course, CourseVersion, Material, Module
from pendamping.training.queries import curriculum as queries
from pendamping.training.services import curriculum, modules, packages
from pendamping.training.tests import factories as make
from pendamping.training.tests.factories import NOW, both
from pendamping.training.tests.test_curriculum_rules import one_module, packed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    storages = {name: {**one} for name, one in settings.STORAGES.items()}
    storages["materials"]["OPTIONS"] = {"location": tmp_path}
    settings.STORAGES = storages


def who() -> dict[str, Any]:
    return {"by": make.manager(), "at": NOW}


def written(*, questions: int = 5) -> CourseVersion:
    """A course made by hand: one module with page, quiz and task, ready to be published."""
    programme = curriculum.make_programme(**who(), region=places.city(), key="pendamping", title=both("Program"))
    course = curriculum.make_course(**who(), programme=programme, key="dasar", title=both("Dasar"), valid_months=12)
    version = course.versions.get()
    module = modules.write_module(**who(), version=version, key="m1", title=both("Satu"), hours=Decimal(2))
    modules.write_activity(**who(), module=module, key="baca", kind="page", title=both("Baca"), body=both("Teks"))
    modules.write_activity(
        **who(), module=module, key="kuis", kind="quiz", title=both("Kuis"), quiz={"topics": ["m1"], "number": 5}
    )
    fill(course, questions)
    return version


def fill(course: Course, number: int, topic: str = "m1") -> None:
    for place in range(number):
        make.banks.question(course.bank, f"{topic} soal {place}?", topic=topic)


def refusal(service: Any, **facts: Any) -> str:
    with pytest.raises(Refused) as problem:
        service(**who(), **facts)
    assert problem.value.message
    return str(problem.value.code)


def test_course_is_made_written_and_published_and_then_fixed() -> None:
    version = curriculum.publish_version(**who(), version=written())
    assert (version.state, len(version.digest)) == (VersionState.PUBLISHED, 64)
    module = version.modules.get()
    assert (
        refusal(modules.write_module, version=version, key="m2", title=both("Dua"), hours=Decimal(1))
        == "version_not_draft"
    )
    activity = module.activities.first()
    assert activity is not None
    for service, facts in (
        (modules.drop_module, {"module": module}), (modules.move_module, {"module": module}),
        (modules.drop_activity, {"activity": activity}), (modules.move_activity, {"activity": activity}),
        (modules.write_activity, {"module": module, "key": "baca", "kind": "page", "title": both("Lain")}),
        (curriculum.change_version, {"version": version, "pass_rule": "tasks == all"}),
        (curriculum.drop_draft, {"version": version}),
    ):  # fmt: skip
        assert refusal(service, **facts) == "version_not_draft"
    assert queries.rules.digest(queries.document(version)) == version.digest
    told = JournalEntry.objects.filter(verb="training.version_published").get()
    assert told.changes["digest"] == version.digest


def test_version_that_cannot_be_learned_is_refused_with_all_that_is_missing() -> None:
    version = written(questions=4)
    modules.write_module(**who(), version=version, key="m2", title=both("Dua"), hours=Decimal(1))
    with pytest.raises(Refused) as problem:
        curriculum.publish_version(**who(), version=version)
    assert "Dua" in problem.value.message
    assert "4" in problem.value.message
    CourseVersion.objects.filter(pk=version.pk).update(pass_rule='quiz("m9") >= 70')
    with pytest.raises(Refused) as again:
        curriculum.publish_version(**who(), version=version)
    assert "m9" in again.value.message


def test_new_version_copies_the_published_one_and_takes_its_place() -> None:
    first = curriculum.publish_version(**who(), version=written())
    activity = Activity.objects.get(key="baca")
    second = curriculum.draft_version(**who(), course=first.course, what_changed="Teks baru")
    assert refusal(curriculum.draft_version, course=first.course) == "version_draft_exists"
    assert queries.document(second) == queries.document(first)
    assert refusal(curriculum.publish_version, version=second) == "version_same"
    module = second.modules.get()
    modules.write_activity(**who(), module=module, key="baca", kind="page", title=both("Baca"), body=both("Teks lain"))
    second = curriculum.publish_version(**who(), version=second)
    first.refresh_from_db()
    activity.refresh_from_db()
    assert (first.state, second.number, activity.body["id"]) == (VersionState.WITHDRAWN, 2, "Teks")
    assert first.digest != second.digest
    withdrawn = curriculum.withdraw_version(**who(), version=second)
    assert withdrawn.state == VersionState.WITHDRAWN
    assert refusal(curriculum.withdraw_version, version=second) == "version_not_published"


def test_draft_is_dropped_but_not_the_only_version() -> None:
    version = written()
    assert refusal(curriculum.drop_draft, version=version) == "version_last"
    first = curriculum.publish_version(**who(), version=version)
    second = curriculum.draft_version(**who(), course=first.course)
    assert curriculum.drop_draft(**who(), version=second) == first.course
    assert first.course.versions.count() == 1


def test_modules_and_activities_are_put_in_order() -> None:
    version = written()
    modules.write_module(**who(), version=version, key="m2", title=both("Dua"), hours=Decimal(1))
    second = version.modules.get(key="m2")
    modules.move_module(**who(), module=second)
    assert list(version.modules.values_list("key", flat=True)) == ["m2", "m1"]
    assert refusal(modules.move_module, module=second) == "position_end"
    modules.move_module(**who(), module=second, up=False)
    assert list(version.modules.values_list("key", "position")) == [("m1", 1), ("m2", 2)]
    quiz = Activity.objects.get(key="kuis")
    modules.move_activity(**who(), activity=quiz)
    assert list(version.modules.get(key="m1").activities.values_list("key", flat=True)) == ["kuis", "baca"]
    modules.drop_activity(**who(), activity=quiz)
    modules.drop_module(**who(), module=second)
    assert list(version.modules.values_list("key", flat=True)) == ["m1"]


def pdf() -> bytes:
    import pypdf

    out = io.BytesIO()
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(out)
    return out.getvalue()


def test_file_comes_through_the_safe_door_and_goes_with_its_last_version(
    django_capture_on_commit_callbacks: Any,
) -> None:
    version = written()
    activity = Activity.objects.get(key="baca")
    with pytest.raises(Refused):
        modules.admit_file(b"MZ not a file we know")
    kept = modules.keep_material(**who(), activity=activity, title="Salindia", file=modules.admit_file(pdf()))
    assert (kept.content_type, kept.pages) == ("application/pdf", 1)
    path, storage = str(kept.file.name), kept.file.storage
    second = curriculum.draft_version(**who(), course=curriculum.publish_version(**who(), version=version).course)
    copied = Material.objects.get(activity__module__version=second)
    assert (copied.file.name, copied.name != kept.name) == (path, True)
    with django_capture_on_commit_callbacks(execute=True):
        modules.drop_material(**who(), material=copied)
    assert storage.exists(path)
    assert refusal(modules.drop_material, material=kept) == "version_not_draft"


def test_key_twice_and_words_missing_are_refused() -> None:
    version = written()
    facts = {"programme": version.course.programme, "title": both("Dasar")}
    assert refusal(curriculum.make_course, key="dasar", **facts) == "training_key_taken"
    assert refusal(curriculum.make_course, key="Dasar Lagi", **facts) == "training_key"
    empty = {"version": version, "key": "m3", "title": {"en": "Three"}, "hours": Decimal(1)}
    assert refusal(modules.write_module, **empty) == "training_words"
    late = {"version": version, "key": "m3", "title": both("Tiga"), "hours": Decimal(0)}
    assert refusal(modules.write_module, **late) == "training_hours"


SHEET = "Kode Unit;Judul Unit;Keputusan\nJ.63OPR00.001.2;Mengoperasikan data;Kepmen contoh 1/2020\n"


def test_competencies_come_from_a_file_and_a_corrected_title_is_carried_over() -> None:
    importer = Competencies(places.city())
    assert run(importer, read(SHEET.encode()), dry_run=False, **who()).added == 1
    again = SHEET.replace("Mengoperasikan data", "Mengelola data")
    report = run(importer, read(again.encode()), dry_run=False, **who())
    assert [str(one) for one in report.problems] == []
    found = Competency.objects.get()
    assert (found.unit, found.title, found.decree) == ("J.63OPR00.001.2", "Mengelola data", "Kepmen contoh 1/2020")
    module = written().modules.get()
    facts = {"version": module.version, "key": "m1", "title": both("Satu"), "hours": Decimal(2)}
    modules.write_module(**who(), competencies=[found], **facts)
    assert list(found.modules.all()) == [module]
    assert list(queries.competencies().values_list("served", flat=True)) == [0]


def taken(files: dict[str, Any] | None = None) -> CourseVersion:
    package = packages.read_package(packed(files or one_module()))
    return packages.take_in(**who(), region=places.city(), package=package)


def test_package_becomes_a_draft_that_can_be_published() -> None:
    version = taken()
    assert (version.number, version.state, version.course.key) == (1, VersionState.DRAFT, "k")
    assert queries.lacking(version) == []
    assert Question.objects.filter(bank=version.course.bank, topic="m1").count() == 8
    published = curriculum.publish_version(**who(), version=version)
    again = taken(one_module() | {"m1/text.id.md": "Bacaan yang diperbaiki"})
    assert (again.number, Question.objects.count()) == (2, 8)
    assert again.course == published.course
    with pytest.raises(Refused) as problem:
        taken()
    assert problem.value.code == "version_draft_exists"


def test_trial_keeps_nothing() -> None:
    package = packages.read_package(packed(one_module()))
    found = packages.try_in(**who(), region=places.city(), package=package)
    assert found == {"modules": 1, "activities": 3, "questions": 8, "version": 1}
    assert (Course.objects.count(), Question.objects.count(), Module.objects.count()) == (0, 0, 0)


def test_mended_question_takes_the_place_of_the_old() -> None:
    curriculum.publish_version(**who(), version=taken())
    files = one_module()
    files["m1/questions.json"][0]["text"] = {"id": "Soal baru?"}
    again = taken(files)
    found = Question.objects.filter(source="m1-0").order_by("id")
    assert [one.retired_at is None for one in found] == [False, True]
    assert refusal(curriculum.publish_version, version=again) == "version_same"  # only the bank differs


def two_modules(*texts: str) -> dict[str, Any]:
    """A package of two modules whose questions are numbered anew in each: the first of m1, the first of m2, …"""
    files = one_module()
    files["manifest.json"]["modules"] = ["m1", "m2"]
    files |= {f"m2/{name[3:]}": said for name, said in files.items() if name.startswith("m1/")}
    first, second = ([{**one, "key": f"q{n}"} for n, one in enumerate(files["m1/questions.json"])] for _time in "ab")
    second = [{**one, "text": {"id": f"Modul dua, {one['key']}?"}} for one in second]
    for asked, text in zip((first, second), texts, strict=False):
        asked[0] = {**asked[0], "text": {"id": text}}
    return {**files, "m1/questions.json": first, "m2/questions.json": second}


def in_use(topic: str) -> set[str]:
    return set(Question.objects.filter(topic=topic, retired_at=None).values_list("text", flat=True))


def test_key_of_a_question_counts_within_its_module() -> None:
    curriculum.publish_version(**who(), version=taken(two_modules("Lama?", "Tetap?")))
    taken(two_modules("Baru?", "Tetap?"))
    assert {"Baru?"} == in_use("m1") & {"Lama?", "Baru?"}
    assert "Tetap?" in in_use("m2")


def test_question_that_only_changed_its_key_stays_in_use() -> None:
    files = one_module()
    curriculum.publish_version(**who(), version=taken(files))
    one, two = files["m1/questions.json"][:2]
    one["key"], two["key"] = two["key"], one["key"]
    two["text"] = {"id": "Soal baru?"}
    taken(files)
    assert in_use("m1") == {"Soal baru?", "Soal 0?", *(f"Soal {n}?" for n in range(2, 8))}


def test_package_of_the_version_in_use_is_refused_and_leaves_no_draft() -> None:
    version = curriculum.publish_version(**who(), version=taken())
    with pytest.raises(Refused) as problem:
        taken()
    assert problem.value.code == "version_same"
    assert list(version.course.versions.all()) == [version]


def test_questions_of_one_imported_file_go_out_under_keys_of_their_own() -> None:
    version = written()
    Question.objects.filter(bank=version.course.bank).update(source="soal.gift")
    found = packages.read_package(packages.package_of(version)).course
    assert len({one.key for one in found.modules[0].questions}) == 5


def test_version_goes_out_as_a_package_and_comes_into_another_city_the_same() -> None:
    version = written()
    keep = Activity.objects.get(key="baca")
    modules.keep_material(**who(), activity=keep, title="Salindia", file=modules.admit_file(pdf()))
    unit = curriculum.keep_competency(**who(), region=places.city(), unit="A.1", title="Unit", decree="Kepmen contoh")
    facts = {"version": version, "key": "m1", "title": both("Satu"), "hours": Decimal("2.5"), "serves": ["log.late"]}
    modules.write_module(**who(), competencies=[unit], **facts)
    version = curriculum.publish_version(**who(), version=version)
    data = course_files.packed(packages.package_of(version))
    other = places.city("9999")
    package = packages.read_package(course_files.unpacked(data))
    made = packages.take_in(by=None, at=NOW, region=other, package=package)
    assert queries.document(made) == queries.document(version)
    made = curriculum.publish_version(by=None, at=NOW, version=made)
    assert (made.digest, made.course.region) == (version.digest, other)
    first, second = version.course.bank.questions.all(), made.course.bank.questions.all()
    assert set(first.values_list("digest", flat=True)) == set(second.values_list("digest", flat=True))


def zipped(*files: tuple[str, bytes], mode: int = 0, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in files:
            info = zipfile.ZipInfo(name)
            info.external_attr = mode << 16
            package.writestr(info, data, packing)
    return out.getvalue()


def torn() -> bytes:
    """A ZIP whose packed contents are damaged, its lists whole."""
    whole = bytearray(zipped(("manifest.json", b"{}" * 1000)))
    whole[43] ^= 0xFF  # the first byte behind the name: how the contents are packed
    return bytes(whole)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK not a zip", "package_not_zip"),
        (torn(), "package_not_zip"),
        (zipped(("manifest.json", b"{}"), packing=zipfile.ZIP_BZIP2), "package_packing"),
        (zipped(("manifest.json", b"{}"), packing=zipfile.ZIP_LZMA), "package_packing"),
        (zipped(("../manifest.json", b"{}")), "package_name"),
        (zipped(("/etc/passwd", b"{}")), "package_name"),
        (zipped(("a\\..\\b", b"{}")), "package_name"),
        (zipped(("manifest.json", b"x"), mode=0o120777), "package_name"),
        (zipped(("a.txt", b"0" * 11_000_000)), "package_squeezed"),
        (zipped(*((f"{n}.txt", b"") for n in range(2001))), "package_too_many"),
    ],
)
def test_package_that_is_no_package_is_not_opened(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as problem:
        course_files.unpacked(data)
    assert problem.value.code == code


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_file_twice_in_a_package_is_refused() -> None:
    with pytest.raises(Refused) as problem:
        course_files.unpacked(zipped(("a.txt", b"1"), ("a.txt", b"2")))
    assert problem.value.code == "package_twice"


def test_package_packed_with_its_folder_is_read() -> None:
    data = zipped(*((f"kursus/{name}", said) for name, said in packed(one_module()).items()))
    assert packages.read_package(course_files.unpacked(data)).course.course["key"] == "k"


def test_faults_of_a_package_are_told_together() -> None:
    files = one_module()
    files["m1/module.json"]["hours"] = 0
    files["m1/questions.json"][0]["kind"] = "essay"
    with pytest.raises(Refused) as problem:
        packages.read_package(packed(files))
    assert problem.value.code == "package_wrong"
    assert "m1/module.json, hours" in problem.value.message
    assert "m1-0.kind" in problem.value.message
