"""For those who assess: field tasks that wait, one learner's tasks, the rubric, sending back."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.images import store
from pendamping.core.pieces import Act, Link
from pendamping.training.enums.learning import TaskState
from pendamping.training.forms.learning import AssessForm, ReturnForm
from pendamping.training.models import Enrolment, Submission
from pendamping.training.queries import learning as queries
from pendamping.training.reading import rendered
from pendamping.training.rules import learning as rules
from pendamping.training.services import tasks as services
from pendamping.training.task_showing import criteria, shown
from pendamping.training.views.acting import Ask, act_page
from pendamping.training.views.my_learning import step_title, words

PAGE = 25


@page(Verb.TASK_ASSESS)
@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    """Learners of my area whose field tasks wait for somebody."""
    scope = request.scope  # type: ignore[attr-defined]
    waiting = scope.narrow(queries.with_waiting_tasks(scope.account), Verb.TASK_ASSESS)
    found = list(waiting.select_related("region__parent", "version__course").order_by("handed_in_at", "pk")[:PAGE])
    rows = [(one, words(one.version.course.title)) for one in found]
    return render_page(request, "training/tasks.html", {"rows": rows})


@page(Verb.TASK_ASSESS)
@require_GET
def tasks_of(request: HttpRequest, code: str) -> HttpResponse:
    """The field tasks of one learner, those that wait on top."""
    learner = _learner(request, code)
    found = Submission.objects.filter(enrolment=learner).select_related("activity__module").order_by("-id")
    rows = sorted(found, key=lambda one: one.state != TaskState.SUBMITTED)
    context = {
        "learner": learner,
        "places": [*_places(), Link(learner.account.name)],
        "course": words(learner.version.course.title),
        "rows": [(shown(one, one.activity, own=False), step_title(one.activity)) for one in rows],
    }  # fmt: skip
    return render_page(request, "training/tasks_of.html", context)


@page(Verb.TASK_ASSESS)
@require_GET
def task(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One field task: what was asked, what was handed in, what can be done."""
    found = _found(request, uid)
    is_own = found.enrolment.account_id == request.scope.account.pk  # type: ignore[attr-defined]
    refusal = rules.may_judge(is_own=is_own, state=found.state).message
    context = {
        "one": shown(found, found.activity, own=False), "title": step_title(found.activity),
        "course": words(found.enrolment.version.course.title), "body": rendered(words(found.activity.body), below=2),
        "criteria": criteria(found.activity), "places": [*_places(found.enrolment), Link(words(found.activity.title))],
        "acts": [
            Act(_("Assess"), reverse("training:task_assess", args=[uid]), refusal=refusal, kind="primary"),
            Act(_("Send back"), reverse("training:task_return", args=[uid]), refusal=refusal),
        ],
    }  # fmt: skip
    return render_page(request, "training/task.html", context)


@page(Verb.TASK_ASSESS)
def task_assess(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Give points by the rubric."""
    found = _found(request, uid)
    form = AssessForm(request.POST or None, rubric=found.activity.rubric)
    facts = lambda: {  # noqa: E731 (read when the form is valid)
        "submission": found, "scores": form.scores(), "remark": form.cleaned_data["remark"],
    }  # fmt: skip
    ask = _ask(found, _("Assess the field task"), _("Keep the points"), _("Assessed. The learner sees it."))
    return act_page(request, form, ask, services.assess_task, facts)


@page(Verb.TASK_ASSESS)
def task_return(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Send it back with what is missing."""
    found = _found(request, uid)
    form = ReturnForm(request.POST or None)
    facts = lambda: {"submission": found, "remark": form.cleaned_data["remark"]}  # noqa: E731
    ask = _ask(found, _("Send the field task back"), _("Send back"), _("Sent back. The learner sees why."))
    return act_page(request, form, ask, services.return_task, facts)


@page(Verb.TASK_ASSESS)
@require_safe
def task_photo(request: HttpRequest, uid: uuid.UUID, name: str, size: str) -> Any:
    """A photo of a field task of my area."""
    found = _found(request, uid).photos.filter(name=name).first()
    if found is None or size not in ("full", "thumb"):
        raise Http404
    return store.response(found, "thumb" if size == "thumb" else "full")


def _learner(request: HttpRequest, code: str) -> Enrolment:
    found: Enrolment = request.scope.get_or_404(queries.enrolments(), Verb.TASK_ASSESS, code=code)  # type: ignore[attr-defined]
    return found


def _found(request: HttpRequest, uid: uuid.UUID) -> Submission:
    known = Submission.objects.select_related("enrolment__account", "enrolment__region", "enrolment__version__course",
                                              "activity__module")  # fmt: skip
    found: Submission = request.scope.get_or_404(known, Verb.TASK_ASSESS, uid=uid)  # type: ignore[attr-defined]
    return found


def _ask(found: Submission, title: str, submit: str, said: str) -> Ask:
    back = reverse("training:task", args=[found.uid])
    crumbs: list[Any] = [*_places(found.enrolment), Link(words(found.activity.title), back), Link(title)]
    return Ask(
        title, submit, back, said, found.enrolment.account.name, step_title(found.activity), places=crumbs,
        about=shown(found, found.activity, own=False),
    )  # fmt: skip


def _places(learner: Enrolment | None = None) -> list[Link]:
    links = [Link(_("Field tasks"), reverse("training:tasks"))]
    if learner is not None:
        links.append(Link(learner.account.name, reverse("training:tasks_of", args=[learner.code])))
    return links
