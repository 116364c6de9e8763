"""A learner's own pages: what to do next, a course, a module, a step; what is read is marked."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from pendamping.access.pages import render_page
from pendamping.core.errors import Refused
from pendamping.core.languages import in_language
from pendamping.core.pieces import Link
from pendamping.facilitators.own import own_page
from pendamping.training.enums.curriculum import ActivityKind
from pendamping.training.enums.learning import EnrolmentState
from pendamping.training.forms.learning import OpinionForm
from pendamping.training.models import Activity, Enrolment, Material, Progress, Submission
from pendamping.training.offline import keepable, person_key
from pendamping.training.queries import learning as queries
from pendamping.training.queries import quizzes
from pendamping.training.reading import rendered
from pendamping.training.rules import learning as rules
from pendamping.training.rules.pass_rule import Item, Unreadable, checklist
from pendamping.training.services import opinions, progress

KEPT = frozenset({ActivityKind.PAGE, ActivityKind.SLIDES, ActivityKind.VIDEO, ActivityKind.SESSION})
DOORS = {ActivityKind.TASK: "my_task", ActivityKind.QUIZ: "my_quiz"}  # the other kinds are read on the page of a step
PICTURES = ("image/jpeg", "image/png", "image/webp")


@own_page
@require_GET
def my_learning(request: HttpRequest) -> HttpResponse:
    """What to do next, where one stopped, and the courses."""
    now, me = timezone.now(), me_of(request)
    mine = [(one, queries.standing(one, language())) for one in queries.enrolments_of(me)]
    active = [(one, how) for one, how in mine if one.state == EnrolmentState.ACTIVE]
    ahead = next(((one, step) for one, how in active if (step := how.next_step(one.last_activity_id))), None)
    context = {
        "courses": [_course_row(one, how) for one, how in mine], "places": [Link(_("My learning"))],
        "next": _ahead(*ahead) if ahead else None, "due": quizzes.due_cards(me, now).count(),
        "has_waiting": any(step.is_waiting for _one, how in active for step in how.steps),
        "person": person_key(me),
    }  # fmt: skip
    return keepable(render_page(request, "training/my_learning.html", context), me)


@own_page
@require_GET
def my_course(request: HttpRequest, code: str) -> HttpResponse:
    """A course: its modules, and what is still missing to pass."""
    me, mine = me_of(request), mine_or_404(request, code)
    how = queries.standing(mine, language())
    ahead = how.next_step(mine.last_activity_id)
    context = {
        "enrolment": mine, "title": course_title(mine), "about": words(mine.version.course.about), "how": how,
        "next": _ahead(mine, ahead) if ahead and mine.state == EnrolmentState.ACTIVE else None,
        "modules": [
            (one, words(one.module.title), reverse("training:my_module", args=[code, one.module.key]))
            for one in how.parts
        ],
        "missing": missing(mine, how), "places": [*crumbs(), Link(course_title(mine))], "person": person_key(me),
    }  # fmt: skip
    return keepable(render_page(request, "training/my_course.html", context), me)


@own_page
@require_GET
def my_module(request: HttpRequest, code: str, module: str) -> HttpResponse:
    """A module with its steps, and what to do next, here or in another module; its pages can be read without a signal
    once it was opened with one."""
    me, mine = me_of(request), mine_or_404(request, code)
    how = queries.standing(mine, language())
    part = next((one for one in how.parts if one.module.key == module), None)
    if part is None:
        raise Http404
    here = next((one for one in part.steps if not one.is_done and not one.is_waiting), None)
    is_active = mine.state == EnrolmentState.ACTIVE
    ahead = here or (how.next_step(mine.last_activity_id) if is_active else None)
    steps = [
        (one, words(one.activity.title), kind_told(one.activity), step_address(mine, one.activity))
        for one in part.steps
    ]
    context = {
        "enrolment": mine, "module": part.module, "title": words(part.module.title), "part": part, "steps": steps,
        "summary": words(part.module.summary),
        "places": [*crumbs(mine), Link(words(part.module.title))], "person": person_key(me),
        "kept": [href for one, _name, _kind, href in steps if one.activity.kind in KEPT],
        "next": _ahead(mine, ahead) if ahead else None, "is_here": here is not None,
    }  # fmt: skip
    return keepable(render_page(request, "training/my_module.html", context), me)


@own_page
@require_GET
def my_step(request: HttpRequest, code: str, module: str, step: str) -> HttpResponse:
    """One step: a page to read, slides, a video, or the door to a quiz, a field task, a session."""
    me, (mine, activity) = me_of(request), step_or_404(request, code, module, step)
    if activity.kind == ActivityKind.TASK:
        return redirect("training:my_task", code=code, module=module, step=step)
    if activity.kind == ActivityKind.QUIZ:
        return redirect("training:my_quiz", code=code, module=module, step=step)
    kept = Progress.objects.filter(enrolment=mine, activity=activity).first()
    materials = list(activity.materials.all())
    shown = {one.title: material_address(one) for one in materials if one.content_type in PICTURES}
    context = {
        **step_context(mine, activity), "body": rendered(words(activity.body), pictures=shown),
        "is_done": kept is not None and kept.done_at is not None,
        "place": kept.place if kept else 0,
        "files": [(one, material_address(one)) for one in materials if one.content_type not in PICTURES],
        "pictures": [(one, address) for one in materials if (address := shown.get(one.title))
                     and one.title not in words(activity.body)],
        "may_tick": activity.kind in rules.BY_HAND, "person": person_key(me),
    }  # fmt: skip
    return keepable(render_page(request, "training/my_step.html", context), me)


@own_page
@require_POST
def my_step_done(request: HttpRequest, code: str, module: str, step: str) -> HttpResponse:
    """Mark a step as read and go on to the next."""
    mine, activity = step_or_404(request, code, module, step)
    try:
        progress.mark_read(by=me_of(request), at=timezone.now(), enrolment=mine, activity=activity)
    except Refused:
        return redirect(step_address(mine, activity))
    after = _after(mine, activity)
    return redirect(step_address(mine, after) if after else reverse("training:my_module", args=[code, module]))


@own_page
@require_POST
def my_step_place(request: HttpRequest, code: str, module: str, step: str) -> HttpResponse:
    """Remember how far down the page somebody is; sent by the page itself."""
    mine, activity = step_or_404(request, code, module, step)
    sent = request.POST.get("place", "")
    if sent.isdecimal() and len(sent) < 4:
        progress.keep_place(by=me_of(request), at=timezone.now(), enrolment=mine, activity=activity, place=int(sent))
    return HttpResponse(status=204)


@own_page
@require_safe
def my_material(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file of a course one learns: a picture in its page, a PDF as a download."""
    me = me_of(request)
    found = Material.objects.filter(name=name).select_related("activity__module").first()
    if found is None or not queries.enrolments_of(me).filter(version=found.activity.module.version_id).exists():
        raise Http404
    is_picture = found.content_type in PICTURES
    answer = FileResponse(found.file.open("rb"), content_type=found.content_type)
    ending = found.content_type.rpartition("/")[2]
    shown = "inline" if is_picture else "attachment"
    answer["Content-Disposition"] = f'{shown}; filename="bahan-{found.name[:8]}.{ending}"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return keepable(answer, me)


