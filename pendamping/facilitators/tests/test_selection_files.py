"""The PDF door: what comes in, and what is refused with which sentence."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from pendamping.core.documents import pdf_door
from pendamping.core.errors import Refused
from pendamping.facilitators.services.evidence import admit_file
from pendamping.facilitators.tests.selection_factories import pdf_bytes


def written(change: Callable[[PdfWriter], Any]) -> bytes:
    out, writer = io.BytesIO(), PdfWriter()
    writer.add_blank_page(200, 200)
    change(writer)
    writer.write(out)
    return out.getvalue()


def refused(data: bytes) -> str:
    with pytest.raises(Refused) as found:
        pdf_door.admit(data)
    assert found.value.message
    return found.value.code


def javascript(writer: PdfWriter) -> None:
    action = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    )
    names = ArrayObject([TextStringObject("a"), writer._add_object(action)])
    tree = DictionaryObject({NameObject("/JavaScript"): DictionaryObject({NameObject("/Names"): names})})
    writer._root_object[NameObject("/Names")] = writer._add_object(tree)


def launch(writer: PdfWriter) -> None:
    action = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("a.exe")})
    page = writer.pages[0]
    note = DictionaryObject(
        {NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Link"),
         NameObject("/A"): writer._add_object(action)}
    )  # fmt: skip
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(note)])


def open_action(writer: PdfWriter) -> None:
    action = DictionaryObject({NameObject("/S"): NameObject("/Named"), NameObject("/N"): NameObject("/Print")})
    writer._root_object[NameObject("/OpenAction")] = action


def opens_at_a_page(writer: PdfWriter) -> None:
    there = ArrayObject([writer.pages[0].indirect_reference, NameObject("/Fit")])
    writer._root_object[NameObject("/OpenAction")] = there


def test_a_quiet_pdf_comes_in_byte_for_byte() -> None:
    clean = pdf_door.admit(pdf_bytes(3))
    assert (clean.data, clean.pages, clean.kind) == (pdf_bytes(3), 3, "application/pdf")


def test_opening_at_a_page_is_no_action() -> None:
    assert pdf_door.admit(written(opens_at_a_page)).pages == 1


@pytest.mark.parametrize(
    "change",
    [
        javascript,
        lambda writer: writer.add_attachment("a.txt", b"isi"),
        launch,
        open_action,
    ],
    ids=["javascript", "attachment", "launch", "open action"],
)
def test_what_acts_by_itself_is_refused(change: Callable[[PdfWriter], Any]) -> None:
    assert refused(written(change)) == "pdf_active"


def test_a_name_written_in_disguise_is_seen() -> None:
    data = written(javascript).replace(b"/JS ", b"/J#53 ")
    assert refused(data.replace(b"/JavaScript", b"/J#61vaScript")) == "pdf_active"


def test_a_locked_pdf_is_refused() -> None:
    assert refused(written(lambda writer: writer.encrypt("rahasia", algorithm="AES-256"))) == "pdf_locked"
    assert refused(b"%PDF-1.7\ntrailer << /Encrypt << /O (torn") == "pdf_locked"


def test_too_many_pages_are_refused_with_their_number() -> None:
    with pytest.raises(Refused) as found:
        pdf_door.admit(pdf_bytes(pdf_door.MAX_PAGES + 1))
    assert (found.value.code, found.value.params["pages"]) == ("pdf_too_many_pages", 41)


def test_twenty_megabytes_are_refused_before_they_are_read() -> None:
    assert refused(b"%PDF-1.7" + bytes(20_000_000)) == "pdf_too_large"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "pdf_empty"),
        (b"MZ\x90\x00 not a pdf", "pdf_not_a_pdf"),
        (b"<html>%PDF-1.7", "pdf_not_a_pdf"),
        (b"%PDF-1.7 and then nothing", "pdf_damaged"),
    ],
)
def test_fake_and_broken_files_are_refused(data: bytes, expected: str) -> None:
    assert refused(data) == expected


def test_a_file_is_known_by_its_bytes_and_not_by_its_name() -> None:
    fake = io.BytesIO(b"MZ\x90\x00")
    fake.name = "ijazah.pdf"
    with pytest.raises(Refused) as found:
        admit_file(fake)
    assert found.value.code == "photo_not_a_photo"
    assert admit_file(io.BytesIO(pdf_bytes())).kind == "application/pdf"
