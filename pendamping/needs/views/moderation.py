"""What is shown of voices, judged: reported things, hiding, editing, covering photos, originals, blocks."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.errors import Refused
from pendamping.core.forms import ActForm
from pendamping.core.images.door import admit
from pendamping.core.models import Photo
from pendamping.core.personal import mask
from pendamping.core.pieces import Act
from pendamping.needs.enums.moderation import Part
from pendamping.needs.forms.moderation import (
    BlockConnectionForm,
    BlockForm,
    CoverForm,
    EditForm,
    HideForm,
    OriginalForm,
)
from pendamping.needs.models import Block, Complaint, Hiding, Message, Need, Original, Voice
from pendamping.needs.queries import moderation as queries
from pendamping.needs.queries.blocks import speaker_of
from pendamping.needs.rules import moderation as rules
from pendamping.needs.services import blocks, cases, moderation, originals
from pendamping.regions.models import Region

ROWS = 50


@dataclass(frozen=True)
class Shown:
    """One part of a voice as the page shows it: words or a picture, why it is hidden, and what can be done with it."""

    key: str
    label: str
    words: str = ""
    photo: Photo | None = None
    hiding: Hiding | None = None
    acts: tuple[Act, ...] = ()


@require_safe
@page(Verb.VOICE_MODERATE)
def moderation_list(request: HttpRequest) -> HttpResponse:
    """What was reported and waits, what is hidden, and from whom nothing more is taken."""
    scope = request.scope  # type: ignore[attr-defined]
    cities = Region.objects.filter(path__in=[path for path in scope.paths(Verb.VOICE_MODERATE) if len(path) == 4])
    context = {
        "reported": queries.reported(scope)[:ROWS],
        "hidden": queries.hidden(scope)[:ROWS],
        "blocks": [(one, [_lift_block(one)]) for one in queries.blocks_of(cities, timezone.now())[:ROWS]],
        "may_block": bool(cities),
    }
    return render_page(request, "needs/moderation.html", context)


def _lift_block(block: Block) -> Act:
    return Act(_("End the block"), reverse("needs:block"), post=True, hidden={"lift": str(block.uid)}, kind="quiet")


@page(Verb.VOICE_MODERATE)
def block(request: HttpRequest) -> HttpResponse:
    """Block a connection of the whole city, or end a block: for those who moderate the city."""
    scope = request.scope  # type: ignore[attr-defined]
    cities = [path for path in scope.paths(Verb.VOICE_MODERATE) if len(path) == 4]
    if not cities:
        raise PermissionDenied
    if request.POST.get("lift"):
        wanted = Block.objects.filter(uid=_uid(request.POST["lift"]), city__path__in=cities).first()
        if wanted is None:
            raise Http404
        _said(request, _("The block has ended."), blocks.lift_block, by=scope.account, block=wanted)
        return redirect("needs:moderation")
    form = BlockConnectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("address", "days", "reason")}
        city = Region.objects.get(path=cities[0])
        if form.attempt(blocks.block_connection, by=scope.account, at=timezone.now(), city=city, **facts):
            messages.success(request, _("Nothing more is taken from there."))
            return redirect("needs:moderation")
    return render_page(request, "needs/block.html", {"form": form}, status=422 if form.errors else 200)


@page(Verb.VOICE_MODERATE)
def moderate(request: HttpRequest, code: str) -> HttpResponse:
    """One voice with its messages and photos, and all that can be done about what is shown of it."""
    scope = request.scope  # type: ignore[attr-defined]
    records = Voice.objects.select_related("region__parent__parent")
    found = scope.get_or_404(records, Verb.VOICE_MODERATE, code=code)
    tried: dict[str, ActForm] = {}
    if request.method == "POST":
        act = ACTS.get(request.GET.get("act", ""))
        if act is None:
            raise Http404
        done = act(request, found, tried)
        if done is not None:
            return done
    return render_page(request, "needs/moderate.html", _context(request, found, tried), 422 if tried else 200)


def _context(request: HttpRequest, found: Voice, tried: dict[str, ActForm]) -> dict[str, Any]:
    parts = _parts(found)
    sealed = _sealed(found)
    edited = _message_of(found, request.GET.get("m", ""))
    return {
        "voice": found,
        "place": found.region.place_label,
        "parts": parts,
        "complaints": [(one, _settle_acts(one)) for one in queries.open_complaints(found)],
        "hide": tried.get("hide") or HideForm(prefix="hide", parts=_choices(parts)),
        "edit": tried.get("edit") or _edit_form(found, edited),
        "edited": edited,
        "edit_href": f"?act=edit&m={edited.uid}" if edited else "?act=edit",
        "originals": sealed,
        "original": tried.get("original") or OriginalForm(prefix="original", originals=sealed),
        "block": tried.get("block") or BlockForm(prefix="block"),
        "has_speaker": speaker_of(found) is not None,
        "confide_refusal": rules.may_keep_confidential(
            is_confidential=found.is_confidential, state=found.state
        ).message,
        "confide": [
            Act(
                _("Keep it confidential"), "?act=confide", post=True, kind="danger",
                confirm=_("Afterwards only its case team reads it, not you. Go on?"),
            )
        ],
    }  # fmt: skip


def _parts(found: Voice) -> list[Shown]:
    """The voice, its messages and photos. Four queries, however many there are."""
    hidings = {(one.message_id, one.photo_id): one for one in queries.hidings_of(found)}
    shown = [Shown("voice", _("The voice"), found.text, hiding=hidings.get((None, None)))]
    shown = [_with_acts(shown[0], reverse("needs:moderate", args=[found.code]) + "#sunting")]
    for number, message in enumerate(queries.messages_of(found), 1):
        label = _("Message %(number)s: %(who)s") % {"number": number, "who": message.get_speaker_display()}
        one = Shown(f"m{message.pk}", label, message.text, hiding=hidings.get((message.pk, None)))
        shown.append(_with_acts(one, f"?m={message.uid}#sunting"))
        shown += [_photo(found, photo, hidings) for photo in message.photos.all()]
    return shown[:1] + [_photo(found, photo, hidings) for photo in found.photos.order_by("id")] + shown[1:]


def _photo(found: Voice, photo: Photo, hidings: dict[Any, Hiding]) -> Shown:
    one = Shown(f"p{photo.pk}", _("Photo of %(day)s") % {"day": formats.day(photo.created_at)}, photo=photo)
    cover = Act(_("Cover faces or plates"), reverse("needs:cover", args=[found.code, photo.name]))
    return Shown(one.key, one.label, photo=photo, hiding=hidings.get((None, photo.pk)), acts=(
        cover, *_lift_acts(hidings.get((None, photo.pk))),
    ))  # fmt: skip


def _with_acts(one: Shown, edit: str) -> Shown:
    acts = (Act(_("Edit the words"), edit), *_lift_acts(one.hiding))
    return Shown(one.key, one.label, one.words, hiding=one.hiding, acts=acts)


def _lift_acts(hiding: Hiding | None) -> tuple[Act, ...]:
    if hiding is None:
        return ()
    return (Act(_("Show it again"), "?act=lift", post=True, hidden={"hiding": str(hiding.uid)}, kind="secondary"),)


def _settle_acts(complaint: Complaint) -> list[Act]:
    hidden = {"complaint": str(complaint.uid)}
    return [
        Act(_("Right: hide it"), "?act=settle", post=True, hidden={**hidden, "right": "yes"}, kind="primary"),
        Act(_("Leave it as it is"), "?act=settle", post=True, hidden={**hidden, "right": "no"}),
    ]


def _choices(parts: list[Shown]) -> list[tuple[str, str]]:
    return [(one.key, one.label) for one in parts if one.hiding is None]


def _sealed(found: Voice) -> list[tuple[str, str]]:
    sealed = queries.sealed_originals(found)
    return [(str(one.uid), f"{_kind(one)} · {formats.day(one.created_at, 'jam')}") for one in sealed]


def _kind(one: Original) -> str:
    part = Part.PHOTO if one.photo_id else Part.MESSAGE if one.message_id else Part.VOICE
    return str(part.label).capitalize()


def _edit_form(found: Voice, message: Message | None, data: Any = None) -> EditForm:
    first = {
        "text": message.text if message else found.text, "place_words": found.place_words,
        "other_words": found.other_words,
    }  # fmt: skip
    return EditForm(data, prefix="edit", initial=first, of_message=message is not None)


def _hide(request: HttpRequest, found: Voice, tried: dict[str, ActForm]) -> HttpResponse | None:
    form = tried["hide"] = HideForm(request.POST, prefix="hide", parts=_choices(_parts(found)))
    if not form.is_valid():
        return None
    what, facts = form.cleaned_data["what"], {name: form.cleaned_data[name] for name in ("reason", "words")}
    key = int(what[1:]) if what != "voice" else 0
    facts["message"] = Message.objects.get(pk=key) if what[0] == "m" else None
    facts["photo"] = Photo.objects.get(pk=key) if what[0] == "p" else None
    return _done(request, form, found, moderation.hide, _("It is hidden."), **facts)


def _edit(request: HttpRequest, found: Voice, tried: dict[str, ActForm]) -> HttpResponse | None:
    message = _message_of(found, request.GET.get("m", ""))
    form = tried["edit"] = _edit_form(found, message, request.POST)
    if not form.is_valid():
        return None
    facts = {name: form.cleaned_data[name] for name in ("text", "place_words", "other_words") if name in form.fields}
    taken = masked_words(" ".join(facts.values()))
    said = _("The words are edited; the original is sealed.") + (f" {taken}" if taken else "")
    return _done(request, form, found, moderation.edit, said, message=message, **facts)


def masked_words(text: str) -> str:
    """What the scan took out of a text, in a sentence; empty when nothing."""
    found = mask(text).found
    if not found:
        return ""
    kinds = ", ".join(sorted({one.kind.value for one in found}))
    return _("Taken out as well: %(kinds)s.") % {"kinds": kinds}


def _block(request: HttpRequest, found: Voice, tried: dict[str, ActForm]) -> HttpResponse | None:
    form = tried["block"] = BlockForm(request.POST, prefix="block")
    if not form.is_valid():
        return None
    facts = {name: form.cleaned_data[name] for name in ("days", "reason")}
    return _done(request, form, found, blocks.block_speaker, _("Nothing more is taken from there."), **facts)


def _original(request: HttpRequest, found: Voice, tried: dict[str, ActForm]) -> HttpResponse | None:
    """Shown once, in the answer itself: it stands under no address. Never to somebody behind another's eyes."""
    form = tried["original"] = OriginalForm(request.POST, prefix="original", originals=_sealed(found))
    if not form.is_valid():
        return None
    wanted = Original.objects.get(voice=found, uid=form.cleaned_data["original"])
    by, reason = request.scope.account, form.cleaned_data["reason"]  # type: ignore[attr-defined]
    opened = form.attempt(moderation.open_original, by=by, at=timezone.now(), original=wanted, reason=reason)
    if opened is None:
        return None
    shown = originals.read(opened)
    if shown.picture:
        return HttpResponse(shown.picture, content_type="image/webp", headers={"Cache-Control": "private, no-store"})
    context = {"voice": found, "words": shown.words, "kind": _kind(opened), "on": opened.created_at}
    return render_page(request, "needs/original.html", context)


