"""People management by persona, viewing as somebody, links, keys and photos, as the browser sees them."""

from __future__ import annotations

import hashlib
import io
import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pendamping.access import tokens
from pendamping.access.models import Account, Grant, Token
from pendamping.access.tests import personas
from pendamping.access.tests.factories import PASSWORD, grant, sign_in
from pendamping.core.images import store
from pendamping.core.images.door import CleanImage
from pendamping.core.models import JournalEntry, Photo
from pendamping.core.moments import day
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


def as_(somebody: Account) -> Client:
    """A browser in which somebody has just signed in."""
    client = Client()
    answer = sign_in(client, somebody)
    assert answer.status_code == 302
    return client


def see(somebody: Account, name: str, *args: Any) -> int:
    return as_(somebody).get(reverse(f"access:{name}", args=args)).status_code


class TestPeople:
    def test_each_sees_the_people_of_their_own_places(self) -> None:
        own, sibling, foreign = places.ward(1), places.ward(2), places.foreign_ward()
        for name, ward in (("rw-sini", own), ("rw-sebelah", sibling), ("rw-jauh", foreign)):
            personas.person("rt_rw", ward, name)
        seen = {}
        for who in (personas.lurah(own), personas.camat(places.district()), personas.budi(places.city())):
            body = as_(who).get("/kerja/orang/").content.decode()
            seen[who.username] = [name for name in ("rw-sini", "rw-sebelah", "rw-jauh") if f">{name}<" in body]
        assert seen == {"lurah": ["rw-sini"], "camat": ["rw-sini", "rw-sebelah"], "budi": ["rw-sini", "rw-sebelah"]}

    def test_a_person_elsewhere_is_404_and_managing_without_the_verb_403(self) -> None:
        own, foreign = places.ward(1), places.foreign_ward()
        here, there = personas.person("rt_rw", own, "rw-sini"), personas.person("rt_rw", foreign, "rw-jauh")
        lurah, camat, sari = personas.lurah(own), personas.camat(places.district()), personas.sari(own)
        answers = {
            (who.username, name): (see(who, name, here.uid), see(who, name, there.uid))
            for who in (lurah, camat, sari)
            for name in ("person", "edit", "give_role", "invite", "disable", "enable")
        }
        assert {cell for (who, _name), cell in answers.items() if who == "lurah"} == {(200, 404)}
        assert answers.pop(("camat", "person")) == (200, 404)
        assert {cell for (who, _name), cell in answers.items() if who == "camat"} == {(403, 403)}
        assert {cell for (who, _name), cell in answers.items() if who == "sari"} == {(403, 403)}

    def test_search_by_name_number_role_place_and_ended(self, settings: Any) -> None:
        ward, other = places.ward(1), places.ward(2)
        lurah, office = personas.lurah(ward), personas.secretariat(places.city())
        personas.person("rt_rw", ward, "asep")
        personas.wati(other)
        gone = personas.account("lama")
        grant(gone, "lpm", ward, revoked=True)
        client = as_(office)

        def found(**asked: Any) -> list[str]:
            body = client.get("/kerja/orang/", asked).content.decode()
            return sorted(name for name in ("asep", "wati", "lama", "lurah") if f">{name}<" in body)

        assert found() == ["asep", "lurah", "wati"]
        assert found(q="ASE") == ["asep"]
        assert found(role="ward_facilitator") == ["wati"]
        assert found(path=ward.path) == ["asep", "lurah"]
        assert found(ended="on") == ["lama"]
        assert found(path="3279011001") == found()  # not one of my places: no filter
        assert lurah.username == "lurah"

    def test_the_list_asks_the_same_for_one_and_for_many(self) -> None:
        ward = places.ward()
        client = as_(personas.lurah(ward))
        counts = []
        for names in (["satu"], ["dua", "tiga", "empat"]):
            for name in names:
                personas.person("rt_rw", ward, name)
            with CaptureQueriesContext(connection) as seen:
                client.get("/kerja/orang/")
            counts.append(len(seen))
        assert counts[0] == counts[1]
        assert counts[1] <= 12

    def test_long_lists_have_pages(self) -> None:
        ward = places.ward()
        for n in range(26):
            personas.person("rt_rw", ward, f"rw{n:02d}")
        client = as_(personas.lurah(ward))
        first = client.get("/kerja/orang/").content.decode()
        older = re.search(r'href="\?([^"]*before=\d+)"', first)
        assert older is not None
        second = client.get("/kerja/orang/?" + older[1].replace("&amp;", "&")).content.decode()
        names = [set(re.findall(r">(rw\d\d)<", body)) for body in (first, second)]
        assert names[0] & names[1] == set()
        assert len(names[0] | names[1]) == 26

    def test_from_adding_somebody_to_their_first_sign_in(self) -> None:
        ward = places.ward()
        client = as_(personas.lurah(ward))
        facts = {
            "name": "Dedi Contoh", "username": "dedi", "phone": "0812-3456-7890", "email": "", "role": "rt_rw",
            "region": ward.pk, "starts_on": "2026-01-01", "ends_on": "", "decree": "SK 1/2026",
        }  # fmt: skip
        answer = client.post("/kerja/orang/tambah/", facts)
        dedi = Account.objects.get(username="dedi")
        assert answer.headers["Location"] == f"/kerja/orang/{dedi.uid}/undang/"
        shown = client.post(answer.headers["Location"])
        link = re.search(r"http://testserver(/undangan/[^\"<]+)", shown.content.decode())
        assert link is not None
        assert shown.headers["Cache-Control"] == "private, no-store"
        visitor = Client()
        page = visitor.get(link[1])
        assert "<b>dedi</b>" in page.content.decode()
        assert page.cookies == {}
        weak = visitor.post(link[1], {"password": "dedi", "again": "dedi"})
        assert weak.status_code == 422
        chosen = {"password": "lurus-tenang-jujur", "again": "lurus-tenang-jujur"}
        assert visitor.post(link[1], chosen).headers["Location"] == "/akun/masuk/"
        assert visitor.get(link[1]).status_code == 404
        assert sign_in(visitor, "081234567890", "lurus-tenang-jujur").headers["Location"] == "/kerja/"

    def test_what_was_typed_is_kept_when_refused(self) -> None:
        ward = places.ward()
        facts = {
            "name": "Dedi Contoh", "username": "lurah", "role": "rt_rw", "region": ward.pk, "starts_on": "2026-01-01",
        }  # fmt: skip
        body = as_(personas.lurah(ward)).post("/kerja/orang/tambah/", facts).content.decode()
        assert "Nama pengguna ini sudah dipakai" in body
        assert 'value="Dedi Contoh"' in body

    def test_a_place_or_role_not_offered_is_not_taken(self) -> None:
        ward, other = places.ward(1), places.ward(2)
        client = as_(personas.lurah(ward))
        facts = {"name": "X", "username": "dedi", "role": "rt_rw", "region": other.pk, "starts_on": "2026-01-01"}
        assert client.post("/kerja/orang/tambah/", facts).status_code == 422
        assert client.post("/kerja/orang/tambah/", {**facts, "region": ward.pk, "role": "ward_head"}).status_code == 422
        assert Account.objects.filter(username="dedi").count() == 0

    def test_ending_a_role_from_its_page(self) -> None:
        ward = places.ward()
        chair = personas.person("rt_rw", ward, "pak-rw")
        role = Grant.objects.get(account=chair)
        client = as_(personas.lurah(ward))
        path = reverse("access:end_role", args=[chair.uid, role.uid])
        assert client.get(path).status_code == 200
        assert client.post(path, {"reason": "Pindah rumah"}).headers["Location"] == f"/kerja/orang/{chair.uid}/"
        body = client.get(f"/kerja/orang/{chair.uid}/").content.decode()
        assert "Pindah rumah" in body
        assert "Peran diakhiri: Ketua RT/RW" in body

    def test_acts_one_may_not_do_are_shown_with_the_reason(self) -> None:
        ward = places.ward()
        body = as_(personas.lurah(ward)).get(f"/kerja/orang/{personas.sari(ward).uid}/").content.decode()
        assert "Orang ini juga memegang peran yang tidak boleh Anda berikan" in body
        body = as_(personas.camat(places.district())).get(f"/kerja/orang/{personas.sari(ward).uid}/").content.decode()
        assert "Nonaktifkan akun" not in body


