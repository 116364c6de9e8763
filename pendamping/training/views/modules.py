"""Working pages of a module and its activities: read, and in a draft written, put in order, taken out."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.documents.pdf_door import sandboxed
from pendamping.core.pieces import Act
from pendamping.training.enums.curriculum import ActivityKind, VersionState
from pendamping.training.errors import label_of
from pendamping.training.forms import curriculum as forms
from pendamping.training.models import Activity, Competency, Material, Module
from pendamping.training.queries import curriculum as queries
from pendamping.training.reading import rendered
from pendamping.training.rules import rubrics
from pendamping.training.services import modules as services
from pendamping.training.views.writing import (
    Ask,
    cities,
    done,
    form_page,
    module_address,
    module_of,
    told,
    trail,
    version_address,
    version_of,
)


def _is_draft(module: Module) -> bool:
    return module.version.state == VersionState.DRAFT


@page(Verb.TRAINING_MANAGE)
@require_GET
def module(request: HttpRequest, code: str, number: int, key: str) -> HttpResponse:
    """A module: what it serves, and its activities in order."""
    found = module_of(request, code, number, key)
    acts = []
    if _is_draft(found):
        gone = _("Take this module out? What was written in it is deleted.")
        adding = [
            Act(_("Add: %(kind)s") % {"kind": kind.label}, module_address(found, "activity_add", kind.value))
            for kind in ActivityKind
        ]
        acts = [
            *adding,
            Act(_("Change the module"), module_address(found, "module_change")),
            Act(_("Move up"), module_address(found, "module_move"), post=True, kind="quiet", hidden={"up": "1"}),
            Act(_("Move down"), module_address(found, "module_move"), post=True, kind="quiet"),
            Act(_("Take out"), module_address(found, "module_drop"), post=True, kind="quiet", confirm=gone),
        ]
    context = {
        "module": found, "title": told(found.title), "about": told(found.summary), "acts": acts,
        "hours": formats.number(found.hours, 1), "places": trail(found), "units": list(found.competencies.all()),
        "serves": [label_of(one) or one for one in found.serves],
        "activities": [
            {"href": module_address(found, "activity", one.key), "title": told(one.title),
             "kind": _kind(one), "is_required": one.is_required}
            for one in found.activities.all()
        ],
    }  # fmt: skip
    return render_page(request, "training/module.html", context)


@page(Verb.TRAINING_MANAGE)
def module_add(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A new module at the end of a draft."""
    version = version_of(request, code, number)
    form = forms.ModuleForm(request.POST or None, competencies=_competencies(request), is_new=True)
    ask = Ask(_("Add a module"), _("Add"), version_address(version), _("The module is added. Now add activities."),
              places=trail(version, _("Add a module")))  # fmt: skip

    def facts() -> dict[str, Any]:
        return {"version": version, "competencies": _chosen(form), **form.facts("key", "hours", "serves")}

    return form_page(
        request, form, ask, services.write_module, facts, then=lambda made: version_address(version, "module", made.key)
    )


@page(Verb.TRAINING_MANAGE)
def module_change(request: HttpRequest, code: str, number: int, key: str) -> HttpResponse:
    """What a module is called, how long it takes, what it serves."""
    found = module_of(request, code, number, key)
    initial = {
        "hours": found.hours, "serves": ", ".join(found.serves), "competencies": list(found.competencies.all()),
        **forms.in_two(found.title, "title"), **forms.in_two(found.summary, "summary"),
    }  # fmt: skip
    form = forms.ModuleForm(request.POST or None, competencies=_competencies(request), is_new=False, initial=initial)
    title = _("Change the module")
    ask = Ask(title, _("Keep"), module_address(found), _("The module is changed."), places=trail(found, title))

    def facts() -> dict[str, Any]:
        return {
            "version": found.version, "key": key, "competencies": _chosen(form), **form.facts("hours", "serves"),
        }  # fmt: skip

    return form_page(request, form, ask, services.write_module, facts)


@page(Verb.TRAINING_MANAGE)
@require_POST
def module_move(request: HttpRequest, code: str, number: int, key: str) -> HttpResponse:
    """One place up or down."""
    found = module_of(request, code, number, key)
    up, back = bool(request.POST.get("up")), version_address(found.version)
    return done(request, services.move_module, "", back, module=found, up=up)


@page(Verb.TRAINING_MANAGE)
@require_POST
def module_drop(request: HttpRequest, code: str, number: int, key: str) -> HttpResponse:
    """Take a module out of a draft."""
    found = module_of(request, code, number, key)
    back = version_address(found.version)
    return done(request, services.drop_module, _("The module is taken out."), back, module=found)


@page(Verb.TRAINING_MANAGE)
@require_GET
def activity(request: HttpRequest, code: str, number: int, key: str, name: str) -> HttpResponse:
    """An activity as learners will read it, in both languages, with its files, rubric or quiz."""
    found = module_of(request, code, number, key)
    one = _activity(found, name)
    acts = []
    if _is_draft(found):
        gone = _("Take this activity out? What was written in it is deleted.")
        move = module_address(found, "activity_move", name)
        acts = [
            Act(_("Change"), module_address(found, "activity_change", name), kind="primary"),
            *([Act(_("Add a file"), module_address(found, "material_add", name))] if one.kind in WITH_FILES else []),
            Act(_("Move up"), move, post=True, kind="quiet", hidden={"up": "1"}),
            Act(_("Move down"), move, post=True, kind="quiet"),
            Act(_("Take out"), module_address(found, "activity_drop", name), post=True, kind="quiet", confirm=gone),
        ]
    context = {
        "activity": one, "title": told(one.title), "kind": _kind(one), "module": told(found.title),
        "quiz": queries.quiz_of(one),
        "bodies": [(language, rendered(one.body[language])) for language in ("id", "en") if one.body.get(language)],
        "rubric": [(told(row["title"]), [(level["points"], told(level["text"])) for level in row["levels"]])
                   for row in one.rubric],
        "files": list(one.materials.all()), "acts": acts, "is_draft": _is_draft(found),
        "places": trail(found, told(one.title)),
    }  # fmt: skip
    return render_page(request, "training/activity.html", context)