def _confide(request: HttpRequest, found: Voice, tried: dict[str, ActForm]) -> HttpResponse | None:
    by = request.scope.account  # type: ignore[attr-defined]
    if _said(request, _("The voice is confidential now."), cases.keep_confidential, by=by, voice=found):
        return redirect("needs:moderation")
    return redirect("needs:moderate", code=found.code)


def _lift(request: HttpRequest, found: Voice, tried: dict[str, ActForm]) -> HttpResponse | None:
    hiding = Hiding.objects.filter(voice=found, uid=_uid(request.POST.get("hiding", ""))).first()
    if hiding is None:
        raise Http404
    by = request.scope.account  # type: ignore[attr-defined]
    _said(request, _("It is shown again."), moderation.lift, by=by, hiding=hiding)
    return redirect("needs:moderate", code=found.code)


def _settle(request: HttpRequest, found: Voice, tried: dict[str, ActForm]) -> HttpResponse | None:
    complaint = Complaint.objects.filter(voice=found, uid=_uid(request.POST.get("complaint", ""))).first()
    if complaint is None:
        raise Http404
    is_right = request.POST.get("right") == "yes"
    by = request.scope.account  # type: ignore[attr-defined]
    said = _("The report is settled.")
    _said(request, said, moderation.settle, by=by, complaint=complaint, is_right=is_right)
    return redirect("needs:moderate", code=found.code)


