"""Working pages of a round: made, mended, given its posts, led from stage to stage, called off."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.counters import after
from pendamping.core.errors import Refused
from pendamping.core.formats import number
from pendamping.core.moments import fiscal_year
from pendamping.core.pieces import Act, Column, Link
from pendamping.facilitators.enums.rounds import RoundStage
from pendamping.facilitators.forms import rounds as forms
from pendamping.facilitators.models import Round
from pendamping.facilitators.models.rounds import tie_rule
from pendamping.facilitators.queries import numbers
from pendamping.facilitators.queries import rounds as queries
from pendamping.facilitators.rules import rounds as rules
from pendamping.facilitators.services import rounds as services
from pendamping.facilitators.views.public_rounds import calendar, rules_of, tone
from pendamping.regions.models import Level, Region

PAGE = 25
AREAS = (Level.CITY, Level.DISTRICT, Level.WARD)


@require_safe
@page(Verb.SELECTION_SEE)
def rounds(request: HttpRequest) -> HttpResponse:
    """The selections of my city, newest first."""
    found = request.scope.narrow(queries.listed(), Verb.SELECTION_SEE)  # type: ignore[attr-defined]
    before = request.GET.get("before", "")
    if before.isdecimal():
        found = found.filter(pk__lt=int(before[:18]))
    shown = list(found[: PAGE + 1])
    context = {
        "rounds": [(one, tone(one)) for one in shown[:PAGE]],
        "older": f"?before={shown[PAGE - 1].pk}" if len(shown) > PAGE else "",
        "may_make": request.scope.can_anywhere(Verb.SELECTION_MANAGE),  # type: ignore[attr-defined]
    }
    return render_page(request, "facilitators/rounds.html", context)


@page(Verb.SELECTION_MANAGE)
def round_make(request: HttpRequest) -> HttpResponse:
    """Prepare a selection."""
    cities = request.scope.narrow(  # type: ignore[attr-defined]
        Region.objects.filter(level=Level.CITY).order_by("path"), Verb.SELECTION_MANAGE
    )
    now = timezone.now()
    first = {
        "fiscal_year": fiscal_year(now), "exam_weight": 60, "interview_weight": 40, "exam_pass": 60,
        "interview_pass": 60, "reserves": 2, "objection_days": 3, "retention_days": 180,
        **dict(zip(forms.TIES, tie_rule(), strict=True)),
    }  # fmt: skip
    form = forms.NewRoundForm(request.POST or None, cities=cities, initial=first)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(services.make_round, by=request.user, at=now, **form.facts())
        if made is not None:
            messages.success(request, _("The selection is prepared. Now add posts and requirements."))
            return redirect("facilitators:round", code=made.code)
    return _form_page(request, form, _("Prepare a selection"), reverse("facilitators:rounds"))


@require_safe
@page(Verb.SELECTION_SEE)
def round_page(request: HttpRequest, code: str) -> HttpResponse:
    """One selection from inside: stage, calendar, posts with their numbers, what can be done now."""
    found = found_round(request, code, Verb.SELECTION_SEE)
    heads = (_("To be filled"), _("Drafts"), _("Handed in"), _("Withdrawn"), _("Passed files"), _("Failed files"))
    names = ("draft", "submitted", "withdrawn", "passed_files", "failed_files")
    context = {
        "round": found, "tone": tone(found), "calendar": calendar(found), "rules": rules_of(found),
        "columns": [Column(_("Post")), *(Column(head, number=True) for head in heads)],
        "rows": [
            [str(post), number(post.number), *(number(counted[name]) for name in names)]
            for post, counted in numbers.inside_numbers(found)
        ],
        "acts": _acts(request, found), "places": places(found),
        "is_public": found.opened_at is not None,
    }  # fmt: skip
    return render_page(request, "facilitators/round.html", context)


def _acts(request: HttpRequest, found: Round) -> list[Act]:
    read = Act(_("Requirements"), _address(found, "round_requirements"))
    later = [Act(_("Interviews"), _address(found, "panel")), Act(_("Ranking"), _address(found, "ranking"))]
    if not request.scope.can(Verb.SELECTION_MANAGE, found):  # type: ignore[attr-defined]
        return [read, *later]
    editable = rules.is_editable(stage=found.stage).message
    acts = [
        Act(_("Change dates, weights and words"), _address(found, "round_edit"), refusal=editable),
        Act(_("Posts"), _address(found, "round_posts"), refusal=editable), read, *later,
    ]  # fmt: skip
    to = rules.next_stage(found.stage)
    if to is not None:
        verdict = rules.may_advance(queries.gate_of(found, timezone.now()), to=to)
        label = _("Go on to: %(stage)s") % {"stage": to.label}
        acts.insert(0, Act(label, _address(found, "round_advance"), post=True, refusal=verdict.message,
                           kind="primary", confirm=f"{label}?", hidden={"to": str(to.value)}))  # fmt: skip
    if rules.may_cancel(stage=found.stage, reason="-"):
        acts.append(Act(_("Cancel the selection"), _address(found, "round_cancel"), kind="quiet"))
    return acts


@page(Verb.SELECTION_MANAGE)
def round_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Mend the facts of a round that is being prepared."""
    found = found_round(request, code)
    form = forms.RoundForm(request.POST or None, initial=forms.RoundForm.facts_of(found))
    if request.method == "POST" and form.is_valid():
        done = form.attempt(services.edit_round, by=request.user, at=timezone.now(), round=found, **form.facts())
        if done is not None:
            messages.success(request, _("The selection is changed."))
            return redirect("facilitators:round", code=code)
    return _form_page(request, form, _("Change dates, weights and words"), _address(found), found)


