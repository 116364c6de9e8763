"""The whole road by hand: a resident's voice, through everybody's pages, until an asset stands and breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from pendamping.core.moments import day
from pendamping.demo.pictures import paint
from tests.browser.look import Watch
from tests.browser.site import NOBODY, Site

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

WARD = "3278051002"  # Cilamajang, Kawalu; its people in the demo end in -cilamajang
HERE = {"latitude": -7.3905, "longitude": 108.2086}
WORDS = "Jembatan kecil ke sawah patah, anak sekolah memutar jauh."
TITLE = "Jembatan kecil RT 001 RW 001"
WANTED, FITTING = 90_000_000, 1_500_000


def photo(scene: str = "lane", done: int = 0) -> dict[str, Any]:
    return {"name": f"{scene}.jpg", "mimeType": "image/jpeg", "buffer": paint(scene, done)}


@contextmanager
def phone_of(site: Site, who: str, **options: Any) -> Iterator[Page]:
    """Somebody's phone, on which nothing may go wrong."""
    name = f"{who}-cilamajang" if who else NOBODY
    context = site.context(name, geolocation=HERE, permissions=["geolocation"], **options)
    page = context.new_page()
    watch = Watch(page)
    yield page
    said = watch.heard()
    assert not said, said
    context.close()


def fill(form: Page | Locator, /, **values: Any) -> None:
    """Fields by their name; a dictionary is a photo, True a tick."""
    for name, value in values.items():
        field = form.locator(f"[name='{name}'], [name$='-{name}']").and_(form.locator(":not([type=hidden])"))
        if isinstance(value, dict):
            field.set_input_files([value])
        elif field.first.get_attribute("type") == "radio":
            field.and_(form.locator(f"[value={value}]")).check()
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(str(value))
        else:
            field.fill(str(value))


def send(form: Locator) -> None:
    """Press the form's own button, and yes when it asks whether one is sure."""
    page = form.page
    ends = form.locator(".form-end button")
    button = ends.first if ends.count() else form.locator("button").first
    asks = button.get_attribute("data-confirm")
    if asks:
        button.tap()
        button = form.locator(".confirm button").first
    with page.expect_navigation():
        button.tap()
    assert page.locator(".errors, [aria-invalid=true]").count() == 0, page.locator("main").inner_text()


def the_form(page: Page) -> Locator:
    return page.locator("form.form[method=post]").first


def code_in(page: Page) -> str:
    found = re.search(r"/([A-Z]\d\d-[A-Z0-9]{5}-[A-Z0-9])/", page.url)
    assert found, page.url
    return found[1]


def amounts(text: str) -> list[int]:
    """The rupiah in a text."""
    return [int(found.replace(".", "")) for found in re.findall(r"Rp\s([\d.]*\d)", text)]


def follow(link: Locator) -> None:
    with link.page.expect_navigation():
        link.first.tap()


def from_my_work(page: Page, words: str) -> None:
    """The row that waits, as the person finds it after signing in."""
    page.goto("/kerja/")
    follow(page.get_by_role("link", name=words))


def test_from_a_voice_to_an_asset_and_a_new_voice(site: Site) -> None:
    voice = a_resident_speaks(site)
    need = the_facilitator_gathers_and_looks(site)
    proposal = a_proposal_is_written_and_checked(site, need)
    the_meeting_funds_it(site, proposal)
    project = a_project_fits_under_the_ceiling(site)
    for stage in (0, 50, 100):
        the_work_goes_on(site, project, stage)
    residents_say_whether_it_helps(site, project)
    asset = it_is_handed_over(site, project)
    again = a_fault_becomes_a_voice(site, asset)
    everybody_sees_the_line(site, voice, again)