WITH_FILES = frozenset({ActivityKind.PAGE, ActivityKind.SLIDES, ActivityKind.TASK, ActivityKind.SESSION})


@page(Verb.TRAINING_MANAGE)
def activity_add(request: HttpRequest, code: str, number: int, key: str, kind: str) -> HttpResponse:
    """A new activity of one kind at the end of a module."""
    found = module_of(request, code, number, key)
    if kind not in ActivityKind.values:
        raise Http404
    form = forms.ActivityForm(request.POST or None, kind=kind, topics=_topics(found), is_new=True,
                              initial={"topics": [found.key]})  # fmt: skip
    title = _("Add: %(kind)s") % {"kind": ActivityKind(kind).label}
    ask = Ask(title, _("Add"), module_address(found), _("The activity is added."), places=trail(found, title))
    return form_page(
        request, form, ask, services.write_activity, lambda: {"module": found, "kind": kind, **form.facts("key")},
        then=lambda made: module_address(found, "activity", made.key),
    )  # fmt: skip


@page(Verb.TRAINING_MANAGE)
def activity_change(request: HttpRequest, code: str, number: int, key: str, name: str) -> HttpResponse:
    """The words of an activity, its rubric, or what its quiz asks."""
    found = module_of(request, code, number, key)
    one = _activity(found, name)
    quiz = queries.quiz_of(one)
    initial = {
        "is_required": one.is_required, "url": one.url, "rubric": rubrics.written(one.rubric),
        **forms.in_two(one.title, "title"), **forms.in_two(one.body, "body"),
        **(queries.asked_by(quiz) if quiz else {}),
    }  # fmt: skip
    form = forms.ActivityForm(request.POST or None, kind=one.kind, topics=_topics(found), is_new=False, initial=initial)
    title = _("Change")
    ask = Ask(told(one.title), _("Keep"), module_address(found, "activity", name), _("The activity is changed."),
              places=trail(found, title))  # fmt: skip
    return form_page(
        request, form, ask, services.write_activity,
        lambda: {"module": found, "key": name, "kind": one.kind, **form.facts()},
    )  # fmt: skip


@page(Verb.TRAINING_MANAGE)
@require_POST
def activity_move(request: HttpRequest, code: str, number: int, key: str, name: str) -> HttpResponse:
    """One place up or down within its module."""
    found = module_of(request, code, number, key)
    up = bool(request.POST.get("up"))
    return done(request, services.move_activity, "", module_address(found), activity=_activity(found, name), up=up)


@page(Verb.TRAINING_MANAGE)
@require_POST
def activity_drop(request: HttpRequest, code: str, number: int, key: str, name: str) -> HttpResponse:
    """Take an activity out of its module."""
    found = module_of(request, code, number, key)
    said = _("The activity is taken out.")
    return done(request, services.drop_activity, said, module_address(found), activity=_activity(found, name))


@page(Verb.TRAINING_MANAGE)
def material_add(request: HttpRequest, code: str, number: int, key: str, name: str) -> HttpResponse:
    """A PDF or picture through the safe door."""
    found = module_of(request, code, number, key)
    one = _activity(found, name)
    form, title = forms.MaterialForm(request.POST or None, request.FILES or None), _("Add a file")
    ask = Ask(title, title, module_address(found, "activity", name), _("The file is kept."), places=trail(found, title))
    names = ("title", "language", "file")
    return form_page(
        request, form, ask, services.keep_material,
        lambda: {"activity": one, **{name: form.cleaned_data[name] for name in names}},
    )  # fmt: skip


@page(Verb.TRAINING_MANAGE)
@require_POST
def material_drop(request: HttpRequest, name: str) -> HttpResponse:
    """Take a file out of an activity of a draft."""
    found = _material(request, name)
    back = module_address(found.activity.module, "activity", found.activity.key)
    return done(request, services.drop_material, _("The file is taken out."), back, material=found)


@page(Verb.TRAINING_MANAGE)
@require_GET
def material(request: HttpRequest, name: str) -> HttpResponse:
    """A file of an activity, always as a download."""
    found = _material(request, name)
    ending = "pdf" if found.content_type == "application/pdf" else "webp"
    with found.file.open("rb") as stored:
        return sandboxed(stored.read(), kind=found.content_type, filename=f"bahan-{found.name[:8]}.{ending}")


def _material(request: HttpRequest, name: str) -> Material:
    within = Material.objects.filter(activity__module__version__course__region__in=cities(request))
    return get_object_or_404(within.select_related("activity__module__version__course"), name=name)


def _activity(found: Module, name: str) -> Activity:
    one = next((one for one in found.activities.all() if one.key == name), None)
    if one is None:
        raise Http404
    one.module = found
    return one


def _kind(one: Activity) -> str:
    """The kind of an activity, unless its title says just that."""
    kind = str(one.get_kind_display())
    return "" if told(one.title) == kind else kind


def _topics(found: Module) -> list[str]:
    return list(found.version.modules.order_by("position").values_list("key", flat=True))


def _competencies(request: HttpRequest) -> Any:
    return Competency.objects.filter(city__in=cities(request)).order_by("unit")


def _chosen(form: forms.ModuleForm) -> list[Competency]:
    return list(form.cleaned_data.get("competencies") or ())
