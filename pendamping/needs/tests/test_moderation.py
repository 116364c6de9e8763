"""What is hidden, edited, covered and blocked: what stays shown, what is sealed, and what the journal keeps."""

from __future__ import annotations

import io
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import storages
from django.test import Client, RequestFactory
from django.urls import reverse
from PIL import Image
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core import counters
from pendamping.core.errors import Refused
from pendamping.core.images import store
from pendamping.core.images.door import admit
from pendamping.core.models import JournalEntry, Photo
from pendamping.core.personal import crypt
from pendamping.needs import flood, services
from pendamping.needs.enums.contacts import ContactKind, Followed
from pendamping.needs.enums.conversations import Speaker
from pendamping.needs.enums.moderation import HideReason, ModerationReason
from pendamping.needs.models import (
    Block,
    Complaint,
    Contact,
    Following,
    Hiding,
    Message,
    Original,
    Redaction,
    View,
    Voice,
)
from pendamping.needs.queries.visible import public_messages, public_voices, shown_photos
from pendamping.needs.services import blocks, moderation, originals, retention
from pendamping.needs.tests import factories as make
from pendamping.needs.tests.test_moderation_rules import proof_for
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
NOW = make.NOW


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Settings) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture
def ward() -> Region:
    make.menu()
    return places.ward(1)


@pytest.fixture
def sari(ward: Region) -> Account:
    return personas.sari(ward)


def seen(client: Client, photo: str) -> int:
    """The status of an answer whose picture was read to its end."""
    answer = client.get(photo)
    answer.close()
    return answer.status_code


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def message(voice: Voice, text: str = "Kapan diperbaiki?", **facts: Any) -> Message:
    given = {"voice": voice, "speaker": Speaker.RESIDENT, "text": text, "created_at": NOW, "is_public": True}
    return Message.objects.create(**{**given, **facts})


def contact(address: str = "warga@contoh.id") -> Contact:
    key = crypt.new_subject_key()
    return Contact.objects.create(
        kind=ContactKind.EMAIL, subject_key=key, created_at=NOW, digest=crypt.blind_index(address, purpose="uji"),
        address_cipher=crypt.encrypt(address, subject_key=key, field="contact"),
    )  # fmt: skip


def speaking(voice: Voice, by: Contact) -> None:
    Following.objects.create(contact=by, what=Followed.VOICE, voice=voice, is_speaker=True, created_at=NOW)


def hide(voice: Voice, by: Account, **facts: Any) -> Voice:
    return moderation.hide(by=by, at=NOW, voice=voice, **{"reason": HideReason.SPAM, **facts})


def heard(ward: Region) -> tuple[int, int]:
    return counters.total("voice.received", under=ward.path), counters.total("voice.state", under=ward.path)


def test_a_hidden_voice_leaves_the_figures_and_comes_back_when_it_is_lifted(ward: Region, sari: Account) -> None:
    voice, other = make.voice(ward), make.voice(ward)
    hide(voice, sari)
    assert (list(public_voices()), heard(ward)) == ([other], (1, 1))
    services.answer_voice(by=sari, at=NOW, voice=voice, answer="Bukan tentang tempat ini")
    assert heard(ward) == (1, 1)
    moderation.lift(by=sari, at=NOW, hiding=Hiding.objects.get())
    assert (public_voices().count(), heard(ward)) == (2, (2, 2))
    assert counters.total("voice.state", under=ward.path, dimension="answered") == 1
    assert list(counters.differences()) == []


def test_hidden_voices_gathered_into_a_need_are_not_counted(ward: Region, sari: Account) -> None:
    voice, other = make.voice(ward), make.voice(ward)
    hide(voice, sari)
    make.need(ward, voices=[voice, other])
    assert list(counters.differences()) == []


