"""Papers: what is printed can be read back, verified by its code or its bytes, and revoked."""

from __future__ import annotations

import io
import statistics
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader

from pendamping.core.documents import document as documents
from pendamping.core.documents.document import Document, issue, revoke, verify, verify_bytes
from pendamping.core.documents.printing import PaperBroken, picture, qr, render, template_path
from pendamping.core.documents.views import check
from pendamping.core.images import store
from pendamping.core.models import Counter

AT = datetime(2025, 7, 1, 3, 0, tzinfo=UTC)

PAPER: dict[str, Any] = {
    "title": "Berita Acara Musyawarah Kelurahan",
    "number": "400.10/12/2025",
    "office": "Kelurahan Rekaan",
    "letterhead": {"lines": ["Pemerintah Kota Contoh", "Kelurahan Rekaan"], "address": "Jalan Contoh 1"},
    "trace": {"steps": 8, "at": 4, "text": "langkah 4 dari 8: musyawarah"},
    "blocks": [
        {"kind": "facts", "rows": [["Hari, tanggal", "Selasa, 1 Juli 2025"], ["Tempat", "Aula kelurahan"]]},
        {"kind": "heading", "text": "Keputusan"},
        {"kind": "paragraph", "text": "Musyawarah dihadiri 45 warga."},
        {
            "kind": "table",
            "columns": [{"title": "No"}, {"title": "Usulan", "wide": True}, {"title": "Biaya", "align": "right"}],
            "rows": [[str(n), f"Saluran RT {n:02d}", "Rp 12.500.000"] for n in range(1, 61)],
            "totals": ["", "Jumlah", "Rp 750.000.000"],
        },
        {"kind": "list", "items": ["satu hal", "hal lain"]},
        {"kind": "steps", "items": ["pertama", "kedua"]},
        {"kind": "signatures",
         "items": [{"role": "Lurah", "name": "Dadan Rekaan", "note": "-"}, {"role": "Saksi", "name": "Siti Contoh"}]},
    ],
}  # fmt: skip


def words_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def subject() -> Counter:
    """Any record will do as the thing a paper is about."""
    return Counter.objects.create(measure=f"test.{Counter.objects.count()}", region_path="3278010001", period=202507)


def test_a_paper_is_tagged_titled_and_complete() -> None:
    pdf = render(
        "blocks",
        {
            **PAPER,
            "verification": {"code": "V25-AAAAA-0", "url": "https://contoh.id/p", "qr": qr("https://contoh.id/p")},
        },
    )
    reader = PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    assert reader.metadata is not None and reader.metadata.title == PAPER["title"]
    assert str(root["/Lang"]).startswith("id") and root["/MarkInfo"]["/Marked"]
    text = words_of(pdf)
    for expected in (
        "PEMERINTAH KOTA CONTOH", "400.10/12/2025", "Selasa, 1 Juli 2025", "Saluran RT 60", "Rp 750.000.000",
        "Siti Contoh",
        "langkah 4 dari 8", "V25-AAAAA-0", "https://contoh.id/p", "hal lain",
    ):  # fmt: skip
        assert expected in text, expected
    pages = len(reader.pages)
    assert pages >= 2
    assert f"{pages} " in reader.pages[-1].extract_text() or f" {pages}" in reader.pages[-1].extract_text()
    assert "Usulan" in reader.pages[1].extract_text(), "the header of a table comes again on the next page"


def test_fonts_are_inside_the_file() -> None:
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in PdfReader(io.BytesIO(render("blocks", PAPER))).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts and all("Libertinus" in font and "+" in font for font in fonts)


@pytest.mark.parametrize(
    "text",
    ["#panic()", "$x$", "*bold* _it_ <label> @ref", "\\ \n = heading", "#sys.inputs", "// gone", "“”’–…",
     "]#eval(\"1\")["],
)  # fmt: skip
def test_data_never_becomes_markup(text: str) -> None:
    pdf = render(
        "blocks",
        {
            **PAPER,
            "title": text,
            "blocks": [{"kind": "paragraph", "text": text}, {"kind": "facts", "rows": [[text, text]]}],
        },
    )
    squeezed = "".join(words_of(pdf).split())
    assert squeezed.count("".join(text.split())) >= 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"blocks": [{"kind": "dance"}]}, "unknown block"),
        ({"blocks": [{"kind": "paragraph"}]}, "text"),
        ({"blocks": [{"kind": "photos", "items": [{"bytes": [1, 2, 3], "alt": "x", "caption": ""}]}]}, "image"),
    ],
)
def test_a_broken_paper_is_never_printed(change: dict[str, Any], said: str) -> None:
    with pytest.raises(PaperBroken, match=said):
        render("blocks", {**PAPER, **change})


@pytest.mark.parametrize("sign", ["汉字", "🙏", "ᮞᮥᮔ᮪ᮓ", "\x07", "\ufffe", "عربي"])
def test_a_sign_our_fonts_lack_does_not_stop_a_paper(sign: str) -> None:
    pdf = render("blocks", {**PAPER, "blocks": [{"kind": "paragraph", "text": f"Terima kasih {sign} warga é"}]})
    text = words_of(pdf)
    assert "Terima kasih" in text and "warga é" in text


