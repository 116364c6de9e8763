"""The page on which a ballot is prepared: short on a phone, what is rarely changed folded under what it is set to."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client
from django.utils.html import strip_tags

from pendamping.access.tests import personas
from pendamping.deliberation.models import Meeting
from pendamping.deliberation.tests import poll_factories as make
from pendamping.needs.enums.menu import Stream
from pendamping.regions.tests import factories as places
from tests.harness.browser import PHONE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_factor")]
FIRST, SECOND = Stream.values[:2]
POTS, SHARING, EITHER, REQUIRES = range(4)
TALL = 4_000  # it was 6,500 px with three proposals


@pytest.fixture
def meeting() -> Meeting:
    return make.meeting(places.ward())


@pytest.fixture
def sari(meeting: Meeting) -> Client:
    client = Client()
    client.force_login(personas.sari(meeting.region))
    return client


def address(meeting: Meeting) -> str:
    return f"/kerja/musyawarah/{meeting.code}/suara/baru/"


def folds(page: str) -> list[tuple[bool, str]]:
    """Of each fold: does it lie open, and what its line says."""
    found = re.findall(r'<details class="fold"( open)?><summary>(.*?)</summary>', page)
    return [(bool(is_open), strip_tags(line.partition("</b>")[2])) for is_open, line in found]


def test_what_is_rarely_changed_is_folded_under_what_it_is_set_to(meeting: Meeting, sari: Client) -> None:
    found = folds(sari.get(address(meeting)).content.decode())
    assert not any(is_open for is_open, _line in found)
    lines = [line for _is_open, line in found]
    assert lines[POTS] == "Satu pos untuk semuanya, tanpa batas paling sedikit atau paling banyak"
    assert lines[SHARING].startswith("Bagian sama: setiap pemilih memegang bagian uang yang sama · Naikkan setiap")
    assert lines[EITHER] == lines[REQUIRES] == "tidak ada"


def test_after_an_error_each_line_tells_what_was_chosen_and_only_the_wrong_one_lies_open(
    meeting: Meeting, sari: Client
) -> None:
    one, other = (item.proposal for item in meeting.items.select_related("proposal").order_by("position")[:2])
    given = {
        "title": "Memilih", "basis": "planned", "proposals": [one.code, other.code], "least": "1", "kind": "approval",
        "channels": ["hall"], "ceiling": "30.000.000", "method": "greedy_votes", "completion": "none", "fill": "none",
        "minimum_support": "on", "need_percent": "20", f"pot_{FIRST}": "10.000.000", f"most_{SECOND}": "5.000.000",
        "dependent": one.code,
        "requires": [other.code], f"either_{one.code}": "A", f"either_{other.code}": "A",
    }  # fmt: skip
    page = sari.post(address(meeting), given).content.decode()
    assert f'<a href="#id_most_{SECOND}">' in page  # the link of the summary leads into the fold
    found = folds(page)
    assert [is_open for is_open, _line in found] == [True, False, False, False]
    lines = [line for _is_open, line in found]
    assert "10.000.000" in lines[POTS] and "5.000.000" in lines[POTS]
    assert "Suara terbanyak" in lines[SHARING] and "20" in lines[SHARING] and "sebanding" in lines[SHARING]
    assert lines[EITHER].startswith("A: ") and one.code in lines[EITHER] and other.code in lines[EITHER]
    assert lines[REQUIRES] == f"{one.title} ({one.code}) hanya bila juga: {other.title} ({other.code})"


def test_on_a_phone_it_is_short_and_a_fold_never_says_what_is_no_longer_so(
    live: str, page: Any, meeting: Meeting, sari: Client
) -> None:
    name = configured.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": sari.cookies[name].value, "url": live}])
    page.set_viewport_size(PHONE)
    page.goto(live + address(meeting))
    assert page.evaluate("document.documentElement.scrollHeight") < TALL
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    sharing = page.locator("details.fold").nth(SHARING)
    line = sharing.locator("summary > span")
    lines = [line for _is_open, line in folds(sari.get(address(meeting)).content.decode())]
    assert page.locator("details.fold > summary > span").all_inner_texts() == lines  # nothing was touched yet
    before = lines[SHARING]
    sharing.locator("summary").click()
    page.check("[name=method][value=greedy_votes]")
    assert line.inner_text() == "diubah, belum dikirim"
    page.check("[name=method][value=mes]")
    assert line.inner_text() == before
    page.check("[name=method][value=greedy_votes]")
    page.locator(".draft-note", has_text="tersimpan di HP ini").wait_for()
    page.reload()  # what was typed comes back, and is seen
    assert page.is_checked("[name=method][value=greedy_votes]") and page.is_visible("[name=method][value=greedy_votes]")
    assert line.inner_text() == "diubah, belum dikirim"
    assert page.locator("details.fold[open]").count() == 1
