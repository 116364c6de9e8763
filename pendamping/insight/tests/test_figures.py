"""Figures: they equal the records they lead to, add up, and stay inside one's own area."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.db.models import Sum
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from pendamping.access.tests import personas
from pendamping.assets.models import Asset
from pendamping.core.money import rupiah
from pendamping.delivery.models import Payment
from pendamping.needs.models import Voice
from pendamping.planning.models import Project
from pendamping.portal.tests import factories
from pendamping.regions.tests.factories import city, district, foreign_ward, rt, rw, ward

pytestmark = pytest.mark.django_db
SPAN = {"masa": "2026"}


@pytest.fixture(autouse=True)
def without_second_factor(settings: Any) -> None:
    """These pages are about what is shown; signing in with a second factor is tested in access."""
    settings.MFA_REQUIRED = False


def signed_in(client: Client, who: Any) -> Client:
    client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def look(client: Client, **asked: str) -> Any:
    response = client.get(reverse("insight:figures"), {**SPAN, **asked})
    assert response.status_code == 200
    return response


def filled() -> None:
    factories.walk(ward(1))
    factories.walk(ward(2), "running", cost=30_000_000)
    factories.walk(ward(1, of=district(2)), "checked")
    factories.walk(foreign_ward(), "verified")


def test_every_figure_of_a_stage_is_the_length_of_the_list_it_leads_to(client: Client) -> None:
    filled()
    table = look(signed_in(client, personas.budi(city()))).context["stage_table"]
    seen = 0
    for line in [*table["lines"], table["foot"]]:
        for cell in line[1:]:
            if cell.href:
                assert len(client.get(cell.href).context["rows"]) == int(cell.text), cell.href
                seen += 1
    assert seen > 15


def test_the_foot_is_the_sum_of_the_lines_and_of_the_records(client: Client) -> None:
    filled()
    context = look(signed_in(client, personas.budi(city()))).context
    stages = context["stage_table"]
    for column in range(1, len(stages["columns"])):
        assert int(stages["foot"][column].text) == sum(int(line[column].text) for line in stages["lines"])
    here = {"city_path": "3278"}
    money = {
        str(c.label): cell.text
        for c, cell in zip(context["money_table"]["columns"][1:], context["money_table"]["foot"][1:], strict=True)
    }
    assert money["Direncanakan"] == rupiah(Project.objects.filter(**here).aggregate(s=Sum("budget"))["s"])
    assert money["Dibayar"] == rupiah(Payment.objects.filter(**here).aggregate(s=Sum("amount"))["s"])
    assert money["Nilai aset"] == rupiah(Asset.objects.filter(**here).aggregate(s=Sum("value"))["s"])
    assert stages["foot"][1].text == str(Voice.objects.filter(**here).count())


def test_one_goes_down_level_by_level_and_never_sideways(client: Client) -> None:
    filled()
    signed_in(client, personas.camat(district()))
    assert [str(line[0].text) for line in look(client).context["stage_table"]["lines"]] == [
        ward(1).label,
        ward(2).label,
    ]
    assert look(client, di=ward(1).path).context["stage_table"]["lines"][0][0].text == ward(1).label
    for outside in (city().path, district(2).path, "3279", "x", "32780110"):
        assert client.get(reverse("insight:figures"), {"di": outside}).status_code == 404


def test_somebody_of_an_rt_reads_the_figures_of_the_ward(client: Client) -> None:
    filled()
    signed_in(client, personas.person("rt_rw", rt(rw(ward(1)))))
    assert look(client).context["stage_table"]["foot"][1].text == "1"


def test_per_head_needs_the_population_of_every_ward(client: Client) -> None:
    filled()
    type(ward()).objects.filter(path=ward(1).path).update(population=2000)
    signed_in(client, personas.camat(district()))
    table = look(client).context["head_table"]
    assert table["lines"][0][2] == "0,5" and table["lines"][1][2] == "–" and table["foot"][2] == "–"
    type(ward()).objects.filter(path=ward(2).path).update(population=2000)
    table = look(client).context["head_table"]
    assert table["foot"][1:3] == ["4.000", "0,5"]


def test_the_downloads_hold_the_same_numbers(client: Client) -> None:
    filled()
    signed_in(client, personas.budi(city()))
    foot = [cell.text for cell in look(client).context["stage_table"]["foot"][1:]]
    text = b"".join(look(client, unduh="csv").streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[-1][4:12] == foot and rows[1][0] == district(1).path
    book = CalamineWorkbook.from_filelike(io.BytesIO(look(client, unduh="xlsx").content))
    sheet = book.get_sheet_by_index(0).to_python()
    assert [str(int(value)) for value in sheet[-1][4:12]] == foot


def test_other_times_count_other_records(client: Client) -> None:
    filled()
    signed_in(client, personas.budi(city()))
    assert look(client, masa="2025").context["stage_table"]["foot"][1].text == "0"
    assert look(client, masa="202601").context["stage_table"]["foot"][1].text == "3"
    assert look(client, masa="semua").context["stage_table"]["foot"][1].text == "3"
    assert look(client, masa="rusak").status_code == 200


def test_the_same_number_of_queries_whatever_is_counted(client: Client) -> None:
    filled()
    signed_in(client, personas.budi(city()))
    look(client)
    with CaptureQueriesContext(connection) as before:
        look(client)
    factories.walk(ward(3))
    factories.walk(ward(1, of=district(3)), "voice")
    with CaptureQueriesContext(connection) as after:
        look(client)
    assert len(after) == len(before) <= 12
