"""The look: what it weighs, whether it can be read, and that every component refuses what it does not know."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import brotli
import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from pendamping.core import drawings, formats, styles
from pendamping.core.components.checks import form_token
from pendamping.core.forms import ActForm
from pendamping.core.templatetags.ui import register
from pendamping.core.trace import STEPS, Mark, Step, Trace

BUDGET = 20_000
PINNED = {
    "django_htmx/htmx-2.min.js": "71ea67185bfa8c98c39d31717c6fce5d852370fcdfd129db4543774d3145c0de",
    "js_lib_leaflet/leaflet.js": "db49d009c841f5ca34a888c96511ae936fd9f5533e90d8b2c4d57596f4e5641a",
    "js_lib_leaflet/leaflet.css": "a7837102824184820dfa198d1ebcd109ff6d0ff9a2672a074b9a1b4d147d04c6",
}
# text on ground: every pair the stylesheet uses for words; AA asks for 4.5
WORDS = [
    *[(ink, ground) for ink in ("ink", "muted", "action", "refusal") for ground in ("paper", "sheet", "sunk")],
    *[("ink", f"{name}-tint") for name in ("action", "waiting", "refusal", "done")],
    *[("muted", f"{name}-tint") for name in ("action", "refusal")],
    ("action", "action-tint"), ("action-deep", "action-tint"), ("action-deep", "paper"),
    ("waiting", "waiting-tint"), ("waiting", "paper"), ("refusal", "refusal-tint"), ("done", "done-tint"),
    ("done", "paper"),
    ("action-ink", "action"), ("action-ink", "action-deep"), ("cover-ink", "cover"),
    *[("ink", f"tile-{step}") for step in range(4)], ("action-ink", "tile-4"), ("action-ink", "tile-5"),
]  # fmt: skip
# lines that carry meaning: edges of fields, marks of the trace, focus; AA asks for 3
LINES = [
    *[(line, ground) for line in ("edge", "focus", "action", "refusal", "done") for ground in ("paper", "sheet")],
    ("focus", "sunk"),
]


def _draw(source: str, **context: Any) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def _palette(scheme: str) -> dict[str, str]:
    light, dark = (styles.SOURCES / "tokens.css").read_text().split("@media", 1)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light))
    return colours if scheme == "light" else {**colours, **dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", dark))}


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


# ── weight and origin ───────────────────────────────────────────────────────────────────────────────────────────────


def _found(name: str) -> bytes:
    path = finders.find(name)
    assert isinstance(path, str), name
    return Path(path).read_bytes()


def test_style_and_script_fit_the_budget() -> None:
    weight = sum(len(brotli.compress(_found(name))) for name in ("core/app.css", "core/js/app.js"))
    assert 1_000 < weight <= BUDGET


@pytest.mark.parametrize("name", PINNED)
def test_files_of_others_are_the_ones_we_looked_at(name: str) -> None:
    assert hashlib.sha256(_found(name)).hexdigest() == PINNED[name]


def test_the_stylesheet_is_whole_and_in_order() -> None:
    css = styles.build()
    assert css.startswith("@layer reset,tokens,base,layout,components,pages,utilities;")
    assert css.count("{") == css.count("}")
    assert [layer for layer, _ in styles.sources()] == re.findall(r"@layer (\w+)\{", css)
    assert "http" not in css


@pytest.mark.parametrize("row", ["nav", "tabs"])
def test_short_words_in_a_row_of_links_are_as_wide_as_a_finger(row: str) -> None:
    [links] = re.findall(rf"\.{row} a ?\{{([^}}]*)\}}", styles.build())
    assert "min-width:var(--target)" in links.replace(" ", "")


def test_collected_under_a_hashed_name(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    backend = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
    call_command("collectstatic", interactive=False, verbosity=0)
    assert [path.name for path in (tmp_path / "core").glob("app.????????????.css")]


# ── can it be read ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_can_be_read(scheme: str) -> None:
    colours = _palette(scheme)
    weak = {(ink, ground): round(_contrast(colours[ink], colours[ground]), 2) for ink, ground in WORDS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lines_can_be_seen(scheme: str) -> None:
    colours = _palette(scheme)
    weak = {(line, ground): round(_contrast(colours[line], colours[ground]), 2) for line, ground in LINES}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 3} == {}


# ── components ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", sorted(register.tags))
def test_a_component_refuses_attributes_it_does_not_know(name: str) -> None:
    ending = f"{{% end{name} %}}" if name in BLOCKS else ""
    form = " form" if name == "form" else ' "x"' if name == "button" else ""
    with pytest.raises(TemplateSyntaxError, match="nonsense"):
        _draw(f"{{% {name}{form} nonsense=1 %}}{ending}", form=None)


BLOCKS = (
    "card",
    "cover",
    "empty_state",
    "facts",
    "fieldset",
    "filter_bar",
    "heading",
    "more_filters",
    "notice",
    "rows",
    "section",
)


@pytest.mark.parametrize(
    "source",
    [
        '{% button "x" kind="big" %}',
        '{% badge "x" state="odd" %}',
        '{% notice kind="odd" %}{% endnotice %}',
        '{% icon "odd" %}',
        '{% trace "need" size="huge" %}',
        '{% card tone="odd" %}{% endcard %}',
        '{% meter 1 2 "x" tone="odd" %}',
    ],
)
def test_a_component_refuses_kinds_it_does_not_know(source: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="is one of"):
        _draw(source)


def test_what_people_typed_is_escaped_everywhere() -> None:
    evil = "<script>x</script>"
    page = _draw(
        "{% card title=evil %}{{ evil }}{% endcard %}{% row evil meta=evil %}{% fact evil evil %}{% badge evil %}"
        "{% notice title=evil %}{{ evil }}{% endnotice %}{% button evil data_x=evil %}"
        "{% trace 'need' stopped=True reason=evil %}"
        "{% qr 'https://example.org/' label=evil %}{% table columns lines caption=evil %}"
        "{% facts %}{{ evil }}{% endfacts %}",
        evil=evil, columns=[evil], lines=[[evil]],
    )  # fmt: skip
    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= 12


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_error_pages_need_nothing_from_anybody(name: str) -> None:
    page = render_to_string(f"{name}.html")
    assert "<h1" in page
    assert 'id="main"' in page


def test_a_public_form_carries_no_token_and_a_working_one_does() -> None:
    def working() -> None: ...
    def public() -> None: ...

    public.csrf_exempt = True  # type: ignore[attr-defined]
    for view, expected in ((working, "token"), (public, None)):
        request = RequestFactory().get("/")
        request.resolver_match = type("Match", (), {"func": staticmethod(view)})()
        assert form_token(Context({"request": request, "csrf_token": "token"})) == expected


# ── the trace ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("step", STEPS)
def test_the_trace_has_one_present_mark(step: Step) -> None:
    trace = Trace(step)
    marks = [way.mark for way in trace.waypoints]
    place = STEPS.index(step)
    assert marks == [Mark.PASSED] * place + [Mark.PRESENT] + [Mark.FUTURE] * (7 - place)


def test_the_trace_draws_what_it_says() -> None:
    with translation.override("id"):
        page = _draw('{% trace "deliberation" %}')
        assert 'role="img"' in page
        assert 'aria-label="langkah 4 dari 8: musyawarah"' in page
    assert (page.count("trace-passed"), page.count("trace-ring"), page.count("trace-future")) == (3, 1, 4)
    assert "style=" not in page


def test_a_stop_is_a_square_with_its_reason() -> None:
    with translation.override("id"):
        page = _draw('{% trace "proposal" stopped=True reason="lahan sengketa" %}')
        assert "berhenti di langkah 3 dari 8: usulan (lahan sengketa)" in page
    assert page.count("<rect") == 1
    assert "trace-ring" not in page


def test_a_large_trace_says_why_it_stopped_once_and_carries_its_small_shape() -> None:
    page = _draw('{% trace "proposal" size="large" stopped=True reason="lahan sengketa" %}')
    assert re.sub(r'aria-label="[^"]*"', "", page).count("lahan sengketa") == 1
    assert page.count('class="trace"') == 1


def test_a_finished_trace_has_no_future() -> None:
    assert {way.mark for way in Trace(Step.ASSET, complete=True).waypoints} == {Mark.PASSED}


def test_a_step_that_is_over_has_no_present_mark() -> None:
    trace = Trace(Step.DELIBERATION, over=True)
    assert [way.mark for way in trace.waypoints] == [Mark.PASSED] * 4 + [Mark.FUTURE] * 4
    with translation.override("id"):
        assert trace.text == "langkah 4 dari 8 selesai: musyawarah"


def test_footprints_stay_on_the_field() -> None:
    assert all(3.6 <= x <= 84.4 and 3.6 <= y <= 8.4 for x, y in drawings.footprints())


def test_shares_fill_the_bar() -> None:
    spans = drawings.stretches([1, 2, 5])
    assert round(sum(span.width for span in spans)) == 100
    assert spans[1].x == spans[0].width
    assert [span.width for span in drawings.stretches([0, 0])] == [0, 0]


# ── numbers and days ────────────────────────────────────────────────────────────────────────────────────────────────

INSTANT = datetime(2025, 7, 1, 3, 32, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "source", "expected"),
    [
        ("id", "{{ 12500000|rupiah }}", "Rp\u00a012.500.000"),
        ("id", "{{ -500|rupiah }}", "−Rp\u00a0500"),
        ("id", "{{ nothing|rupiah }}", "–"),
        ("id", "{{ day|tanggal }}", "1 Juli 2025"),
        ("en", "{{ day|tanggal }}", "1 July 2025"),
        ("id", "{{ instant|tanggal:'jam' }}", "Sel, 1 Juli 2025 10.32 WIB"),
        ("en", "{{ instant|tanggal:'jam' }}", "Tue, 1 July 2025 10:32 WIB"),
        ("id", "{{ day|tanggal:'jam' }}", "Sel, 1 Juli 2025"),
        ("id", "{{ day|tanggal:'bulan' }}", "Juli 2025"),
        ("id", "{{ instant.time|jam }} {{ nothing|jam }}", "03.32 WIB –"),
        ("en", "{{ instant.time|jam }}", "03:32 WIB"),
        ("id", "{{ nothing|tanggal }}", "–"),
        ("id", "{{ 12345|bilangan }}", "12.345"),
        ("en", "{{ 12345|bilangan }}", "12,345"),
        ("id", "{{ 120|volume:'m' }}", "120 m"),
        ("id", "{{ 12.5|volume:'m³' }}", "12,5 m³"),
        ("id", "{{ 0.125|persen }}", "12%"),
        ("id", "{{ 0.125|persen:1 }}", "12,5%"),
        ("id", "{{ 1536000|ukuran }}", "1,5 MB"),
    ],
)
def test_numbers_and_days_are_written_as_people_write_them(language: str, source: str, expected: str) -> None:
    with translation.override(language):
        assert _draw(source, day=date(2025, 7, 1), instant=INSTANT, nothing=None) == expected


def test_round_numbers_keep_their_zeros() -> None:
    with translation.override("id"):
        assert [formats.number(value, 2) for value in (0, 100, 1000, 10.10, -5)] == ["0", "100", "1.000", "10,1", "−5"]


# ── the gallery ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_the_gallery_shows_every_component(settings: Any, client: Client) -> None:
    settings.GALLERY = True
    source = Path(__file__).parents[1].joinpath("templates/core/gallery.html").read_text()
    unseen = {name for name in register.tags if f"{{% {name} " not in source} - INSIDE_OTHERS
    assert unseen == set()
    page = client.get("/ui/").content.decode()
    assert "style=" not in page
    assert not re.search(r"<[^>]+ on\w+=", page)
    settings.GALLERY = False
    assert client.get("/ui/").status_code == 404


INSIDE_OTHERS = {"icon", "logo", "error_summary", "field_group", "sparkline"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_gallery_has_no_barriers(live: str, page: Any, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.emulate_media(color_scheme=scheme)
    assert page.goto(f"{live}/ui/").status == 200
    assert [(found["id"], found["nodes"][0]["target"]) for found in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.django_db(transaction=True)
def test_what_was_typed_comes_back(live: str, page: Any) -> None:
    page.goto(f"{live}/ui/")
    page.fill("#ok_story", "Selokan mampat sejak Januari")
    page.check("#ok_who_1")
    page.locator(".draft-note", has_text=re.compile(r"tersimpan di HP ini \d\d[.:]\d\d")).wait_for()
    page.reload()
    assert page.input_value("#ok_story") == "Selokan mampat sejak Januari"
    assert page.is_checked("#ok_who_1")


@pytest.mark.django_db(transaction=True)
def test_a_large_photo_travels_small(live: str, page: Any, tmp_path: Path) -> None:
    from PIL import Image

    photo = tmp_path / "besar.jpg"
    Image.effect_noise((3000, 2000), 60).convert("RGB").save(photo, quality=95)
    page.goto(f"{live}/ui/")
    page.set_input_files("#ok_photo", photo)
    page.wait_for_function("() => document.querySelector('#ok_photo').files[0].size < 1_500_000")
    size = page.evaluate(
        "createImageBitmap(document.querySelector('#ok_photo').files[0]).then((photo) => [photo.width, photo.height])"
    )
    assert photo.stat().st_size > 1_500_000
    assert size == [1600, 1067]


# ── forms ───────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Example(ActForm):
    groups = ((None, ["kind", "title"]), (None, ["words", "agreed"]))
    conditional = ("words",)

    title = forms.CharField(label="Judul")
    kind = forms.ChoiceField(label="Jenis", choices=[("a", "A")], widget=forms.RadioSelect)
    words = forms.CharField(label="Kata", required=False)
    note = forms.CharField(label="Catatan", required=False)
    agreed = forms.BooleanField(label="Setuju", error_messages={"required": "Setujui dulu."})


def test_what_is_missing_is_asked_for_by_name_in_the_order_of_the_form() -> None:
    page = _draw("{% error_summary form %}", form=_Example({}))
    found = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', page)
    assert found == [
        ("id_kind_group", "Pilih “Jenis”."), ("id_title", "Isi “Judul”."), ("id_agreed", "Setuju: Setujui dulu."),
    ]  # fmt: skip


def test_a_field_needed_for_some_answers_is_not_called_optional() -> None:
    form = _Example()
    assert "(boleh kosong)" not in form["words"].as_field_group()
    assert "(boleh kosong)" in form["note"].as_field_group()


@pytest.mark.parametrize(("method", "given", "shown"), [("post", {}, 1), ("get", {}, 0), ("post", None, 0)])
def test_a_form_that_did_not_go_through_is_announced_under_the_heading(method: str, given: Any, shown: int) -> None:
    request = getattr(RequestFactory(), method)("/")
    alone = _draw("{% heading 'x' %}{% endheading %}", form=_Example(given), request=request)
    steps = _draw("{% heading 'x' %}{% endheading %}", steps=[SimpleNamespace(form=_Example(given))], request=request)
    assert [page.count('href="#errors"') for page in (alone, steps)] == [shown, shown]


def test_a_heading_wakes_nothing_lazy() -> None:
    """A token looked at sets a cookie, which no public page may."""
    lazy = SimpleLazyObject(lambda: pytest.fail("woken"))
    _draw("{% heading 'x' %}{% endheading %}", csrf=lazy, request=RequestFactory().post("/"))