class TestViewingAs:
    def begin(self) -> tuple[Client, Account]:
        office, sari = personas.secretariat(places.city()), personas.sari(places.ward())
        client = as_(office)
        assert client.post(reverse("access:view_as", args=[sari.uid])).headers["Location"] == "/kerja/"
        return client, sari

    def test_one_sees_what_they_see_with_a_banner_and_a_way_back(self) -> None:
        client, _sari = self.begin()
        body = client.get("/kerja/akun/").content.decode()
        assert "Anda melihat apa yang dilihat Sari" in body
        assert client.get("/kerja/orang/").status_code == 403
        assert client.post("/kerja/berhenti-melihat/").headers["Location"] == "/kerja/"
        assert client.get("/kerja/orang/").status_code == 200

    def test_one_sees_their_forms_and_can_send_none_by_page_or_api(self) -> None:
        client, sari = self.begin()
        page = client.get("/kerja/suara/catat/")
        assert (page.status_code, page.context["request"].scope.account) == (200, sari)
        ward = sari.grants.get().region
        typed = {"text": "Selokan mampet", "ward": ward.path, "category": "other", "other_words": "Selokan"}
        assert client.post("/kerja/suara/catat/", typed).status_code == 403
        for method in ("put", "patch", "delete"):
            assert getattr(client, method)("/kerja/suara/catat/").status_code == 403
        sent = client.post("/api/v1/recorded-voices", typed, content_type="application/json")
        assert sent.status_code == 401
        assert not JournalEntry.objects.filter(verb__startswith="needs.").exists()

    def test_it_is_in_the_journal(self) -> None:
        self.begin()
        entry = JournalEntry.objects.get(verb="access.viewed_as")
        assert (entry.office, entry.is_public) == ("secretariat", False)

    def test_nobody_looks_as_somebody_beyond_their_places_or_as_themselves(self) -> None:
        office, far = personas.secretariat(places.city()), personas.person("rt_rw", places.foreign_ward(), "jauh")
        half = personas.person("rt_rw", places.ward(), "setengah")
        grant(half, "rt_rw", places.foreign_ward())
        client = as_(office)
        assert client.post(reverse("access:view_as", args=[far.uid])).status_code == 404
        assert client.post(reverse("access:view_as", args=[half.uid])).status_code == 403
        assert client.post(reverse("access:view_as", args=[office.uid])).status_code == 422
        assert see(personas.lurah(places.ward()), "view_as", half.uid) == 403

    def test_it_ends_when_the_right_to_it_ends(self) -> None:
        client, _sari = self.begin()
        Grant.objects.filter(role="secretariat").update(revoked_at=timezone.now(), revoked_reason="Uji")
        body = client.get("/kerja/akun/")
        assert body.status_code == 403


