"""A learner's field tasks: what is asked, what was handed in, what came of it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access.pages import render_page
from pendamping.core.images import store
from pendamping.facilitators.own import own_page
from pendamping.training.enums.curriculum import ActivityKind
from pendamping.training.enums.learning import TaskState
from pendamping.training.forms.learning import TaskForm
from pendamping.training.models import Submission
from pendamping.training.reading import rendered
from pendamping.training.rules import learning as rules
from pendamping.training.services import tasks
from pendamping.training.task_showing import criteria, shown
from pendamping.training.views.acting import attempt
from pendamping.training.views.my_learning import me_of, step_context, step_or_404, words


@own_page
def my_task(request: HttpRequest, code: str, module: str, step: str) -> HttpResponse:
    """The task, and the form to hand it in; what was handed in before stands below."""
    mine, activity = step_or_404(request, code, module, step)
    if activity.kind != ActivityKind.TASK:
        raise Http404
    sent = list(Submission.objects.filter(enrolment=mine, activity=activity).order_by("-number"))
    last = sent[0] if sent else None
    returned = last if last and last.state == TaskState.RETURNED else None
    form = TaskForm(
        request.POST or None, request.FILES or None, initial={"text": returned.text} if returned else None
    )  # fmt: skip
    facts = lambda: {  # noqa: E731 (read when the form is valid)
        "enrolment": mine, "activity": activity, "text": form.cleaned_data["text"],
        "photos": form.cleaned_data["photos"],
    }  # fmt: skip
    if attempt(request, form, tasks.hand_in_task, facts, said=_("Handed in. It waits to be assessed.")) is not None:
        return redirect("training:my_task", code=code, module=module, step=step)
    verdict = rules.may_hand_in(
        kind=activity.kind, latest=last.state if last else "", text="x" * rules.TASK_LEAST, photos=0
    )  # fmt: skip
    context = {
        **step_context(mine, activity), "body": rendered(words(activity.body)), "form": form,
        "refusal": verdict.message, "returned": returned, "criteria": criteria(activity),
        "sent": [shown(one, activity, own=True) for one in sent], "draft": f"task-{code}-{module}-{step}",
    }  # fmt: skip
    return render_page(request, "training/my_task.html", context, status=422 if form.errors else 200)


@own_page
@require_safe
def my_task_photo(request: HttpRequest, uid: str, name: str, size: str) -> HttpResponseBase:
    """A photo one handed in."""
    mine = Submission.objects.filter(uid=uid, enrolment__account=me_of(request)).first()
    found = mine.photos.filter(name=name).first() if mine else None
    if found is None or size not in ("full", "thumb"):
        raise Http404
    return store.response(found, "thumb" if size == "thumb" else "full")
