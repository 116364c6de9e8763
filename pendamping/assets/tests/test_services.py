"""Handover, inspection and fault as acts; the circle closes."""

from __future__ import annotations

import io
import uuid
from datetime import date

import pytest
from pypdf import PdfReader

from pendamping.access.enums import Reason as AccessReason
from pendamping.access.tests import personas
from pendamping.assets import papers, queries, services
from pendamping.assets.enums import Reason
from pendamping.assets.models import Asset, FaultReport
from pendamping.assets.tests import factories as make
from pendamping.core import counters, journal
from pendamping.core.errors import Refused
from pendamping.core.models import Document, JournalEntry
from pendamping.delivery import services as delivery_acts
from pendamping.delivery.tests import factories as delivery
from pendamping.needs.models import Voice
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
OWN = {"asset.condition", "asset.rupiah"}


def assert_counted():
    assert [found for found in counters.differences() if found.key[0] in OWN] == []


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_finished_work_becomes_an_asset_with_its_minutes():
    asset = make.asset(places.ward())
    project = asset.handover.project
    project.refresh_from_db()
    assert project.state == "handed_over"
    assert (asset.condition, asset.built_on.isoformat()) == ("good", project.completed_at.date().isoformat())
    assert asset.photos.get().is_public
    paper = asset.handover.document
    assert paper is not None
    with paper.file.open("rb") as stored:
        text = text_of(stored.read())
    for fact in ("Pokmas Mawar Bersama", "Pengurus RW 005", "Rp\u00a048.500.000", "120 m", asset.code, paper.code):
        assert fact in text
    assert counters.total("asset.rupiah", under=asset.ward_path) == 48_500_000
    assert_counted()
    assert list(journal.verify()) == []


def test_the_paper_names_the_government_of_its_own_place(settings):
    settings.CITY_NAME = "Kota Lain"
    asset = make.asset(places.ward())
    with asset.handover.document.file.open("rb") as stored:
        paper, plate = text_of(stored.read()), text_of(papers.plate(asset, at=make.AT))
    assert "Pemerintah Kota Contoh".lower() in paper.lower()
    assert "Kota Contoh".lower() in plate.lower()
    assert "kota lain" not in (paper + plate).lower()


def test_a_volume_of_nothing_is_not_told_as_planned():
    asset = make.asset(places.ward())
    nothing = papers._figures(type(asset.handover)(volume=0, value=1), asset.handover.project)["rows"][0]
    assert (nothing[1], nothing[2]) == ("120 m", "0 m")


def test_a_handover_asked_twice_makes_one_asset_and_one_paper():
    project, op = delivery.completed(places.ward()), uuid.uuid4()
    assert make.handed_over(project, op=op) == make.handed_over(project, op=op)
    assert (Asset.objects.count(), Document.objects.count()) == (1, 1)


def test_minutes_that_were_not_printed_are_printed_when_asked_for():
    asset = make.standing(places.ward())
    handover = asset.handover
    type(handover).objects.filter(pk=handover.pk).update(document=None)
    handover.refresh_from_db()
    paper = services.print_minutes(handover, at=make.AT)
    handover.refresh_from_db()
    assert handover.document == paper
    assert Document.objects.count() == 1


def test_the_author_of_the_final_report_does_not_hand_over():
    ward = places.ward()
    author = personas.person("ward_head", ward, "rangkap")
    project = delivery.project(ward)
    delivery.verified(project)
    delivery.paid(project)
    delivery.verified(project, 50, 1)
    report = delivery.reported(project, 100, 1, by=author)
    delivery_acts.verify_progress(report=report, by=personas.sekretaris(ward), at=delivery.AT)
    with pytest.raises(Refused) as refusal:
        make.handed_over(project, by=author)
    assert refusal.value.reason == AccessReason.SAME_PERSON
    assert make.handed_over(project).custodian == "Pengurus RW 005"


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"state": "running"}, Reason.NOT_COMPLETED),
        ({"state": "completed", "stream": "empowerment"}, Reason.EMPOWERMENT_HAS_NO_ASSET),
    ],
)
def test_what_is_not_finished_or_leaves_nothing_is_not_handed_over(facts, reason):
    with pytest.raises(Refused) as refusal:
        make.handed_over(delivery.project(places.ward(), **facts))
    assert refusal.value.reason == reason
    assert Document.objects.count() == 0


def test_an_inspection_changes_the_condition_and_sets_the_next_day():
    asset = make.standing(places.ward())
    inspection = make.inspected(asset, "light_damage")
    asset.refresh_from_db()
    assert (asset.condition, asset.inspected_on, asset.next_inspection_on) == (
        "light_damage",
        date(2026, 6, 1),
        date(2026, 12, 1),
    )
    assert inspection.photos.get().is_public
    entry = JournalEntry.objects.get(verb="assets.inspected")
    assert entry.changes["condition"] == ["good", "light_damage"]
    assert_counted()


def test_inspections_due_are_of_this_place_the_longest_overdue_first(django_assert_num_queries):
    ward = places.ward()
    late = make.standing(ward, title="A", next_inspection_on=date(2026, 6, 2))
    later = make.standing(ward, title="B", next_inspection_on=date(2026, 6, 1))
    make.standing(ward, title="C", next_inspection_on=date(2026, 12, 1))
    gone = make.standing(ward, title="D", next_inspection_on=date(2026, 6, 1))
    make.inspected(gone, "gone", next_inspection_on=date(2026, 6, 3))
    make.standing(places.ward(2), title="E", next_inspection_on=date(2026, 6, 1))
    with django_assert_num_queries(1):
        assert list(queries.inspections_due(ward.path, date(2026, 6, 10))) == [later, late]


def test_a_fault_is_a_voice_and_the_journey_begins_anew():
    asset = make.standing(places.ward())
    fault = make.broken(asset, "Tutup pecah, hubungi 081234567890")
    voice = Voice.objects.get()
    assert fault.voice == voice
    assert (voice.channel, voice.region, voice.place_words) == ("asset", asset.region, asset.place)
    assert "081234567890" not in voice.text
    assert not voice.photos.get().is_public
    assert list(queries.faults_of(asset)) == [fault]
    assert list(queries.open_faults(asset.ward_path)) == [fault]
    entry = JournalEntry.objects.get(verb="assets.fault_reported")
    assert entry.changes == {"voice": voice.code}
    assert list(journal.verify()) == []


def test_the_same_operation_reports_a_fault_once():
    asset, op = make.standing(places.ward()), uuid.uuid4()
    facts = {"asset": asset, "text": "Pecah", "by": None, "at": make.AT, "op": op}
    assert services.report_fault(**facts) == services.report_fault(**facts)
    assert (FaultReport.objects.count(), Voice.objects.count()) == (1, 1)


def test_a_fault_without_words_is_refused():
    with pytest.raises(Refused) as refusal:
        make.broken(make.standing(places.ward()), "  ")
    assert refusal.value.reason == Reason.FAULT_WORDS_NEEDED


def test_the_plate_names_the_asset_and_fits_one_small_sheet():
    asset = make.standing(places.ward())
    reader = PdfReader(io.BytesIO(papers.plate(queries.assets().get(pk=asset.pk), at=make.AT)))
    assert len(reader.pages) == 1
    assert round(float(reader.pages[0].mediabox.width) / 72 * 25.4) == 105
    assert asset.code in reader.pages[0].extract_text()