def test_only_what_is_shown_is_hidden_and_only_what_is_hidden_lifted(ward: Region, sari: Account) -> None:
    voice = hide(make.voice(ward), sari)
    with pytest.raises(Refused) as refusal:
        hide(voice, sari)
    assert refusal.value.reason == ModerationReason.ALREADY_HIDDEN
    hiding = Hiding.objects.get()
    moderation.lift(by=sari, at=NOW, hiding=hiding)
    with pytest.raises(Refused) as refusal:
        moderation.lift(by=sari, at=NOW, hiding=hiding)
    assert refusal.value.reason == ModerationReason.NOT_HIDDEN
    assert heard(ward) == (1, 1)


def test_a_hidden_message_leaves_the_thread_and_its_voice_stays(ward: Region, sari: Account) -> None:
    voice = make.voice(ward)
    rude, good = message(voice, "Dasar malas"), message(voice)
    hide(voice, sari, message=rude, reason=HideReason.INSULT)
    assert (list(public_messages(voice)), public_voices().count(), heard(ward)) == ([good], 1, (1, 1))
    with pytest.raises(Refused) as refusal:
        hide(make.voice(ward), sari, message=good)
    assert refusal.value.reason == ModerationReason.NOT_OF_VOICE


def test_photos_of_what_is_hidden_are_public_no_more_until_it_is_lifted(ward: Region, sari: Account) -> None:
    voice = make.voice(ward)
    told = message(voice, "Sudah beres", speaker=Speaker.OFFICE, written_by=sari)
    photo = store.publish(store.keep(make.picture(), region_path=ward.path, at=NOW), NOW)
    told.photos.add(photo)
    hide(voice, sari)
    assert not Photo.objects.get().is_public
    moderation.lift(by=sari, at=NOW, hiding=Hiding.objects.get())
    assert Photo.objects.get().is_public
    hide(voice, sari, photo=photo)
    assert (Photo.objects.get().is_public, list(shown_photos(told.photos.all()))) == (False, [])
    hide(voice, sari)
    moderation.lift(by=sari, at=NOW, hiding=Hiding.objects.get(photo=None, lifted_at=None))
    assert not Photo.objects.get().is_public  # it is hidden by itself still


def test_a_report_that_is_right_hides_and_one_that_is_not_leaves(ward: Region, sari: Account) -> None:
    voice = make.voice(ward)
    words = "menyebut NIK 3278014101900001"
    right = moderation.report(by=None, at=NOW, voice=voice, reason=HideReason.PERSON, words=words)
    wrong = moderation.report(by=None, at=NOW, voice=voice, reason=HideReason.SPAM)
    assert right.words == "menyebut NIK [NIK]"
    moderation.settle(by=sari, at=NOW, complaint=wrong, is_right=False)
    assert public_voices().count() == 1
    moderation.settle(by=sari, at=NOW, complaint=right, is_right=True)
    assert (public_voices().count(), Hiding.objects.get().reason) == (0, HideReason.PERSON)
    with pytest.raises(Refused) as refusal:
        moderation.settle(by=sari, at=NOW, complaint=right, is_right=False)
    assert refusal.value.reason == ModerationReason.ALREADY_SETTLED
    entry = JournalEntry.objects.get(verb="needs.content_reported", changes__cause="spam")
    assert (entry.actor_uid, entry.office, entry.request_id, entry.is_public) == (None, "", "", False)


def test_an_edit_seals_the_original_which_is_read_with_a_reason(ward: Region, sari: Account) -> None:
    voice = make.voice(ward, text="Rumah tetangga berkumis bau", place_words="sebelah warung")
    moderation.edit(by=sari, at=NOW, voice=voice, text="Rumah tetangga bau, telp 081234567890", place_words="")
    voice.refresh_from_db()
    assert (voice.text, voice.place_words) == ("Rumah tetangga bau, telp [telepon]", "")
    kept = Original.objects.get()
    assert b"berkumis" not in bytes(kept.text_cipher or b"")
    with pytest.raises(Refused):
        moderation.open_original(by=sari, at=NOW, original=kept, reason=" ")
    opened = moderation.open_original(by=sari, at=NOW, original=kept, reason="Keberatan warga")
    assert originals.read(opened).words == {
        "text": "Rumah tetangga berkumis bau", "place_words": "sebelah warung", "other_words": "",
    }  # fmt: skip
    entry = JournalEntry.objects.get(verb="needs.original_opened")
    assert (entry.actor_uid, entry.reason, entry.is_public) == (sari.uid, "Keberatan warga", False)
    assert not JournalEntry.objects.filter(changes__icontains="berkumis").exists()


