"""The page /ui/: every component in every state, for eyes, for the accessibility check and for the scales."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

from django import forms
from django.conf import settings
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from pendamping.core.forms import PhotosInput
from pendamping.core.money import rupiah
from pendamping.core.pieces import Act, Cell, Column, Entry, Link, Part, Photo
from pendamping.core.trace import Step, Trace


def _scene(ground: str, road: str, walls: str) -> str:
    """A drawn lane, in place of a photo."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 60"><path fill="#c9d9dc" d="M0 0h80v60H0z"/>'
        f'<path fill="#8fa88a" d="M0 26l18-9 16 8 20-12 26 11v36H0z"/><path fill="{ground}" d="M0 34h80v26H0z"/>'
        f'<path fill="{road}" d="M34 34h8l22 26H12z"/>'
        f'<path fill="{walls}" d="M0 22h22v18L0 46zM80 20H56v18l24 8z"/></svg>'
    )
    return "data:image/svg+xml," + quote(svg)


BEFORE = Photo(_scene("#8a7a5c", "#6f6450", "#d8cbb2"), "Gang tanah yang becek", "Gang becek", date(2025, 3, 4))
AFTER = Photo(
    _scene("#a59a80", "#c9c7c0", "#e6dcc6"), "Gang yang sama, sudah dibeton", "Gang dibeton", date(2025, 9, 20)
)
LONG = (
    "Perbaikan saluran air dan pengerasan gang di belakang Madrasah Diniyah Takmiliyah Awaliyah Nurul Hikmah Sukamaju"
)
DAYS = {Step.VOICE: date(2025, 1, 14), Step.NEED: date(2025, 1, 20), Step.PROPOSAL: date(2025, 2, 11)}
OFFICES = {Step.VOICE: "Warga RT 03", Step.NEED: "Pendamping kelurahan", Step.PROPOSAL: "Ketua RW 05"}
PLACES = [Link("Kota Tasikmalaya", "#"), Link("Kecamatan Contoh", "#"), Link("Kelurahan Sukamaju", "#"), Link("RW 05")]