def a_resident_speaks(site: Site) -> str:
    with phone_of(site, NOBODY) as page:
        page.goto("/")
        follow(page.get_by_role("link", name="Sampaikan suara"))
        form = the_form(page)
        fill(form, category="road", text=WORDS, ward=WARD, rw="1", rt="1", place_words="Dekat sawah", photos=photo())
        page.get_by_role("button", name="Pakai tempat saya").tap()
        page.locator("[data-locate] [role=status]", has_text=re.compile(r"\d+ m")).wait_for()
        send(form)
        code = code_in(page)
        assert code.startswith("S") and code in page.locator("main").inner_text()
        follow(page.get_by_role("link", name="Ikuti suara"))
        page.wait_for_url(f"**/jejak/{code}/")
        assert WORDS not in page.locator("main").inner_text()  # nobody has read it yet
        return code


def the_facilitator_gathers_and_looks(site: Site) -> str:
    with phone_of(site, "sari") as page:
        page.goto("/kerja/suara/")
        follow(page.get_by_role("link", name=WORDS))
        follow(page.locator("a[href*='/himpun/']"))
        fill(the_form(page), title=TITLE, summary=WORDS)
        send(the_form(page))
        need = code_in(page)
        form = page.locator("form[action='?act=verify']")
        fill(form, finding="Dua gelagar patah.", people_affected=120, photos=photo())
        send(form)
        page.goto(f"/kerja/kebutuhan/{need}/usulkan/")
        assert page.locator("[name=title]").input_value() == TITLE
        return need


def a_proposal_is_written_and_checked(site: Site, need: str) -> str:
    year = day(timezone.now()).year
    with phone_of(site, "sari") as page:
        page.goto(f"/kerja/kebutuhan/{need}/usulkan/")
        form = the_form(page)
        fill(
            form,
            menu_item="A2.01",
            fiscal_year=year,
            place="Jalan sawah, RT 001 RW 001",
            volume=12,
            estimated_cost="90.000.000",
        )
        fill(form, women=60, men=60, children=30, poor=20, disabled=2, land_status="public", photos=photo())
        send(form)
        code = code_in(page)
        send(page.locator("form[action='?act=submit']"))
    with phone_of(site, "sekretaris") as page:
        from_my_work(page, TITLE)
        form = page.locator("form[action='?act=check']")
        fill(form, verdict="ok")
        send(form)
    return code


def the_meeting_funds_it(site: Site, proposal: str) -> None:
    with phone_of(site, "sari") as page:
        page.goto("/kerja/musyawarah/")
        follow(page.locator("a[href$='/undang/']"))
        today = day(timezone.now())
        fill(
            the_form(page),
            kind="development",
            title="Musyawarah jembatan",
            held_on=today.isoformat(),
            starts_at="09:00",
        )
        fill(the_form(page), fiscal_year=today.year, place="Aula", agenda="1. Jembatan", chair_office="Lurah")
        send(the_form(page))
        meeting = code_in(page)
        page.goto(f"/kerja/musyawarah/{meeting}/usulan/")
        page.get_by_label(re.compile(TITLE)).first.check()
        send(the_form(page))
        page.goto(f"/kerja/musyawarah/{meeting}/hadir/")
        fill(the_form(page), women=20, men=15, youth=5)
        send(the_form(page))
    with phone_of(site, "lurah") as page:
        from_my_work(page, "Musyawarah jembatan")
        page.goto(f"/kerja/musyawarah/{meeting}/putuskan/{proposal}/")
        fill(the_form(page), outcome="funded", amount=WANTED, reason="Anak sekolah dan petani memakainya.")
        send(the_form(page))
        for _called_today_and_counted_without_places in range(6):
            page.goto(f"/kerja/musyawarah/{meeting}/tutup/")
            asked = page.get_by_role("link", name="Nyatakan alasan")
            if not asked.count():
                break
            follow(asked)
            fill(the_form(page), ground="other", reason="Anggaran perubahan datang minggu ini; RT sudah diberi tahu.")
            send(the_form(page))
        fill(the_form(page), notes="Sepakat.")
        send(the_form(page))
        paper = page.request.get(f"/kerja/musyawarah/{meeting}/berita-acara/")
        assert paper.body().startswith(b"%PDF-")


