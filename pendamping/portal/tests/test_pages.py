"""The public pages: whole, without cookies, and at the same cost however much there is."""

from __future__ import annotations

from datetime import time

import pytest
from django.db import connection
from django.db.models import Sum
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pendamping.core import formats
from pendamping.core.trace import Step
from pendamping.deliberation.models import Meeting
from pendamping.delivery.models import Payment
from pendamping.needs.models import Voice
from pendamping.needs.tests.factories import voice
from pendamping.planning.models import Project
from pendamping.portal.queries import totals
from pendamping.portal.queries.lists import KINDS, Asked, listed
from pendamping.portal.tests import factories
from pendamping.portal.views.places import five_numbers
from pendamping.regions.models import RegionAlias
from pendamping.regions.rules import name_key
from pendamping.regions.tests.factories import city, foreign_ward, rt, rw, ward

pytestmark = pytest.mark.django_db


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.fixture
def filled(client: Client) -> factories.Walk:
    here = ward()
    return factories.walk(here, place=rt(rw(here)))


def addresses(made: factories.Walk) -> list[str]:
    path = made.project.ward_path
    return [
        reverse("portal:home"),
        reverse("portal:wards"),
        reverse("portal:ward", args=[path]),
        reverse("portal:about"),
        reverse("portal:search") + "?q=selokan",
        *[
            reverse("portal:records", args=[kind])
            for kind in ("suara", "kebutuhan", "usulan", "musyawarah", "kegiatan", "kemajuan", "pembayaran", "aset")
        ],
        *[
            reverse("portal:journey", args=[record.code])
            for record in (
                *made.voices,
                made.need,
                made.proposal,
                made.meeting,
                made.project,
                made.asset,
                *made.reports,
            )
        ],
    ]


def test_every_public_page_answers_without_a_cookie(client: Client, filled: factories.Walk) -> None:
    for address in [
        *addresses(filled),
        "/robots.txt",
        "/sitemap.xml",
        "/manifest.webmanifest",
        reverse("portal:journey_feed", args=[filled.need.code]),
    ]:
        response = client.get(address)
        assert response.status_code == 200, address
        assert not response.cookies, address
        assert "public" in response["Cache-Control"] and response["ETag"], address
        again = client.get(address, headers={"If-None-Match": response["ETag"]})
        assert again.status_code == 304, address


def test_the_same_number_of_queries_for_one_and_three(client: Client, filled: factories.Walk) -> None:
    before = {address: queries(client, address) for address in addresses(filled)}
    here = ward()
    for number in range(2):
        factories.walk(here, place=rt(rw(here, number + 2)), title=f"Selokan {number}", cost=20_000_000)
    after = {address: queries(client, address) for address in addresses(filled)}
    assert after == before
    assert max(after.values()) <= 14, after


def test_an_empty_city_and_no_city_say_what_will_appear(client: Client) -> None:
    assert "Belum ada kota" in client.get(reverse("portal:home")).content.decode()
    assert client.get(reverse("portal:wards")).status_code == 200
    here = ward()
    assert city().path == "3278"
    for address in (
        reverse("portal:home"),
        reverse("portal:ward", args=[here.path]),
        reverse("portal:records", args=["suara"]),
    ):
        assert client.get(address).status_code == 200


def test_every_one_of_the_five_numbers_is_the_length_of_its_list(client: Client) -> None:
    here = ward()
    year = factories.START.year
    factories.walk(here, cost=20_000_000)
    for until in ("voice", "verified", "decided"):
        factories.walk(here, until, title=f"Selokan {until}")
    sums = totals.totals(here.path, since=year * 100 + 1, until=year * 100 + 12)
    for number, noun, href in five_numbers(sums, here.path, year):
        listed = client.get(href)
        records = listed.context["rows"]
        if number.startswith("Rp"):
            assert (
                Project.objects.filter(code__in=[row.code for row in records]).aggregate(sum=Sum("budget"))["sum"]
                == sums.planned
            )
        else:
            assert str(len(records)) == number == listed.context["count_text"], noun


def test_a_list_goes_on_by_code_and_keeps_its_filters(client: Client) -> None:
    here = ward()
    for number in range(27):
        voice(here, text=f"Suara {number}")
    first = client.get(reverse("portal:records", args=["suara"]), {"wilayah": here.path, "keadaan": "heard"})
    assert len(first.context["rows"]) == 25 and first.context["count"] == 27
    second = client.get(first.context["older"])
    assert len(second.context["rows"]) == 2 and not second.context["older"]
    codes = {row.code for row in (*first.context["rows"], *second.context["rows"])}
    assert len(codes) == 27
    assert client.get(reverse("portal:records", args=["bukan"])).status_code == 404
    assert (
        client.get(
            reverse("portal:records", args=["suara"]), {"wilayah": "9999", "keadaan": "x", "masa": "9"}
        ).status_code
        == 200
    )


def test_the_list_of_a_foreign_city_is_not_ours(client: Client) -> None:
    ward()
    factories.walk(foreign_ward(), "voice")
    assert client.get(reverse("portal:records", args=["suara"])).context["rows"] == []