class TestKeys:
    def test_a_key_is_shown_once_and_reads_only(self) -> None:
        client = as_(personas.sari(places.ward()))
        until = (day(timezone.now()) + timedelta(days=30)).isoformat()
        facts = {"label": "Lembar kerja", "expires_on": until}
        body = client.post("/kerja/akun/token/", facts).content.decode()
        key = re.search(r'value="(pdp_[^"]+)"', body)
        assert key is not None
        kept = Token.objects.get()
        assert kept.key_hash == hashlib.sha256(key[1].encode()).hexdigest()
        assert kept.reads_only is True
        assert key[1] not in client.get("/kerja/akun/").content.decode()

    def test_a_key_lasts_at_most_a_year(self) -> None:
        client = as_(personas.sari(places.ward()))
        far = (day(timezone.now()) + timedelta(days=800)).isoformat()
        assert client.post("/kerja/akun/token/", {"label": "x", "expires_on": far}).status_code == 422
        assert Token.objects.count() == 0

    def test_revoking_ones_own_and_nobody_elses(self) -> None:
        sari, wati = personas.sari(places.ward(1)), personas.wati(places.ward(2))
        until = day(timezone.now()) + timedelta(days=30)
        mine, _key = tokens.issue(account=sari, label="x", expires_on=until)
        theirs, _key = tokens.issue(account=wati, label="x", expires_on=until)
        client = as_(sari)
        assert client.post(f"/kerja/akun/token/{theirs.uid}/cabut/").status_code == 404
        assert client.post(f"/kerja/akun/token/{mine.uid}/cabut/").headers["Location"] == "/kerja/akun/"
        assert [token.revoked_at is None for token in Token.objects.order_by("id")] == [False, True]


def picture(path: str) -> Photo:
    data = b"RIFF0000WEBPgambar"
    clean = CleanImage(data, data, "image/webp", 8, 6, "a" * 64, "b" * 16, None)
    return store.keep(clean, region_path=path, at=timezone.now())


class TestPhotos:
    def test_a_private_photo_is_for_those_who_see_its_place_and_404_for_all_others(self) -> None:
        ward = places.ward(1)
        photo = picture(ward.path)
        path = reverse("access:photo", args=[photo.name, "full"])
        assert Client().get(path).status_code == 404
        assert as_(personas.wati(places.ward(2))).get(path).status_code == 404
        assert as_(personas.person("administrator", places.city())).get(path).status_code == 404
        answer = as_(personas.sari(ward)).get(path)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert b"".join(answer.streaming_content) == b"RIFF0000WEBPgambar"  # type: ignore[attr-defined]

    def test_a_published_photo_is_for_everyone_and_opens_no_session(self) -> None:
        photo = store.publish(picture(places.ward().path), timezone.now())
        with CaptureQueriesContext(connection) as seen:
            answer = Client().get(reverse("access:photo", args=[photo.name, "thumb"]))
        assert (answer.status_code, len(seen)) == (200, 1)
        assert answer.headers["Cache-Control"].startswith("public")
        assert "Cookie" not in answer.headers.get("Vary", "")
        answer.close()

    def test_other_sizes_and_names_are_404(self) -> None:
        photo = store.publish(picture(places.ward().path), timezone.now())
        assert Client().get(f"/foto/{photo.name}/huge/").status_code == 404
        assert Client().get("/foto/tidak-ada/full/").status_code == 404