@pytest.mark.parametrize(
    "name", ["", "../letter", "blocks.typ", "/etc/passwd", "core/../x", "nowhere", "needs/nothing_such"]
)
def test_only_our_templates_are_printed(name: str) -> None:
    with pytest.raises(PaperBroken):
        template_path(name)


def test_the_same_facts_give_the_same_bytes() -> None:
    assert render("blocks", PAPER, at=AT) == render("blocks", PAPER, at=AT)


def test_a_certificate_takes_less_than_fifty_milliseconds() -> None:
    short = {**PAPER, "blocks": [PAPER["blocks"][0], PAPER["blocks"][2], PAPER["blocks"][-1]]}
    render("blocks", short)
    times = []
    for number in range(12):
        began = perf_counter()
        render(
            "blocks",
            {
                **short,
                "number": str(number),
                "verification": {"code": "V", "url": "u", "qr": qr(f"https://contoh.id/{number}")},
            },
        )
        times.append(perf_counter() - began)
    assert statistics.median(times) < 0.05


@pytest.mark.django_db
def test_photos_enter_small() -> None:
    out = io.BytesIO()
    Image.effect_noise((300, 200), 60).resize((1600, 1200)).convert("RGB").save(out, "JPEG")
    photo = store.keep(out.getvalue(), region_path="3278010001", at=AT)
    items = [{"bytes": picture(photo), "alt": "Saluran", "caption": text} for text in ("Sebelum", "Sesudah")]
    pdf = render("blocks", {**PAPER, "blocks": [{"kind": "photos", "items": items}]})
    assert "Sebelum" in words_of(pdf) and len(PdfReader(io.BytesIO(pdf)).pages[0].images) >= 1
    assert len(pdf) < 500_000


def issued(thing: Counter, **changes: Any) -> Document:
    data = {key: value for key, value in PAPER.items() if key not in ("title", "office")} | changes
    return issue(
        kind="minutes", template="blocks", data=data, subject=thing, region="3278010001", at=AT,
        office="Kelurahan Rekaan", title="Berita Acara",
    )  # fmt: skip


@pytest.mark.django_db
def test_issued_once_per_facts_and_found_again() -> None:
    thing = subject()
    paper = issued(thing)
    assert issued(thing).pk == paper.pk, "asked again, nothing new is printed"
    assert issued(thing, number="2").pk != paper.pk
    with paper.file.open("rb") as file:
        pdf = file.read()
    assert verify_bytes(pdf) == paper and verify_bytes(pdf + b"\n") is None
    assert verify(paper.code) == paper and verify(paper.code.lower().replace("-", " ")) == paper
    assert verify("V25-AAAAA-A") is None and verify("") is None and verify("x" * 5000) is None
    text = words_of(pdf)
    assert paper.code in text and documents.check_url(paper.code) in text.replace("\n", "")

    revoke(paper, reason="Salah nomor", at=AT)
    revoke(paper, reason="Alasan kedua", at=AT)
    assert paper.revoked_reason == "Salah nomor" and not paper.is_valid
    assert issued(thing).pk != paper.pk, "after a revocation the paper may be issued anew"


@pytest.mark.django_db
def test_anyone_can_check_a_paper(rf: RequestFactory) -> None:
    paper = issued(subject())
    page = check(rf.get("/"), paper.code)
    body = page.content.decode()
    assert page.status_code == 200 and not page.cookies
    for fact in (paper.code, paper.title, paper.issued_by_office, paper.sha256, "1 Juli 2025"):
        assert fact in body
    typed = check(rf.get("/", {"code": paper.code.lower().replace("-", " ")}))
    assert typed.headers["Location"] == reverse("document_check", args=[paper.code])
    unknown = check(rf.get("/", {"code": "<script>V25"}))
    assert unknown.status_code == 404 and b"<script>V25" not in unknown.content
    assert check(rf.get("/")).status_code == 200
    revoke(paper, reason="Salah nomor", at=AT)
    assert "Salah nomor" in check(rf.get("/"), paper.code).content.decode()


@pytest.mark.django_db
def test_a_file_in_hand_is_compared(rf: RequestFactory) -> None:
    paper, other = issued(subject()), issued(subject(), number="2")
    with paper.file.open("rb") as file:
        pdf = file.read()
    with other.file.open("rb") as file:
        foreign = file.read()
    seen: list[str] = []

    def render_page(_request: HttpRequest, _template: str, context: dict[str, Any]) -> HttpResponse:
        seen.append(context["compared"])
        return HttpResponse()

    for data in (pdf, foreign, pdf[:-1], b""):
        check(rf.post("/", {"file": SimpleUploadedFile("x.pdf", data)}), paper.code, render=render_page)
    assert seen == ["same", "other", "different", "missing"]