@own_page
def my_opinion(request: HttpRequest, code: str) -> HttpResponse:
    """What one thinks of a course one passed, without a name."""
    mine = mine_or_404(request, code)
    form, status = OpinionForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            facts: dict[str, Any] = {"marks": form.marks(), "words": form.cleaned_data["words"]}
            try:
                opinions.give_opinion(by=me_of(request), at=timezone.now(), enrolment=mine, **facts)
            except Refused as refusal:
                form.add_error(None, refusal.message)
            else:
                return redirect("training:my_course", code=code)
    context = {
        "enrolment": mine,
        "form": form,
        "title": course_title(mine),
        "places": [*crumbs(mine), Link(_("Your opinion"))],
    }
    return render_page(request, "training/my_opinion.html", context, status=status)


def me_of(request: Any) -> Any:
    return request.user


def language() -> str:
    return get_language() or "id"


def words(kept: dict[str, str]) -> str:
    return in_language(kept, language())


def course_title(enrolment: Enrolment) -> str:
    return words(enrolment.version.course.title)


def mine_or_404(request: HttpRequest, code: str) -> Enrolment:
    """An enrolment of one's own, not left."""
    found = queries.enrolments_of(me_of(request)).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def step_or_404(request: HttpRequest, code: str, module: str, step: str) -> tuple[Enrolment, Activity]:
    """A step of a course of one's own."""
    mine = mine_or_404(request, code)
    found = Activity.objects.filter(module__version=mine.version_id, module__key=module, key=step)
    activity = found.select_related("module", "quiz").first()
    if activity is None:
        raise Http404
    return mine, activity