@require_POST
@page(Verb.SELECTION_MANAGE)
def round_advance(request: HttpRequest, code: str) -> HttpResponse:
    """Lead the round to its next stage."""
    found = found_round(request, code)
    to = request.POST.get("to", "")
    if to not in RoundStage.values:
        return redirect("facilitators:round", code=code)
    try:
        done = services.advance_round(by=request.user, at=timezone.now(), round=found, to=to)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The selection is now at: %(stage)s.") % {"stage": done.get_stage_display()})
    return redirect("facilitators:round", code=code)


@page(Verb.SELECTION_MANAGE)
def round_cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Call the round off, with a reason."""
    found = found_round(request, code)
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {"round": found, "reason": form.cleaned_data["reason"]}
        if form.attempt(services.cancel_round, by=request.user, at=timezone.now(), **facts) is not None:
            messages.success(request, _("The selection is cancelled."))
            return redirect("facilitators:round", code=code)
    return _form_page(request, form, _("Cancel the selection"), _address(found), found, kind="danger")


@page(Verb.SELECTION_MANAGE)
def round_posts(request: HttpRequest, code: str) -> HttpResponse:
    """The posts of a round: add one, take one out, while it is being prepared."""
    found = found_round(request, code)
    areas = Region.objects.filter(
        path__gte=found.region_path, path__lt=after(found.region_path), level__in=AREAS
    ).order_by("path")
    form = forms.PostForm(request.POST or None, areas=areas)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(services.add_post, by=request.user, at=timezone.now(), round=found, **form.facts())
        if done is not None:
            messages.success(request, _("The post is added."))
            return redirect("facilitators:round_posts", code=code)
    editable = rules.is_editable(stage=found.stage).message
    context = {
        "round": found, "form": form, "refusal": editable, "places": places(found, _("Posts")),
        "posts": [(post, _remove(found, post.pk, editable)) for post in queries.posts_of(found)],
    }  # fmt: skip
    return render_page(request, "facilitators/round_posts.html", context, status=422 if form.errors else 200)


def _remove(found: Round, post: int, refusal: str) -> list[Act]:
    href = reverse("facilitators:round_post_remove", args=[found.code, post])
    return [] if refusal else [Act(_("Take out"), href, post=True, kind="quiet")]


@require_POST
@page(Verb.SELECTION_MANAGE)
def round_post_remove(request: HttpRequest, code: str, post: int) -> HttpResponse:
    """Take a post out."""
    found = found_round(request, code)
    chosen = get_object_or_404(queries.posts_of(found), pk=post)
    try:
        services.remove_post(by=request.user, at=timezone.now(), post=chosen)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("facilitators:round_posts", code=code)


def _form_page(
    request: HttpRequest, form: Any, title: str, back: str, found: Round | None = None, kind: str = "primary"
) -> HttpResponse:
    context = {
        "form": form, "title": title, "back": back, "round": found, "kind": kind,
        "places": places(found, title) if found else [],
    }  # fmt: skip
    return render_page(request, "facilitators/round_form.html", context, status=422 if form.errors else 200)


def found_round(request: HttpRequest, code: str, verb: Verb = Verb.SELECTION_MANAGE) -> Round:
    """A round where this person holds the verb."""
    found: Round = request.scope.get_or_404(queries.rounds(), verb, code=code)  # type: ignore[attr-defined]
    return found


def _address(found: Round, name: str = "round") -> str:
    return reverse(f"facilitators:{name}", args=[found.code])


def places(found: Round, here: str = "") -> list[Link]:
    """The way to a page of a round."""
    trail = [Link(_("Selections"), reverse("facilitators:rounds")), Link(found.code, _address(found))]
    return [*trail, Link(here)] if here else trail
