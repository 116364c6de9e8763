"""Who learns what, for those who look after it: the list, one learner, enrolling, leaving."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.moments import day
from pendamping.core.pieces import Act, Link
from pendamping.regions.models import Region
from pendamping.training.enums.learning import EnrolmentState
from pendamping.training.forms.learning import EnrolAllForm, EnrolForm, LeaveForm
from pendamping.training.models import CourseVersion, Enrolment
from pendamping.training.queries import learning as queries
from pendamping.training.rules import learning as rules
from pendamping.training.services import enrolments as services
from pendamping.training.views.acting import Ask, act_page, attempt, typed
from pendamping.training.views.my_learning import course_title, language, missing

PAGE = 25


@page(Verb.TRAINING_SEE)
@require_GET
def enrolments(request: HttpRequest) -> HttpResponse:
    """The learners of my area, newest first; by state, by course, by name."""
    scope = request.scope  # type: ignore[attr-defined]
    state, words = request.GET.get("state", ""), request.GET.get("q", "").strip()
    found = scope.narrow(queries.enrolments(), Verb.TRAINING_SEE)
    if state in EnrolmentState.values:
        found = found.filter(state=state)
    course = request.GET.get("kursus", "")
    if course:
        found = found.filter(version__course__code=course)
    if words:
        found = found.filter(account__name__icontains=words)
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 16:
        found = found.filter(pk__lt=int(before))
    shown = list(found[: PAGE + 1])
    kept = {"state": state, "q": words, "kursus": course}
    tabs = [("", _("All")), *((str(one), str(one.label)) for one in EnrolmentState)]
    manages = scope.can_anywhere(Verb.TRAINING_MANAGE)
    context = {
        "rows": [(one, course_title(one), STATES[one.state]) for one in shown[:PAGE]], "q": words, "state": state,
        "tabs": [Link(label, f"?state={key}", current=key == state) for key, label in tabs],
        "older": f"?{urlencode({**kept, 'before': shown[PAGE - 1].pk})}" if len(shown) > PAGE else "",
        "acts": [
            Act(_("Enrol all of an area"), reverse("training:enrol_all"), kind="primary"),
            Act(_("Enrol one person"), reverse("training:enrol")),
        ] if manages else [],
    }  # fmt: skip
    return render_page(request, "training/enrolments.html", context)


STATES = {"active": "active", "completed": "done", "withdrawn": "stopped"}


@page(Verb.TRAINING_SEE)
@require_GET
def enrolment(request: HttpRequest, code: str) -> HttpResponse:
    """One learner in one course: how far, with which results, what is missing."""
    found = _found(request, code, Verb.TRAINING_SEE)
    scope = request.scope  # type: ignore[attr-defined]
    how = queries.standing(found, language())
    acts = []
    if scope.can(Verb.TASK_ASSESS, found):
        acts.append(Act(_("Field tasks"), reverse("training:tasks_of", args=[code])))
    if scope.can(Verb.TRAINING_MANAGE, found):
        verdict = rules.may_leave(state=found.state, reason="x")
        address = reverse("training:enrolment_leave", args=[code])
        acts.append(Act(_("Take out of the course"), address, refusal=verdict.message, kind="quiet"))
    context = {
        "enrolment": found, "title": course_title(found), "how": how, "missing": missing(found, how), "acts": acts,
        "sign": STATES[found.state],
        "places": [Link(_("Learners"), reverse("training:enrolments")), Link(found.account.name)],
    }  # fmt: skip
    return render_page(request, "training/enrolment.html", context)


@page(Verb.TRAINING_MANAGE)
def enrol(request: HttpRequest) -> HttpResponse:
    """Put one person into a course."""
    versions, cities = _versions(request)
    people = [one for path in cities for one in queries.serving_under(path, day(timezone.now()))]
    form = EnrolForm(request.POST or None, versions=versions, people=people)
    made = attempt(request, form, services.enrol, lambda: typed(form), said=_("Enrolled."))
    if made is not None:
        return redirect("training:enrolment", code=made.code)
    return _form(request, form, _("Enrol one person"), bool(versions))


@page(Verb.TRAINING_MANAGE)
def enrol_all(request: HttpRequest) -> HttpResponse:
    """Put all who serve an area into a course."""
    versions, cities = _versions(request)
    places = Region.objects.filter(path__in=cities) | Region.objects.filter(parent__path__in=cities, valid_to=None)
    form = EnrolAllForm(request.POST or None, versions=versions, regions=places.order_by("path"))
    said = _("All who serve there are enrolled.")
    if attempt(request, form, services.enrol_all, lambda: typed(form), said=said) is not None:
        return redirect("training:enrolments")
    return _form(request, form, _("Enrol all of an area"), bool(versions))


@page(Verb.TRAINING_MANAGE)
def enrolment_leave(request: HttpRequest, code: str) -> HttpResponse:
    """Take somebody out of a course, with a reason."""
    found = _found(request, code, Verb.TRAINING_MANAGE)
    form, back = LeaveForm(request.POST or None), reverse("training:enrolment", args=[code])
    title = _("Take out of the course")
    places = [Link(_("Learners"), reverse("training:enrolments")), Link(found.account.name, back), Link(title)]
    ask = Ask(title, title, back, _("Taken out. What was learned is kept."), found.account.name,
              course_title(found), kind="danger", places=places)  # fmt: skip
    return act_page(request, form, ask, services.leave, lambda: {"enrolment": found, **typed(form)})


def _versions(request: HttpRequest) -> tuple[list[CourseVersion], list[str]]:
    cities = sorted({path[:4] for path in request.scope.paths(Verb.TRAINING_MANAGE)})  # type: ignore[attr-defined]
    return [one for path in cities for one in queries.versions_in_use(path)], cities


def _form(request: HttpRequest, form: EnrolForm | EnrolAllForm, title: str, has_versions: bool) -> HttpResponse:
    back = reverse("training:enrolments")
    context = {
        "form": form, "title": title, "has_versions": has_versions, "back": back,
        "places": [Link(_("Learners"), back), Link(title)],
    }  # fmt: skip
    return render_page(request, "training/enrol.html", context, status=422 if form.errors else 200)


def _found(request: HttpRequest, code: str, verb: Verb) -> Enrolment:
    found: Enrolment = request.scope.get_or_404(queries.enrolments(), verb, code=code)  # type: ignore[attr-defined]
    return found
