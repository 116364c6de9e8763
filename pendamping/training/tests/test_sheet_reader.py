"""The reader against sheets as phones photograph them: the real paper, signed, turned, slanted, blurred, in shadow."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image

from pendamping.regions.tests import factories as places
from pendamping.training import sheet_paper, sheet_reader
from pendamping.training.rules import sheet
from pendamping.training.tests import factories as make
from pendamping.training.tests import sheet_photos as photos

pytestmark = pytest.mark.django_db
SIGNED = {1, 3, 4, 8, 11}
PEOPLE = 12


@pytest.fixture(scope="module")
def papers() -> dict[str, Any]:
    return {}


@pytest.fixture
def page(papers: dict[str, Any]) -> Image.Image:
    """The first page of a sheet of twelve people, made once."""
    if "page" not in papers:
        session = make.session(capacity=20)
        for number in range(1, PEOPLE + 1):
            make.placed(session, f"peserta{number}", places.ward(number))
        papers["page"] = photos.pages(sheet_paper.data(session))[0]
    return papers["page"]


def proposals(photo: bytes) -> dict[int, bool | None]:
    seen = sheet_reader.read(photo)
    return {row.row: sheet.is_signed(one.ink) for one in seen if (row := sheet.read_row(one.text))}


@pytest.mark.parametrize("name", photos.DISTORTIONS)
def test_signatures_are_proposed_from_a_phone_photo(page: Image.Image, name: str) -> None:
    photo = photos.on_table(photos.sign(page, SIGNED))
    for distort in photos.DISTORTIONS[name]:
        photo = distort(photo)
    found = proposals(photos.jpeg(photo, edge=sheet_reader.EDGE))
    assert len(found) >= PEOPLE - 1  # a code that cannot be read is marked by hand; it is never guessed
    wrong = {row: signed for row, signed in found.items() if signed is not None and signed != (row in SIGNED)}
    assert wrong == {}
    assert sum(signed is None for signed in found.values()) <= 1


def test_thin_pencil_and_small_signs_are_seen_and_a_speck_is_not(page: Image.Image) -> None:
    pencil = photos.sign(page, SIGNED, pen=2, colour="#555555")
    for row, (left, top) in photos.boxes(page).items():
        if row not in SIGNED:  # a speck in every empty box
            spot = int(left + 40 * photos.DOT), int(top + 6 * photos.DOT)
            pencil.paste("#333333", (*spot, spot[0] + 4, spot[1] + 4))
    found = proposals(photos.jpeg(photos.on_table(pencil), edge=sheet_reader.EDGE))
    assert {row for row, signed in found.items() if signed is not False} == SIGNED


def test_box_cut_off_by_the_photo_is_unclear_not_empty(page: Image.Image) -> None:
    cut = page.crop((0, 0, int(page.width * 0.8), page.height))
    assert set(proposals(photos.jpeg(cut, edge=sheet_reader.EDGE)).values()) == {None}
