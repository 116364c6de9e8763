"""The list of a meeting: what its rows become, what is masked, what is refused and why."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.core.imports import plan
from pendamping.core.imports.cells import CellProblem
from pendamping.core.imports.sheet import read
from pendamping.core.models import ImportedRow, JournalEntry
from pendamping.needs import services
from pendamping.needs.enums.meeting_lists import MeetingListReason
from pendamping.needs.meeting_lists import MeetingVoices, rt_and_rw, unit
from pendamping.needs.models import Voice
from pendamping.needs.rules import meeting_lists as rules
from pendamping.needs.tests import factories as make
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

NOW = datetime(2026, 5, 12, 5, 0, tzinfo=UTC)
HELD = date(2026, 5, 9)
PHONE = "0812-3456-7890"
LIST = f"""Daftar aspirasi musyawarah
No;Nama;NIK;Aspirasi;Perihal;RT/RW;Lokasi;No HP
1;Sumirah;{make.NIK};Selokan depan sekolah mampet;Selokan, genangan, banjir;02/05;Gang Melati;{PHONE}
2;Tatang;;Lampu mati, hubungi {PHONE};Lampu;;;
3;Entin;;Jalan berlubang;A2.01;9/9;;
"""


@pytest.mark.parametrize(
    ("cell", "number"), [("5", "005"), (5.0, "005"), ("RW 05", "005"), ("rt.012", "012"), ("007", "007")]
)
def test_units_are_read_as_people_write_them(cell: Any, number: str) -> None:
    assert unit(cell) == number


def test_rt_before_rw() -> None:
    assert [rt_and_rw(cell) for cell in ("02/05", "RT 2 / RW 05")] == [("002", "005")] * 2
    for wrong in (lambda: rt_and_rw("2"), lambda: unit("Melati"), lambda: unit("1234"), lambda: rt_and_rw("2/0")):
        with pytest.raises(CellProblem):
            wrong()


@pytest.mark.parametrize(
    ("verdict", "reason"),
    [
        (rules.may_read(500), None), (rules.may_read(501), MeetingListReason.TOO_LONG),
        (rules.may_write(tried="a", sha256="a"), None),
        (rules.may_write(tried="", sha256="a"), MeetingListReason.TRY_FIRST),
        (rules.may_keep(refused_rows=0, good_rows=False), None),
        (rules.may_keep(refused_rows=1, good_rows=False), MeetingListReason.ROWS_REFUSED),
        (rules.may_keep(refused_rows=1, good_rows=True), None),
    ],
)  # fmt: skip
def test_what_may_be_taken(verdict: Any, reason: Any) -> None:
    assert verdict.reason == reason


@pytest.fixture
def ward() -> Region:
    make.menu()
    made = places.ward(1)
    places.rt(places.rw(made, 5), 2)
    return made


@pytest.fixture
def sari(ward: Region) -> Account:
    return personas.sari(ward)


def facts(ward: Region, text: str = LIST, **more: Any) -> dict[str, Any]:
    return {"at": NOW, "ward": ward, "held_on": HELD, "file": io.BytesIO(text.encode()), "good_rows": False, **more}


@pytest.mark.django_db
def test_each_row_becomes_a_voice_of_the_meeting(ward: Region, sari: Account) -> None:
    trial = services.try_list(by=sari, **facts(ward))
    assert (trial.report.added, trial.report.refused, Voice.objects.count()) == (3, 0, 0)
    assert trial.left_out == ["No", "Nama", "NIK", "No HP"]
    assert trial.masked == [(4, "Lampu mati, hubungi [telepon]")]
    services.take_list(by=sari, **facts(ward, tried=trial.sha256))
    first, second, third = Voice.objects.order_by("id")
    assert (first.region.path, first.place_words) == (f"{ward.path}005002", "Gang Melati")
    assert first.category is not None and first.category.key == "drain"
    assert (second.text, second.other_words, second.region) == ("Lampu mati, hubungi [telepon]", "Lampu", ward)
    assert third.menu_item is not None and third.menu_item.code == "A2.01"
    assert (third.region, third.place_words) == (ward, "RW 009, RT 009")
    for voice in (first, second, third):
        assert (voice.channel, voice.behalf, voice.recorded_by) == ("meeting", "meeting", sari)
        assert voice.heard_at.date() == HELD
    entry = JournalEntry.objects.get(verb="needs.list_taken")
    assert (entry.changes, entry.office, entry.is_public) == ({"rows": 3}, "ward_facilitator", False)
    kept = str(list(Voice.objects.values())) + str(list(ImportedRow.objects.values())) + str(entry.__dict__)
    assert not [word for word in (make.NIK, PHONE, "Sumirah", "Tatang") if word in kept]


@pytest.mark.django_db
def test_sent_twice_is_taken_once(ward: Region, sari: Account) -> None:
    sha256 = services.try_list(by=sari, **facts(ward)).sha256
    for _ in range(2):
        services.take_list(by=sari, **facts(ward, tried=sha256))
    longer = f"{LIST}4;Dedi;;Pohon tumbang;;;;\n"
    trial = services.try_list(by=sari, **facts(ward, longer))
    assert (trial.report.added, trial.report.already, Voice.objects.count()) == (1, 3, 3)


@pytest.mark.django_db
def test_one_wrong_row_keeps_all_out_unless_the_right_ones_are_wanted(ward: Region, sari: Account) -> None:
    places.ward(2)
    wrong = f"Aspirasi;RT;Kelurahan\nJalan rusak;;\nLampu mati;{PHONE};\nAir keruh;2;\nSampah;;Sukamaju 2\n"
    trial = services.try_list(by=sari, **facts(ward, wrong))
    assert [(one.row, one.column, one.code) for one in trial.report.problems] == [
        (3, "RT", "not_a_unit"), (4, "", "rw_missing"), (5, "", "other_ward"),
    ]  # fmt: skip
    with pytest.raises(Refused) as refusal:
        services.take_list(by=sari, **facts(ward, wrong, tried=trial.sha256))
    assert (refusal.value.reason, Voice.objects.count()) == (MeetingListReason.ROWS_REFUSED, 0)
    services.take_list(by=sari, **facts(ward, wrong, tried=trial.sha256, good_rows=True))
    assert Voice.objects.get().text == "Jalan rusak"


@pytest.mark.django_db
def test_files_of_the_secretariat_name_ward_and_day(ward: Region) -> None:
    importer = MeetingVoices(places.city())
    text = "Suara;Kelurahan;Tanggal\nA rusak;Sukamaju 1;09/05/2026\nB rusak;;09/05/2026\nC rusak;Sukamaju 1;\n"
    text += "D rusak;Sukamaju 1;09/05/2027\n"
    report = plan.run(
        importer, read(text.encode()), mode="good", dry_run=False, by=personas.budi(places.city()), at=NOW
    )
    assert [one.code for one in report.problems] == ["ward_missing", "day_missing", "day_ahead"]
    assert Voice.objects.get().heard_at.date() == HELD


def send(client: Client, ward: Region, text: str = LIST, **more: Any) -> Any:
    file = SimpleUploadedFile("daftar.csv", text.encode(), "text/csv")
    given = {"ward": ward.path, "held_on": HELD.isoformat(), "file": file, **more}
    return client.post(reverse("needs:meeting_list"), given)


@pytest.mark.django_db
def test_page_tries_and_then_records(ward: Region, sari: Account, client: Client, settings: Settings) -> None:
    settings.MFA_REQUIRED = False
    client.force_login(sari)
    assert reverse("needs:meeting_list") in client.get(reverse("needs:record_voice")).content.decode()
    tried = send(client, ward)
    page = tried.content.decode()
    assert ("3 baris: 3 baru" in page, "hubungi [telepon]" in page, PHONE in page) == (True, True, False)
    digest = tried.context["form"].data["tried"]
    assert send(client, ward, LIST + "4;;;Lain;;;;\n", write="on", tried=digest).status_code == 422
    assert Voice.objects.count() == 0
    assert send(client, ward, write="on", tried=digest).status_code == 302
    assert Voice.objects.count() == 3


@pytest.mark.django_db
def test_page_is_for_those_who_record_in_a_ward(ward: Region, client: Client, settings: Settings) -> None:
    settings.MFA_REQUIRED = False
    client.force_login(personas.wati(places.ward(2)))
    assert send(client, ward).status_code == 422
    client.force_login(personas.person("rt_rw", Region.objects.get(level="rt")))
    assert send(client, ward).status_code == 422
    client.force_login(personas.lurah(ward))
    assert client.get(reverse("needs:meeting_list")).status_code == 403