ACTS: dict[str, Callable[[HttpRequest, Voice, dict[str, ActForm]], HttpResponse | None]] = {
    "hide": _hide, "lift": _lift, "settle": _settle, "edit": _edit, "original": _original, "block": _block,
    "confide": _confide,
}  # fmt: skip


def _done(
    request: HttpRequest, form: ActForm, found: Voice, service: Callable[..., Any], said: str, **facts: Any
) -> HttpResponse | None:
    by = request.scope.account  # type: ignore[attr-defined]
    if form.attempt(service, by=by, at=timezone.now(), voice=found, **facts) is None:
        return None
    messages.success(request, said)
    return redirect("needs:moderate", code=found.code)


def _said(request: HttpRequest, said: str, service: Callable[..., Any], **facts: Any) -> bool:
    """Do what a single button asks, and say what came of it."""
    try:
        service(at=timezone.now(), **facts)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return False
    messages.success(request, said)
    return True


def _message_of(found: Voice, uid: str) -> Message | None:
    return Message.objects.filter(voice=found, uid=_uid(uid)).first() if uid else None


def _uid(typed: str) -> uuid.UUID:
    try:
        return uuid.UUID(typed)
    except ValueError:
        raise Http404 from None


@page(Verb.VOICE_MODERATE)
def cover(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Boxes over a photo of a voice, its thread, or a need: drawn with a finger, or typed as numbers."""
    scope = request.scope  # type: ignore[attr-defined]
    of_need = Need.objects.filter(code=code).exists()
    records = Need.objects.all() if of_need else Voice.objects.all()
    found: Voice | Need = scope.get_or_404(records, Verb.VOICE_MODERATE, code=code)
    photos = queries.every_photo_of_need(found) if isinstance(found, Need) else queries.photos_of_thread(found)
    photo, back = photos.filter(name=name).first(), "needs:need" if of_need else "needs:moderate"
    if photo is None or not photo.file:
        raise Http404
    form = CoverForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _covered(form, found, photo, scope.account):
        messages.success(request, _("The photo is covered. The old one is sealed."))
        return redirect(back, code=found.code)
    back = reverse(back, args=[found.code])
    context = {"form": form, "record": found, "photo": photo, "back": back, "lines": range(0, 1001, 100)}
    return render_page(request, "needs/cover.html", context, status=422 if form.errors else 200)


def _covered(form: CoverForm, found: Voice | Need, photo: Photo, by: Any) -> bool:
    boxes = form.cleaned_data["boxes"]
    verdict = rules.may_redact(boxes=boxes, is_there=True)
    if not verdict:
        form.add_error("boxes", verdict.message)
        return False
    with photo.file.open("rb") as stored:
        data = stored.read()
    try:
        image = admit(data, boxes=boxes)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return False
    facts = {"record": found, "photo": photo, "boxes": boxes, "image": image}
    return form.attempt(moderation.redact, by=by, at=timezone.now(), **facts) is not None
