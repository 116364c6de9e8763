"""The steps of an application, the same for the applicant and for the counter that types from paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from pendamping.access.pages import render_page
from pendamping.access.throttle import allow
from pendamping.core.errors import Refused
from pendamping.core.formats import day
from pendamping.core.pieces import Act, Link
from pendamping.facilitators.enums.selection import Reason, RequirementKind
from pendamping.facilitators.forms import applications as forms
from pendamping.facilitators.models import Application
from pendamping.facilitators.queries.applications import Line, identity, lines_of, missing_of
from pendamping.facilitators.queries.rounds import posts_of
from pendamping.facilitators.services import applications as services
from pendamping.facilitators.services import evidence

STEPS = ("formasi", "diri", "alamat", "berkas", "periksa")
FILES_AN_HOUR = 60  # of one application: each is read by a process of its own


@dataclass(frozen=True)
class Desk:
    """Who fills in, and where the steps stand: `address` gives the page of a step, `by` is empty for the applicant."""

    by: Any
    address: Callable[[str], str]
    template: str
    more: Callable[[Application], dict[str, Any]] = lambda application: {}


def fill(request: HttpRequest, found: Application, step: str, desk: Desk) -> HttpResponse:
    """One step: shown, or kept and on to the next."""
    if step not in STEPS:
        raise Http404
    refusal = services.is_writable(found, timezone.now()).message
    if step == "berkas":
        return _files(request, found, desk, refusal)
    if step == "periksa":
        context = {"missing": missing_of(found), "facts": facts_of(found), "lines": lines_of(found)}
        return _page(request, found, step, desk, {**context, "refusal": refusal})
    form = _form(request, found, step)
    if request.method == "POST":
        answer = _kept(request, found, step, form, desk)
        if answer is not None:
            return answer
    return _page(request, found, step, desk, {"form": form, "refusal": refusal}, status=422 if form.errors else 200)


def _form(request: HttpRequest, found: Application, step: str) -> forms.StepForm:
    data = request.POST if request.method == "POST" else None
    if step == "formasi":
        return forms.PostStepForm(data, posts=posts_of(found.round), initial={"post": found.post_id})
    known = identity(found)
    if step == "diri":
        first = {"name": known["name"], "born_on": found.born_on, "sex": found.sex}
        return forms.IdentityForm(data, initial=first, last_four=found.nik_last_four)
    return forms.ContactForm(data, initial=known)


def _kept(request: HttpRequest, found: Application, step: str, form: forms.StepForm, desk: Desk) -> HttpResponse | None:
    """Keep whatever is valid, also when something else has to be mended; None shows the form again."""
    whole = form.is_valid()
    try:
        kept = services.save_application(
            by=desk.by, at=timezone.now(), application=found, person=form.person(),
            post=form.cleaned_data.get("post"),
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return JsonResponse({"saved": refusal.message}, status=422) if "simpan" in request.GET else None
    found.saved_at = kept.saved_at
    if "simpan" in request.GET:  # the script of the page, while somebody types
        return JsonResponse({"saved": saved_words(kept)})
    return redirect(desk.address(STEPS[STEPS.index(step) + 1])) if whole else None


def saved_words(found: Application) -> str:
    """ "Saved on Sel, 1 Juli 2025 10.32 WIB"."""
    return _("Saved on %(when)s") % {"when": day(found.saved_at, "jam")} if found.saved_at else ""


def _files(request: HttpRequest, found: Application, desk: Desk, refusal: str) -> HttpResponse:
    """One small form per requirement: its file, its declaration, or the words that nothing is needed."""
    tried: dict[int, Any] = {}
    lines = lines_of(found)
    if request.method == "POST":
        line = next((one for one in lines if str(one.requirement.position) == request.GET.get("r")), None)
        if line is None:
            raise Http404
        form = _taken(request, found, line, desk)
        if form is None:
            return redirect(f"{desk.address('berkas')}#r{line.requirement.position}")
        tried[line.requirement.position] = form
    shown = [_shown(line, tried.get(line.requirement.position), desk, refusal) for line in lines]
    return _page(request, found, "berkas", desk, {"lines": shown, "refusal": refusal}, status=422 if tried else 200)


def _taken(request: HttpRequest, found: Application, line: Line, desk: Desk) -> Any | None:
    """Do what was sent for one requirement. None: done. A form: it has to be mended."""
    facts = {"by": desk.by, "at": timezone.now(), "application": found, "requirement": line.requirement}
    form = form_of(line)(request.POST, None, prefix=_prefix(line))
    wait = allow(f"facilitators.file:{found.code}", limit=FILES_AN_HOUR, seconds=3600, at=timezone.now())
    if wait is not None:
        form.full_clean()
        form.add_error(None, Refused(Reason.TOO_MANY_TRIES, minutes=-(-wait // 60)).message)
        return form
    try:
        if "hapus" in request.GET:
            evidence.remove_file(**facts)
            return None
        form = form_of(line)(request.POST, request.FILES, prefix=_prefix(line))
        if not form.is_valid():
            return form
        if line.requirement.kind == RequirementKind.DECLARATION:
            evidence.declare(**facts, is_declared=form.cleaned_data["declared"])
        if form.cleaned_data["file"] is not None:
            evidence.keep_file(**facts, file=form.cleaned_data["file"])
    except Refused as refusal:
        form.full_clean()
        form.add_error("file" if refusal.field == "file" else None, refusal.message)
        return form
    return None


def form_of(line: Line) -> Any:
    """The form a requirement takes."""
    return forms.DeclareForm if line.requirement.kind == RequirementKind.DECLARATION else forms.FileForm


def _prefix(line: Line) -> str:
    return f"r{line.requirement.position}"


def _shown(line: Line, tried: Any, desk: Desk, refusal: str) -> dict[str, Any]:
    action = f"{desk.address('berkas')}?r={line.requirement.position}"
    declared = line.evidence is not None and line.evidence.declared_at is not None
    form = tried or form_of(line)(prefix=_prefix(line), initial={"declared": declared})
    has_file = line.evidence is not None and bool(line.evidence.file)
    remove = [Act(_("Remove the file"), f"{action}&hapus=1", post=True, kind="quiet")] if has_file else []
    takes = line.requirement.takes_file and not refusal
    return {
        "line": line, "form": form if takes else None, "action": action, "remove": remove if takes else [],
        "id": _prefix(line), "has_file": has_file,
    }  # fmt: skip


def facts_of(found: Application) -> list[tuple[str, str]]:
    """What is kept about the applicant, as they and the counter read it."""
    known = identity(found)
    return [
        (_("Post"), str(found.post)), (_("Full name"), known["name"] or "–"),
        (_("NIK"), f"•••• {found.nik_last_four}" if found.nik_last_four else "–"),
        (_("Date of birth"), day(found.born_on)), (_("Sex"), str(found.get_sex_display()) or "–"),
        (_("Address"), known["address"] or "–"), (_("Telephone number"), known["phone"] or "–"),
        (_("E-mail"), known["email"] or "–"),
    ]  # fmt: skip


def titles() -> dict[str, str]:
    return {
        "formasi": _("Post"), "diri": _("Who you are"), "alamat": _("How to reach you"), "berkas": _("Files"),
        "periksa": _("Look through and hand in"),
    }  # fmt: skip


def _page(
    request: HttpRequest, found: Application, step: str, desk: Desk, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    words = titles()
    at = STEPS.index(step)
    common = {
        "application": found, "step": step, "title": words[step], "number": at + 1, "of": len(STEPS),
        "tabs": [Link(words[one], desk.address(one), one == step) for one in STEPS], "saved": saved_words(found),
        "next": desk.address(STEPS[at + 1]) if step == "berkas" else "",
        "autosave": f"{desk.address(step)}?simpan=1" if "form" in context and not context["refusal"] else None,
    }  # fmt: skip
    return render_page(request, desk.template, {**common, **desk.more(found), **context}, status=status)