def test_what_a_voice_is_about_in_own_words_is_edited_with_it(ward: Region, sari: Account) -> None:
    voice = make.voice(ward, menu_item=None, other_words="Tetangga berkumis bau")
    with pytest.raises(Refused):
        moderation.edit(by=sari, at=NOW, voice=voice, text=voice.text, other_words=" ")
    address = reverse("needs:moderate", args=[voice.code])
    edited = {"edit-text": voice.text, "edit-other_words": "Bau"}
    assert signed_in(sari).post(f"{address}?act=edit", edited).status_code == 302
    voice.refresh_from_db()
    assert (voice.other_words, voice.full_subject) == ("Bau", "Bau")
    assert originals.read(Original.objects.get()).words["other_words"] == "Tetangga berkumis bau"
    assert (
        'name="edit-other_words"'
        not in signed_in(sari).get(reverse("needs:moderate", args=[make.voice(ward).code])).content.decode()
    )


def test_a_message_is_edited_and_its_voice_stays_as_it_was(ward: Region, sari: Account) -> None:
    voice = make.voice(ward)
    one = message(voice, "Tetangga berkumis yang salah")
    moderation.edit(by=sari, at=NOW, voice=voice, message=one, text="Ada yang salah")
    one.refresh_from_db()
    assert (one.text, Voice.objects.get().text) == ("Ada yang salah", voice.text)
    assert originals.read(Original.objects.get()).words == {"text": "Tetangga berkumis yang salah"}
    with pytest.raises(Refused) as refusal:
        moderation.edit(by=sari, at=NOW, voice=voice, message=one, text="Ada yang salah")
    assert refusal.value.reason == ModerationReason.UNCHANGED


def test_originals_are_destroyed_after_two_years(ward: Region, sari: Account) -> None:
    voice = make.voice(ward)
    moderation.edit(by=sari, at=NOW, voice=voice, text="Lain")
    retention.tidy(NOW + originals.KEPT - timedelta(seconds=1))
    assert Original.objects.get().destroyed_at is None
    retention.tidy(NOW + originals.KEPT)
    kept = Original.objects.get()
    assert (kept.subject_key, kept.text_cipher, kept.destroyed_at) == (None, None, NOW + originals.KEPT)
    with pytest.raises(Refused) as refusal:
        moderation.open_original(by=sari, at=NOW, original=kept, reason="Ingin tahu")
    assert refusal.value.reason == ModerationReason.ORIGINAL_GONE


def noisy() -> bytes:
    """A JPEG white but for a red face in the right lower quarter."""
    image = Image.new("RGB", (400, 200), "white")
    image.paste((255, 0, 0), (200, 100, 400, 200))
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


def read(stored: Any) -> bytes:
    with stored.open("rb") as file:
        return bytes(file.read())


def colours(data: bytes) -> set[tuple[int, int, int]]:
    """The colours of a picture, roughly."""
    image = Image.open(io.BytesIO(data)).convert("RGB")
    return {tuple(round(part / 255) for part in colour) for _n, colour in image.getcolors(10**6) or []}  # type: ignore[misc]