def step_address(enrolment: Enrolment, activity: Activity, name: str = "") -> str:
    """The page of a step, without a detour for quizzes and field tasks; or the page of this name."""
    name = name or DOORS.get(ActivityKind(activity.kind), "my_step")
    return reverse(f"training:{name}", args=[enrolment.code, activity.module.key, activity.key])


def material_address(material: Material) -> str:
    return reverse("training:my_material", args=[material.name])


def is_done(enrolment: Enrolment, activity: Activity) -> bool:
    """Did the learner finish this step: a quiz passed, a page read?"""
    return Progress.objects.filter(enrolment=enrolment, activity=activity, done_at__isnull=False).exists()


def step_context(enrolment: Enrolment, activity: Activity) -> dict[str, Any]:
    """What every page of a step shows; `back` is the page of its module, the way onward from it."""
    back = reverse("training:my_module", args=[enrolment.code, activity.module.key])
    module = Link(words(activity.module.title), back)
    return {
        "enrolment": enrolment, "activity": activity, "title": step_title(activity), "back": back,
        "places": [*crumbs(enrolment), module, Link(words(activity.title))], "kicker": course_title(enrolment),
    }  # fmt: skip


def step_title(activity: Activity) -> str:
    """A step with its module: many a step is called just "Quiz"."""
    return f"{words(activity.title)}: {words(activity.module.title)}"


def kind_told(activity: Activity) -> str:
    """The kind of a step, unless its title says just that."""
    kind = str(activity.get_kind_display())
    return "" if words(activity.title) == kind else kind


def crumbs(enrolment: Enrolment | None = None) -> list[Link]:
    links = [Link(_("My learning"), reverse("training:my_learning"))]
    if enrolment is not None:
        links.append(Link(course_title(enrolment), reverse("training:my_course", args=[enrolment.code])))
    return links


def missing(enrolment: Enrolment, how: queries.Standing) -> list[Item]:
    """What the pass rule asks for, line by line."""
    try:
        return checklist(enrolment.version.pass_rule, how.facts)
    except Unreadable:
        return []


def photos_of(submission: Submission) -> list[str]:
    return list(submission.photos.order_by("pk").values_list("name", flat=True))


def _ahead(enrolment: Enrolment, step: queries.Step) -> dict[str, str]:
    return {
        "title": words(step.activity.title), "kind": kind_told(step.activity),
        "href": step_address(enrolment, step.activity), "course": course_title(enrolment),
        "module": words(step.activity.module.title),
    }  # fmt: skip


def _course_row(enrolment: Enrolment, how: queries.Standing) -> dict[str, Any]:
    return {
        "enrolment": enrolment, "title": course_title(enrolment), "done": how.done, "all": len(how.steps),
        "href": reverse("training:my_course", args=[enrolment.code]),
        "state": "done" if enrolment.state == EnrolmentState.COMPLETED else "active",
    }  # fmt: skip


def _after(enrolment: Enrolment, activity: Activity) -> Activity | None:
    """The step after this one in the same module."""
    later = Activity.objects.filter(module=activity.module_id, position__gt=activity.position)
    return later.select_related("module").order_by("position").first()