def a_project_fits_under_the_ceiling(site: Site) -> str:
    today = day(timezone.now())
    with phone_of(site, "pptk") as page:
        from_my_work(page, TITLE)
        form = the_form(page)
        lines = form.locator("[name=sub_activity] option")
        fill(form, sub_activity=lines.nth(1).get_attribute("value"), budget=WANTED, executor="Pokmas Jembatan (contoh)")
        fill(
            form, funding_source="DAU", starts_on=today.isoformat(), ends_on=today.replace(month=12, day=31).isoformat()
        )
        left = amounts(page.locator("#room").inner_text())[0]
        with page.expect_navigation():
            form.locator(".form-end button").first.tap()
        said = page.locator(".errors").inner_text()
        assert "melebihi" in said and amounts(said)[-1] == WANTED - left
        fill(the_form(page), budget=FITTING)
        send(the_form(page))
        project = code_in(page)
    with phone_of(site, "lurah") as page:
        from_my_work(page, TITLE)
        send(page.locator("form[action$='/setujui/']"))
    return project


def the_work_goes_on(site: Site, project: str, stage: int) -> None:
    """Reported, verified, and the tranche that it releases paid."""
    with phone_of(site, "sari") as page:
        page.goto(f"/kerja/kegiatan/{project}/kemajuan/")
        spent = {0: "0", 50: "500.000", 100: "1.000.000"}[stage]
        fill(the_form(page), spent=spent, note=f"Sampai {stage} %.", photos=photo(done=stage))
        send(the_form(page))
    with phone_of(site, "sekretaris") as page:
        from_my_work(page, TITLE)
        form = page.locator("form[action$='/verifikasi/']")
        fill(form, note="Sesuai.")
        send(form)
    with phone_of(site, "bendahara") as page:
        page.goto(f"/kerja/kegiatan/{project}/bayar/")
        fill(the_form(page), reference=f"SP2D/UJI/{stage}")
        send(the_form(page))


def residents_say_whether_it_helps(site: Site, project: str) -> None:
    with phone_of(site, NOBODY) as page:
        page.goto(f"/manfaat/{project}/")
        fill(the_form(page), answer="yes", words="Anak saya tidak memutar lagi.")
        send(the_form(page))
        page.goto(f"/manfaat/{project}/")
        if the_form(page).count():
            fill(the_form(page), answer="no")
            the_form(page).locator(".form-end button").first.tap()
        page.get_by_text(re.compile("sudah menjawab")).wait_for()
    with phone_of(site, "sari") as page:
        page.goto(f"/kerja/kegiatan/{project}/manfaat/")
        fill(the_form(page), women=55, men=50, method="Dihitung bersama ketua RT")
        send(the_form(page))


def it_is_handed_over(site: Site, project: str) -> str:
    with phone_of(site, "lurah") as page:
        page.goto(f"/kerja/kegiatan/{project}/serah-terima/")
        fill(the_form(page), number="BAST/001/UJI", custodian="Pengurus RW 001")
        fill(the_form(page), next_inspection_on=(day(timezone.now()) + timedelta(days=180)).isoformat())
        send(the_form(page))
        asset = code_in(page)
        assert page.request.get(f"/kerja/aset/{asset}/bast/").body().startswith(b"%PDF-")
        return asset


def a_fault_becomes_a_voice(site: Site, asset: str) -> str:
    with phone_of(site, NOBODY) as page:
        page.goto(f"/aset/{asset}/")
        assert page.locator("main h1").inner_text() == TITLE
        follow(page.get_by_role("link", name="Laporkan kerusakan"))
        fill(the_form(page), text="Papan ketiga sudah lepas.", photos=photo(done=50))
        send(the_form(page))
        return code_in(page)


def everybody_sees_the_line(site: Site, voice: str, again: str) -> None:
    with phone_of(site, NOBODY) as page:
        page.goto(f"/jejak/{voice}/")
        marks = page.locator(".trace-large li")
        assert marks.count() == 8 and page.locator(".trace-large .way-future").count() == 0
        said = page.locator("main").inner_text()
        for words in (WORDS, "Anak sekolah dan petani memakainya.", "Pengurus RW 001"):
            assert words in said
        page.goto(f"/jejak/{again}/")
        assert TITLE in page.locator("main").inner_text()