class TestCommandLine:
    def run(self, *words: str) -> str:
        out = io.StringIO()
        call_command("account", *words, stdout=out)
        return out.getvalue()

    def test_the_first_account_of_a_city_gets_a_link(self) -> None:
        city = places.city()
        said = self.run("add", "Dewi", "--name", "Dewi Contoh", "--role", "secretariat", "--region", city.path)
        assert "/undangan/" in said
        assert f"dewi\tDewi Contoh\tsecretariat {city.path}" in self.run("list")

    def test_a_password_from_standard_input(self, monkeypatch: pytest.MonkeyPatch) -> None:
        city = places.city()
        words = ("add", "dewi", "--name", "Dewi", "--role", "secretariat", "--region", city.path, "--password-stdin")
        monkeypatch.setattr("sys.stdin", io.StringIO("pendek\n"))
        with pytest.raises(CommandError):
            self.run(*words)
        monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + "\n"))
        self.run(*words)
        assert Account.objects.get(username="dewi").check_password(PASSWORD)

    @pytest.mark.parametrize(
        "words",
        [
            ("add", "dewi", "--name", "Dewi", "--role", "secretariat", "--region", "9999"),
            ("add", "dewi", "--name", "Dewi", "--role", "ward_head", "--region", "3278"),
            ("invite", "siapa"),
            ("reset-factor", "siapa"),
        ],
    )
    def test_mistakes_are_said_in_a_sentence(self, words: tuple[str, ...]) -> None:
        places.city()
        with pytest.raises(CommandError) as caught:
            self.run(*words)
        assert str(caught.value).endswith(".")


class TestFrame:
    @pytest.mark.parametrize(
        ("referer", "back"),
        [
            ("http://testserver/kerja/orang/baru/?q=1", "/kerja/orang/baru/?q=1"),
            ("http://elsewhere.example/kerja/", "/kerja/"),
            ("", "/kerja/"),
        ],
    )
    def test_a_form_sent_after_the_session_ended_comes_back_to_its_page(self, referer: str, back: str) -> None:
        headers = {"referer": referer} if referer else {}
        answer = Client().post("/kerja/orang/tambah/", headers=headers)
        assert answer.headers["Location"] == f"/akun/masuk/?next={quote(back)}"
        assert (
            Client().get("/kerja/orang/?q=a").headers["Location"] == f"/akun/masuk/?next={quote('/kerja/orang/?q=a')}"
        )

    def test_the_row_of_the_menu_says_where_one_is(self) -> None:
        sari = as_(personas.sari(places.ward()))
        marked = re.compile(r'aria-current="page">([^<]+)</a></li>')
        said = {
            path: marked.findall(sari.get(path).content.decode()) for path in ("/kerja/", "/akun/langkah-kedua/", "/")
        }
        assert said == {"/kerja/": ["Pekerjaan saya"], "/akun/langkah-kedua/": [], "/": ["Beranda"]}
        assert marked.findall(Client().get("/akun/masuk/").content.decode()) == []

    def test_an_empty_address_leads_onward(self) -> None:
        for client, onward in ((Client(), "/"), (as_(personas.sari(places.ward())), "/kerja/")):
            answer = client.get("/tidak-ada/")
            assert answer.status_code == 404
            assert f'class="button button-secondary" href="{onward}"' in answer.content.decode()
            assert 'action="/cari/"' in answer.content.decode()

    def test_a_refusal_gives_its_reason_and_a_way_onward(self) -> None:
        ward = places.ward()
        answer = as_(personas.sari(ward)).get("/kerja/orang/tambah/")
        assert answer.status_code == 403
        assert "mintalah orang yang memberi Anda akun" in answer.content.decode()
        assert 'class="button button-secondary" href="/kerja/"' in answer.content.decode()
        cross = Client().post("/suara/", headers={"Sec-Fetch-Site": "cross-site"})
        assert cross.status_code == 403
        assert "situs lain" in cross.content.decode()
