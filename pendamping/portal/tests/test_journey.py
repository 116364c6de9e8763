"""One record's whole road: every stage, newest first, no personal data; where it stopped, and codes nobody knows."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.assets.models import Handover
from pendamping.assets.tests.factories import broken
from pendamping.benefits.models import Reach
from pendamping.core.models import JournalEntry
from pendamping.core.trace import Step
from pendamping.deliberation import services as deliberation
from pendamping.delivery.tests import factories as delivery
from pendamping.needs import services as needs
from pendamping.needs.tests import factories as make
from pendamping.portal import rules
from pendamping.portal.queries import chain, line, lists
from pendamping.portal.tests import factories
from pendamping.regions.tests.factories import rt, rw, ward

pytestmark = pytest.mark.django_db


def page(client: Client, code: str) -> str:
    response = client.get(reverse("portal:journey", args=[code]))
    assert response.status_code == 200
    return response.content.decode()


def test_the_whole_road_is_the_same_from_every_record_on_it() -> None:
    here = ward()
    made = factories.walk(here, place=rt(rw(here)))
    records = [*made.voices, made.need, made.proposal, made.project, *made.reports, made.asset, made.asset.handover]
    seen = set()
    for record in records:
        found = chain.journey(record.code)
        assert found is not None
        assert line.trace(found, line.entries(found)).complete
        seen.add(frozenset(entry.pk for entry in line.entries(found)))
    assert len(seen) == 1


def test_every_stage_is_told_with_its_day_and_office(client: Client) -> None:
    made = factories.walk(ward())
    found = chain.journey(made.asset.code)
    assert found is not None
    way = line.trace(found, line.entries(found))
    assert set(way.days or {}) == set(Step)
    assert all((way.offices or {})[step] for step in Step)
    moments = line.moments(found, line.entries(found))
    assert [m.when for m in moments] == sorted((m.when for m in moments), reverse=True)
    assert moments[0].what.startswith("Hasil kerja diserahterimakan")
    assert moments[-1].what == "Seorang warga menyampaikan suara"
    html = page(client, made.asset.code)
    assert "Rp\u00a045.000.000" in html and "24 perempuan, 31 laki-laki" in html
    assert reverse("assets:report_fault", args=[made.asset.code]) in html


def test_the_paper_of_the_handover_is_found_whatever_numbers_the_tables_are_at() -> None:
    other = delivery.project(ward(3))
    Handover.add(
        at=factories.START, region=other.region, project=other, number="1", giver="Pokmas", custodian="RW 1", value=1,
        handed_over_on=factories.START.date(),
    )  # fmt: skip
    made = factories.walk(ward())
    assert made.asset.pk != made.asset.handover.pk
    found = chain.journey(made.asset.code)
    assert found is not None
    paper = reverse("document_check", args=[made.asset.handover.document.code])
    told = [moment for moment in line.moments(found, line.entries(found)) if moment.href == paper]
    assert [moment.what.split(":")[0] for moment in told] == ["Hasil kerja diserahterimakan"]


def test_what_the_author_of_a_verified_report_wrote_is_told_to_residents() -> None:
    made = factories.walk(ward(), "running")
    report = made.reports[0]
    type(report).objects.filter(pk=report.pk).update(note="Galian selesai sampai RT 003")
    found = chain.journey(made.project.code)
    assert found is not None
    told = {moment.what.split(":")[0]: moment.why for moment in line.moments(found, line.entries(found))}
    assert "Galian selesai sampai RT 003" in told["Kemajuan sudah dicek"]
    assert "Galian" not in told["Kemajuan dilaporkan"]


def test_an_empowerment_project_ends_with_the_count_of_those_reached(client: Client) -> None:
    project = delivery.project(ward(), stream="empowerment", state="completed", completed_at=factories.START)
    proposal = project.decision.item.proposal
    for counted in (False, True):
        if counted:
            Reach.add(at=factories.START, region=project.region, project=project, women=20, men=10, method="Dihitung")
        found = chain.journey(project.code)
        assert found is not None
        assert rules.standing(found.facts).complete is counted
        for kind in ("kegiatan", "usulan"):
            rows = {row.code: row for row in lists.latest(kind, project.ward_path)}
            row = rows[project.code if kind == "kegiatan" else proposal.code]
            assert (row.at.complete, row.state == "done") == (counted, counted)


def test_only_published_photos_are_shown() -> None:
    made = factories.walk(ward(), "running")
    report = made.reports[0]
    photo = report.photos.get()
    found = chain.journey(made.project.code)
    assert found is not None
    assert ("delivery.ProgressReport", report.pk) in line.published_photos(found)
    type(photo).objects.filter(pk=photo.pk).update(published_at=None)
    assert ("delivery.ProgressReport", report.pk) not in line.published_photos(found)


def test_a_place_photographed_again_is_a_moment_with_its_photo(client: Client) -> None:
    verified = make.verified_need(ward(1))
    facts = {"by": personas.sari(ward(1)), "at": make.NOW, "need": verified, "taken_on": make.NOW.date()}
    view = needs.take_view(**facts, photo=make.picture(7), words="Di gerbang sekolah")
    found = chain.journey(verified.code)
    assert found is not None
    told = line.moments(found, line.entries(found))
    assert [len(one.photos) for one in told if "difoto dari titik tetap" in one.what] == [1]
    page = client.get(reverse("portal:journey", args=[verified.code])).content.decode()
    assert reverse("access:photo", args=[view.photo.name, "thumb"]) in page
    assert "gerbang" not in page  # where the facilitator stood is for those who work there


def test_no_personal_data_on_any_page_of_the_road(client: Client) -> None:
    made = factories.walk(ward())
    names = [account.name for account in Account.objects.all()] + [
        account.username for account in Account.objects.all()
    ]
    for record in (*made.voices, made.need, made.proposal, made.meeting, made.project, made.asset):
        html = re.sub(r"<[^>]+>", " ", page(client, record.code))
        assert factories.PHONE not in html
        for name in names:
            assert not re.search(
                rf"\b{re.escape(name)}\b",
                html.replace("Lurah", "").replace("Sekretaris", "").replace("Bendahara", "").replace("PPTK", ""),
            ), name


def test_words_of_a_voice_wait_until_they_were_read(client: Client) -> None:
    made = factories.walk(ward(), "voice", text="Kata yang belum dibaca siapa pun")
    assert "belum dibaca siapa pun" not in page(client, made.voices[0].code)
    needs.gather_voices(
        by=personas.sari(ward()), at=factories.START, voices=made.voices, title="Kebutuhan", menu_item=None
    )
    assert "belum dibaca siapa pun" in page(client, made.voices[0].code)


@pytest.mark.parametrize(
    ("outcome", "word"), [("rejected", "Ditolak"), ("passed_on", "Diteruskan"), ("deferred", "Ditunda")]
)
def test_a_stopped_road_says_why(client: Client, outcome: str, word: str) -> None:
    made = factories.walk(ward(), "decided", outcome=outcome, reason="Di luar kewenangan kelurahan.")
    found = chain.journey(made.voices[0].code)
    assert found is not None
    way = line.trace(found, line.entries(found))
    assert way.stopped and way.step == Step.DELIBERATION and "Di luar kewenangan" in way.reason
    html = page(client, made.voices[0].code)
    assert "Di luar kewenangan kelurahan." in html and "way-stopped" in html
    assert "moment-stopped" in html


def test_an_answered_need_stops_with_its_answer(client: Client) -> None:
    here = ward()
    made = factories.walk(here, "verified")
    needs.answer_need(by=personas.sari(here), at=factories.START, need=made.need, answer="Sudah dikerjakan PLN.")
    assert "Sudah dikerjakan PLN." in page(client, made.voices[0].code)


def test_a_withdrawn_proposal_says_why_and_its_need_goes_on(client: Client) -> None:
    here = ward()
    made = factories.walk(here, "proposal")
    needs.withdraw_proposal(by=personas.sari(here), at=factories.START, proposal=made.proposal, reason="Salah tempat.")
    for code in (made.voices[0].code, made.proposal.code):
        html = page(client, code)
        assert "Salah tempat." in html and "Usulan dicabut" in html and "way-stopped" not in html
    needs.answer_need(by=personas.sari(here), at=factories.START, need=made.need, answer="Dikerjakan dinas.")
    found = chain.journey(made.voices[0].code)
    assert found is not None
    assert line.trace(found, line.entries(found)).reason == "Dikerjakan dinas."
    assert "Dicabut" in client.get(reverse("portal:records", args=["usulan"]), follow=True).content.decode()


def test_a_cancelled_meeting_says_why(client: Client) -> None:
    here = ward()
    made = factories.walk(here, "agenda")
    deliberation.cancel_meeting(
        by=personas.sari(here), at=factories.START, meeting=made.meeting, reason="Banjir besar."
    )
    html = page(client, made.meeting.code)
    assert "Banjir besar." in html and "Musyawarah dibatalkan" in html and "way-stopped" in html
    assert "Dibatalkan" in client.get(reverse("portal:records", args=["musyawarah"]), follow=True).content.decode()


def test_what_an_open_meeting_recorded_is_told_when_it_is_closed(client: Client) -> None:
    here = ward()
    made = factories.walk(here, "agenda")
    lurah, at = personas.lurah(here), made.item.meeting.created_at + timedelta(days=5)
    for outcome, amount in (("funded", 45_000_000), ("rejected", None)):
        deliberation.decide(by=lurah, at=at, item=made.item, outcome=outcome, amount=amount, reason=f"Kata {outcome}")
    for code in (made.proposal.code, made.meeting.code):
        html = page(client, code)
        assert "Kata funded" not in html and "Kata rejected" not in html
    deliberation.count_attendance(by=personas.sekretaris(here), at=at, meeting=made.meeting, women=24, men=31)
    deliberation.close_meeting(by=lurah, at=at, meeting=made.meeting)
    html = page(client, made.proposal.code)
    assert "Kata rejected" in html and "Kata funded" not in html


def test_the_circle_closes_with_a_fault(client: Client) -> None:
    made = factories.walk(ward())
    fault = broken(made.asset)
    assert fault.voice.code in page(client, made.asset.code)
    assert made.asset.code in page(client, fault.voice.code)


def test_a_meeting_tells_of_every_proposal_put_to_it(client: Client) -> None:
    made = factories.walk(ward(), "decided")
    html = page(client, made.meeting.code)
    assert made.proposal.code in html and "Yang hadir dihitung" in html


def test_entries_that_are_not_public_stay_unseen() -> None:
    made = factories.walk(ward(), "reached")
    JournalEntry.objects.filter(is_public=False).first()
    found = chain.journey(made.project.code)
    assert found is not None
    assert all(entry.is_public for entry in line.entries(found))
    assert not any(entry.verb == "benefits.benefit_confirmed" for entry in line.entries(found))


def test_a_code_typed_sloppily_leads_to_the_right_page(client: Client) -> None:
    made = factories.walk(ward(), "voice")
    code = made.voices[0].code
    sloppy = code.replace("-", "").lower()
    assert client.get(reverse("portal:journey", args=[sloppy]))["Location"] == reverse("portal:journey", args=[code])
    found = client.get(reverse("portal:search"), {"q": f" {sloppy} "})
    assert found["Location"] == reverse("portal:journey", args=[code])


@pytest.mark.parametrize("code", ["S26-00000-0", "apa-saja", "Z26-7K3QX-M"])
def test_an_unknown_code_helps(client: Client, code: str) -> None:
    response = client.get(reverse("portal:journey", args=[code]))
    assert response.status_code == 404
    assert reverse("portal:search") in response.content.decode()
    assert not response.cookies


def test_the_feed_is_well_formed_and_stable(client: Client) -> None:
    from xml.etree import ElementTree

    made = factories.walk(ward(), "verified")
    first = client.get(reverse("portal:journey_feed", args=[made.need.code]))
    tree = ElementTree.fromstring(first.content)
    entries = tree.findall("{http://www.w3.org/2005/Atom}entry")
    assert len(entries) == 3
    assert client.get(reverse("portal:journey_feed", args=[made.need.code])).content == first.content