class ExampleForm(forms.Form):
    """One field of each sort."""

    groups = [
        ("Apa yang dibutuhkan", ["title", "story", "theme", "photo"]),
        ("Siapa dan kapan", ["who", "urgency", "day", "amount", "agree"]),
    ]
    title = forms.CharField(label="Judul", max_length=80, help_text="Sebut benda dan tempatnya.")
    story = forms.CharField(
        label="Ceritakan keadaannya", max_length=500, widget=forms.Textarea(attrs={"rows": 4, "data-count": True})
    )
    theme = forms.ChoiceField(
        label="Bidang", choices=[("", "Pilih bidang"), ("road", "Jalan dan saluran"), ("health", "Kesehatan")]
    )
    photo = forms.FileField(label="Foto", required=False, widget=PhotosInput())
    who = forms.MultipleChoiceField(
        label="Siapa yang terbantu",
        choices=[("a", "Anak sekolah"), ("b", "Lansia"), ("c", "Pedagang")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Boleh lebih dari satu.",
    )
    urgency = forms.ChoiceField(
        label="Seberapa mendesak",
        choices=[("1", "Bisa menunggu tahun depan"), ("2", "Tahun ini"), ("3", "Sekarang, ada bahaya")],
        widget=forms.RadioSelect,
    )
    day = forms.DateField(
        label="Sejak kapan", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    amount = forms.IntegerField(label="Perkiraan biaya (Rp)", required=False, disabled=True, initial=12500000)
    agree = forms.BooleanField(label="Saya tahu nama saya tidak ditampilkan kepada umum.")


class FilterForm(forms.Form):
    """Three filters that matter."""

    place = forms.ChoiceField(label="Kelurahan", choices=[("", "Semua"), ("1", "Sukamaju")], required=False)
    state = forms.ChoiceField(label="Keadaan", choices=[("", "Semua"), ("1", "Menunggu")], required=False)


def _context() -> dict[str, Any]:
    at = datetime(2025, 7, 1, 3, 32, tzinfo=UTC)
    return {
        "shell": SimpleNamespace(
            city_name="Kota Tasikmalaya",
            nav=[Link("Menunggu Anda", "#", True), Link("Usulan", "#"), Link("Kegiatan", "#"), Link("Laporan", "#")],
            person=SimpleNamespace(name="Dewi Contoh", office="Pendamping Kelurahan Sukamaju"),
            other_language=SimpleNamespace(url="#", label="English", code="en"),
            viewing_as="Anda sedang melihat sebagai Lurah Sukamaju",
            messages=[Message(SUCCESS, "Usulan terkirim ke Lurah Sukamaju.")],
        ),
        "at": at,
        "today": date(2025, 7, 1),
        "late": date(2025, 6, 20),
        "long": LONG,
        "places": PLACES,
        "before": BEFORE,
        "after": AFTER,
        "missing": Photo(),
        "traces": [
            Trace(Step.VOICE),
            Trace(Step.DELIBERATION),
            Trace(Step.PROGRESS),
            Trace(Step.DELIBERATION, stopped=True, reason="ditunda ke tahun 2027: pagu habis"),
            Trace(Step.ASSET, complete=True),
        ],
        "journey": Trace(Step.DELIBERATION, days=DAYS, offices=OFFICES),
        "halted": Trace(
            Step.PROPOSAL, stopped=True, reason="Lahan milik perorangan belum dihibahkan", days=DAYS, offices=OFFICES
        ),
        "buttons": ["primary", "secondary", "quiet", "danger"],
        "badges": [
            ("waiting", "Menunggu"),
            ("active", "Berjalan"),
            ("done", "Selesai"),
            ("stopped", "Ditolak"),
            ("neutral", "Draf"),
        ],
        "notices": [
            ("info", "Musyawarah berikutnya Sabtu, 12 Juli 2025."),
            ("waiting", "Tiga usulan menunggu tanda tangan lurah."),
            ("refusal", "Foto terlalu besar (12 MB). Ambil ulang dengan resolusi sedang, atau lanjut tanpa foto."),
            ("done", "Tersimpan. Kode Anda S25-7K3QX-M."),
        ],
        "tabs": [Link("Semua", "#", True, 1204), Link("Menunggu", "#", count=12), Link("Selesai", "#", count=0)],
        "tags": [Link("Jalan", "#"), Link("Air bersih", "#"), "Lansia"],
        "acts": [
            Act("Ajukan ke musyawarah", "#", post=True, kind="primary"),
            Act("Ubah isinya", "#"),
            Act("Tandatangani", "#", refusal="Baru bisa setelah berita acara diunggah."),
            Act(
                "Batalkan usulan", "#", post=True, kind="danger", confirm="Batalkan usulan ini? Warga akan diberi tahu."
            ),
        ],
        "entries": [
            Entry("Pekerjaan mencapai 60%", at, "Kelompok masyarakat Sukamaju", photos=[BEFORE, AFTER], state="active"),
            Entry(
                "Diputuskan masuk tahun 2025",
                datetime(2025, 2, 11, 2, 5, tzinfo=UTC),
                "Musyawarah Kelurahan Sukamaju",
                why="Urutan 3 dari 21 usulan; 34 dari 40 peserta setuju.",
                href="#",
                link="Berita acara",
            ),
            Entry(
                "Ditunda oleh tim verifikasi",
                datetime(2025, 1, 20, 1, 0, tzinfo=UTC),
                "Kecamatan Contoh",
                why="Lokasi tumpang tindih dengan rencana jalan kota.",
                state="stopped",
            ),
            Entry("Suara warga dicatat", datetime(2025, 1, 14, 4, 40, tzinfo=UTC), "Pendamping Kelurahan Sukamaju"),
        ],
        "columns": [Column("Kegiatan"), Column("Volume", True), Column("Biaya", True)],
        "lines": [
            [Cell("Saluran RW 05", "#"), "120 m", "Rp 84.500.000"],
            [Cell(LONG, "#"), "1 unit", "Rp 112.000.000"],
        ],
        "sums": ["Jumlah", "", "Rp 196.500.000"],
        "parts": [Part("Saluran dan jalan", 196_500_000), Part("Posyandu", 74_000_000), Part("Pelatihan", 21_250_000)],
        "lengths": [Part("Selesai", 320), Part("Belum", 80)],
        "big": rupiah(1_234_567_890),
        "series": [4, 7, 6, 9, 12, 10, 14, 13, 18, 16, 21, 24],
        "tiles": [(number, 30 + 50 * number) for number in range(6)],
        "form": ExampleForm(auto_id="ok_%s"),
        "wrong": ExampleForm({"title": "Gang", "urgency": ""}, auto_id="wrong_%s"),
        "filters": FilterForm(auto_id="filter_%s"),
    }


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state; 404 unless the setting GALLERY is on."""
    if not settings.GALLERY:
        raise Http404
    return render(request, "core/gallery.html", _context())


gallery.is_public = True  # type: ignore[attr-defined]  # shows examples only, no record of anybody