def test_rts_not_heard_are_counted_without_names(client: Client) -> None:
    here = ward()
    first, _second = rt(rw(here), 1), rt(rw(here), 2)
    voice(here, region=first, at=timezone.now())
    html = client.get(reverse("portal:ward", args=[here.path])).content.decode()
    assert "Dari 1 di antara 2 RT" in html and "RT 002 RW 001" in html


def test_paths_above_and_below_a_ward_lead_to_the_right_page(client: Client) -> None:
    here = ward()
    small = rt(rw(here))
    assert client.get(reverse("portal:ward", args=[small.path]))["Location"] == reverse("portal:ward", args=[here.path])
    assert client.get(reverse("portal:ward", args=[here.path[:6]]))["Location"].startswith(reverse("portal:wards"))
    assert client.get(reverse("portal:ward", args=["3278999999"])).status_code == 404


def test_search_finds_wards_by_alias_and_titles_by_words(client: Client) -> None:
    here = ward()
    made = factories.walk(here, "verified", title="Selokan panjang Gang Melati")
    RegionAlias.objects.create(region=here, name="Sukarindang", key=name_key("Sukarindang"))
    assert here.path in client.get(reverse("portal:search"), {"q": "sukarindang"}).content.decode()
    html = client.get(reverse("portal:search"), {"q": "melati selokan"}).content.decode()
    assert made.need.code in html
    assert here.path in client.get(reverse("portal:search"), {"q": here.name}).content.decode()
    assert "Tidak ditemukan" in client.get(reverse("portal:search"), {"q": "zzzz"}).content.decode()


def test_the_trace_of_a_row_goes_as_far_as_what_grew_from_it(client: Client) -> None:
    made = factories.walk(ward(), "completed")
    for kind, record in (("suara", made.voices[0]), ("kebutuhan", made.need), ("usulan", made.proposal)):
        rows = client.get(reverse("portal:records", args=[kind])).context["rows"]
        assert [(row.code, row.at.step) for row in rows] == [(record.code, Step.BENEFIT)]
    stopped = factories.walk(ward(2), "decided", outcome="rejected")
    row = client.get(reverse("portal:records", args=["suara"])).context["rows"][0]
    assert row.code == stopped.voices[0].code and row.at.stopped and row.at.step == Step.DELIBERATION


def test_a_meeting_says_when_and_where_it_is_and_what_about(client: Client) -> None:
    made = factories.walk(ward(), "agenda")
    Meeting.objects.update(starts_at=time(9))
    page = client.get(reverse("portal:journey", args=[made.meeting.code])).content.decode()
    told = f"{formats.day(made.meeting.held_on, 'hari')}, 09.00 WIB"
    assert f"siapa pun boleh datang: {told}, Aula kelurahan." in page
    assert page.count(told) == 2  # the next step and the facts
    assert "Penetapan kegiatan" in page


def test_rows_stand_in_the_order_of_the_day_they_show(client: Client) -> None:
    here = ward()
    late = voice(here)
    Voice.objects.update(heard_at=factories.START)
    late.refresh_from_db()
    voice(here)
    days = [row.when for row in listed(KINDS["suara"], Asked(here.path)).rows]
    assert days == sorted(days, reverse=True)
    page = client.get(reverse("portal:records", args=["suara"])).content.decode()
    assert f"didengar {formats.day(late.heard_at)}" in page


def test_money_stands_in_the_rows_of_proposals_and_projects(client: Client, filled: factories.Walk) -> None:
    for kind in ("usulan", "kegiatan"):
        page = client.get(reverse("portal:records", args=[kind])).content.decode()
        assert '<p class="row-amount">Rp\u00a045.000.000</p>' in page


def test_a_payment_is_named_by_its_tranche_and_shown_as_struck(client: Client) -> None:
    made = factories.walk(ward(), "running")
    address = reverse("portal:records", args=["pembayaran"])
    page = client.get(address).content.decode()
    assert f"{made.project.title} · termin 1" in page
    assert "Dicoret" not in page
    Payment.objects.update(voided_at=factories.START, voided_by=Payment.objects.get().paid_by, void_reason="Salah")
    assert "Dicoret karena salah catat" in client.get(address).content.decode()


def test_a_finished_work_asks_first_whether_it_helps(client: Client, filled: factories.Walk) -> None:
    confirm = reverse("benefits:confirm", args=[filled.project.code])
    for record in (filled.project, filled.voices[0]):
        page = client.get(reverse("portal:journey", args=[record.code])).content.decode()
        assert confirm in page[page.index('class="next-step"') : page.index('id="jejak"')]


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("/cari/?q=selokan&hal=2", "/en/cari/?q=selokan&amp;hal=2"),
        ("/en/cari/?q=selokan", "/cari/?q=selokan"),
        ("/kelurahan/tidak%20ada/", "/kelurahan/tidak%20ada/"),
    ],
)
def test_the_other_language_is_the_same_page_with_what_was_asked(client: Client, here: str, there: str) -> None:
    assert f'<a class="tool" href="{there}"' in client.get(here).content.decode()