def test_covered_parts_are_gone_from_picture_and_thumbnail_and_the_old_files_with_them(
    ward: Region, sari: Account, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    voice = make.voice(ward, photos=[admit(noisy())])
    old = voice.photos.get()
    box = (500, 500, 500, 500)
    image = admit(noisy(), boxes=[box])
    with django_capture_on_commit_callbacks(execute=True):
        moderation.redact(by=sari, at=NOW, record=voice, photo=old, boxes=[box], image=image)
    new = voice.photos.get()
    for stored in (new.file, new.thumb):
        assert colours(read(stored)) == {(1, 1, 1), (0, 0, 0)}
    storage = storages["photos"]
    assert not any(storage.exists(name) for name in (old.file.name, old.thumb.name))
    gone = Photo.objects.get(pk=old.pk)
    assert (gone.file.name, gone.thumb.name, gone.region_path, Redaction.objects.get().boxes) == (
        "", "", "", [list(box)],
    )  # fmt: skip
    kept = Original.objects.get()
    with storages["evidence"].open(kept.file_name) as sealed:
        assert b"WEBP" not in sealed.read()
    assert colours(originals.read(kept).picture) == {(1, 1, 1), (1, 0, 0)}
    client = signed_in(sari)
    assert client.get(reverse("access:photo", args=[old.name, "full"])).status_code == 404
    assert seen(client, reverse("access:photo", args=[new.name, "thumb"])) == 200
    with pytest.raises(Refused):
        moderation.redact(by=sari, at=NOW, record=voice, photo=gone, boxes=[box], image=image)


def test_a_hidden_photo_that_is_covered_stays_hidden_until_it_is_lifted(ward: Region, sari: Account) -> None:
    voice = make.voice(ward, photos=[admit(noisy())])
    hide(voice, sari, photo=voice.photos.get())
    box = (500, 500, 500, 500)
    image = admit(noisy(), boxes=[box])
    moderation.redact(by=sari, at=NOW, record=voice, photo=voice.photos.get(), boxes=[box], image=image)
    assert not shown_photos(voice.photos.all()).exists()
    moderation.lift(by=sari, at=NOW, hiding=Hiding.objects.get())
    assert shown_photos(voice.photos.all()).count() == 1


def test_a_blocked_address_gives_no_voice_in_its_city_until_the_block_is_over(ward: Region, sari: Account) -> None:
    who, voice = contact(), make.voice(ward)
    with pytest.raises(Refused) as refusal:
        blocks.block_speaker(by=sari, at=NOW, voice=voice, reason="Iklan", days=7)
    assert refusal.value.reason == ModerationReason.NO_SPEAKER
    speaking(voice, who)
    block = blocks.block_speaker(by=sari, at=NOW, voice=voice, reason="Iklan berulang", days=7)
    with pytest.raises(Refused) as refusal:
        make.voice(ward, contact=who)
    assert refusal.value.reason == ModerationReason.BLOCKED
    assert refusal.value.message.endswith("Datanglah ke kantor kelurahan, atau telepon.")
    make.voice(ward, contact=contact("lain@contoh.id"))
    make.voice(ward, contact=who, at=NOW + timedelta(days=7))
    blocks.lift_block(by=sari, at=NOW, block=block)
    make.voice(ward, contact=who)
    retention.tidy(NOW)
    assert not Block.objects.exists()


def test_a_blocked_connection_gives_no_voice_and_its_address_is_not_kept(ward: Region, rf: RequestFactory) -> None:
    city = Region.objects.get(path=ward.city_path)
    by = personas.secretariat(city)
    blocks.block_connection(by=by, at=NOW, city=city, address=" 203.0.113.7 ", reason="Banjir kiriman", days=1)
    asked = rf.post("/suara/", REMOTE_ADDR="203.0.113.7")
    refusal = flood.too_many(asked, NOW)
    assert refusal is not None
    assert refusal.reason == ModerationReason.BLOCKED
    assert flood.too_many(rf.post("/suara/", REMOTE_ADDR="203.0.113.8"), NOW) is None
    assert flood.too_many(asked, NOW + timedelta(days=1)) is None
    assert "203.0.113" not in str(list(Block.objects.values())) + str(list(JournalEntry.objects.values()))
    with pytest.raises(Refused) as wrong:
        blocks.block_connection(by=by, at=NOW, city=city, address="warga", reason="Banjir", days=1)
    assert wrong.value.reason == ModerationReason.NO_ADDRESS


def test_whoever_worked_before_sending_may_send_more(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flood, "UNPROVEN_AN_HOUR", 1)
    monkeypatch.setattr(flood, "VOICES_AN_HOUR", 4)
    op = str(uuid.uuid4())
    worked = {"op": op, "proof": proof_for(op)}
    tries = [{}, {"op": op, "proof": "1"}, worked, worked, worked]
    assert [flood.too_many(rf.post("/suara/", sent), NOW) is None for sent in tries] == [True, False, True, True, False]


# Pages.


def test_anyone_reports_a_voice_and_a_moderator_settles_it(ward: Region, sari: Account, client: Client) -> None:
    voice = make.voice(ward)
    address = reverse("needs:report_voice", args=[voice.code])
    assert address in client.get(reverse("portal:journey", args=[voice.code])).content.decode()
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": "other"}).status_code == 422
    assert client.post(address, {"reason": "spam", "website": "x"}).status_code == 422
    assert client.post(address, {"reason": "spam"}).status_code == 200
    moderator = signed_in(sari)
    assert voice.code in moderator.get(reverse("insight:work")).content.decode()
    assert reverse("needs:moderate", args=[voice.code]) in moderator.get(reverse("needs:moderation")).content.decode()
    page = reverse("needs:moderate", args=[voice.code])
    sent = {"complaint": str(Complaint.objects.get().uid), "right": "yes"}
    assert moderator.post(f"{page}?act=settle", sent).status_code == 302
    assert client.get(address).status_code == 404
    assert client.get(reverse("portal:journey", args=[voice.code])).status_code == 404


def test_reports_are_limited(ward: Region, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flood, "REPORTS_AN_HOUR", 1)
    address = reverse("needs:report_voice", args=[make.voice(ward).code])
    assert [client.post(address, {"reason": "spam"}).status_code for _ in range(2)] == [200, 429]


def test_the_page_of_moderation_hides_edits_lifts_and_opens(ward: Region, sari: Account) -> None:
    voice = make.voice(ward, text="Tetangga berkumis membuang sampah", photos=[make.picture()])
    one = message(voice)
    client, page = signed_in(sari), reverse("needs:moderate", args=[voice.code])
    html = client.get(page).content.decode()
    assert "Tetangga berkumis membuang sampah" in html
    hiding = {"hide-what": f"m{one.pk}", "hide-reason": "insult"}
    assert client.post(f"{page}?act=hide", hiding).status_code == 302
    assert client.post(f"{page}?act=hide", hiding).status_code == 422  # it is no choice any more
    assert client.post(f"{page}?act=lift", {"hiding": str(Hiding.objects.get().uid)}).status_code == 302
    edited = {"edit-text": "Ada yang membuang sampah, telp 0812 3456 7890"}
    answer = client.post(f"{page}?act=edit", edited, follow=True)
    assert "[telepon]" in answer.content.decode()
    assert "Tetangga berkumis" not in answer.content.decode()
    kept = str(Original.objects.get().uid)
    refused = client.post(f"{page}?act=original", {"original-original": kept})
    assert (refused.status_code, "Tetangga berkumis" in refused.content.decode()) == (422, False)
    opened = client.post(f"{page}?act=original", {"original-original": kept, "original-reason": "Keberatan"})
    assert (opened.status_code, "Tetangga berkumis" in opened.content.decode()) == (200, True)
    assert opened.headers["Cache-Control"] == "private, no-store"
    assert client.post(f"{page}?act=apa").status_code == 404
    assert client.post(f"{page}?act=lift", {"hiding": "x"}).status_code == 404


def test_a_photo_is_covered_by_typed_numbers(ward: Region, sari: Account) -> None:
    voice = make.voice(ward, photos=[admit(noisy())])
    client = signed_in(sari)
    page = reverse("needs:cover", args=[voice.code, voice.photos.get().name])
    assert 'data-cover="id_boxes"' in client.get(page).content.decode()
    for wrong in ("", "1 2 3", "a b c d", "900 0 200 10", "0 0 0 0"):
        assert client.post(page, {"boxes": wrong}).status_code == 422
    assert client.post(page, {"boxes": "500 500 500 500\n0, 0, 10, 10"}).status_code == 302
    assert colours(read(voice.photos.get().file)) == {(1, 1, 1), (0, 0, 0)}
    assert client.get(page).status_code == 404
    assert client.get(reverse("needs:moderate", args=[voice.code])).status_code == 200


def test_a_photo_of_a_site_check_is_covered_wherever_it_is_shown(
    ward: Region, sari: Account, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    need = make.need(ward)
    facts = {"finding": "Retak", "photos": [admit(noisy())], "viewpoint": "Dari jembatan"}
    need = services.verify_need(by=sari, at=NOW, need=need, **facts)
    old = need.photos.get()
    proposal = services.write_proposal(by=sari, at=NOW, need=need, **make.whole(photos=[]))
    proposal.photos.add(old)
    client, page = signed_in(sari), reverse("needs:cover", args=[need.code, old.name])
    assert page in client.get(reverse("needs:need", args=[need.code])).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        covered = client.post(page, {"boxes": "500 500 500 500"})
    assert covered.headers["Location"] == reverse("needs:need", args=[need.code])
    new = need.photos.get()
    assert colours(read(new.file)) == {(1, 1, 1), (0, 0, 0)}
    assert (View.objects.get().photo, proposal.photos.get(), new.is_public) == (new, new, True)
    assert not storages["photos"].exists(old.file.name)
    assert colours(originals.read(Original.objects.get(need=need)).picture) == {(1, 1, 1), (1, 0, 0)}
    assert JournalEntry.objects.filter(verb="needs.photo_covered").count() == 1
    assert client.get(page).status_code == 404
    assert signed_in(personas.wati(places.ward(2))).get(page).status_code == 404
    other = make.verified_need(ward)
    assert client.get(reverse("needs:cover", args=[other.code, new.name])).status_code == 404


def test_only_moderators_of_the_place_moderate(ward: Region) -> None:
    voice = make.voice(ward)
    page = reverse("needs:moderate", args=[voice.code])
    assert signed_in(personas.wati(places.ward(2))).get(page).status_code == 404
    assert signed_in(personas.sekretaris(ward)).get(page).status_code == 403
    assert Client().get(page).status_code == 302


def test_only_moderators_of_the_city_block_connections(ward: Region, sari: Account) -> None:
    page = reverse("needs:block")
    assert signed_in(sari).get(page).status_code == 403
    client = signed_in(personas.secretariat(Region.objects.get(path=ward.city_path)))
    assert client.post(page, {"address": "x", "days": "3", "reason": "Banjir"}).status_code == 422
    assert client.post(page, {"address": "2001:db8::1", "days": "3", "reason": "Banjir"}).status_code == 302
    assert "Banjir" in client.get(reverse("needs:moderation")).content.decode()
    assert client.post(page, {"lift": str(Block.objects.get().uid)}).status_code == 302
    assert Block.objects.get().lifted_at is not None


def test_whoever_gave_a_voice_is_blocked_without_being_seen(ward: Region, sari: Account) -> None:
    voice = make.voice(ward)
    client, page = signed_in(sari), reverse("needs:moderate", args=[voice.code])
    assert 'id="blokir"' not in client.get(page).content.decode()
    speaking(voice, contact())
    html = client.get(page).content.decode()
    assert 'id="blokir"' in html
    assert "contoh.id" not in html
    assert client.post(f"{page}?act=block", {"block-days": "3", "block-reason": "Iklan"}).status_code == 302
    assert Block.objects.get().digest == Contact.objects.get().digest


def test_words_are_shown_as_others_will_read_them(client: Client) -> None:
    page = client.post(reverse("needs:preview"), {"text": "Hubungi Pak Ujang Saepudin 081234567890"})
    html = page.content.decode()
    assert (page.status_code, "Hubungi Pak [nama] [telepon]" in html) == (200, True)
    assert client.get(reverse("needs:preview")).status_code == 405


def test_lists_of_moderation_cost_the_same_with_one_and_three(
    ward: Region, sari: Account, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(sari)

    def one() -> None:
        hide(make.voice(ward), sari)
        moderation.report(by=None, at=NOW, voice=make.voice(ward), reason=HideReason.SPAM)

    def queries() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("needs:moderation")).status_code == 200
        return len(seen)

    one()
    first = queries()
    one()
    one()
    assert queries() == first
