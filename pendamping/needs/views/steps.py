"""What a person may do on the page of a record: each step a small form there, or the reason why not now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from pendamping.access import gates
from pendamping.access.verbs import Verb
from pendamping.core.forms import ActForm
from pendamping.core.pieces import Photo
from pendamping.core.verdicts import Verdict


@dataclass(frozen=True)
class Step:
    """An act on a record: `subject` names the argument of the service, `ask` says whether it is open now."""

    key: str
    title: Any
    submit: Any
    verb: Verb
    form: type[ActForm]
    service: Callable[..., Any]
    subject: str
    ask: Callable[..., Verdict]
    said: Any
    facts: Callable[[ActForm], dict[str, Any]] = lambda form: {k: v for k, v in form.cleaned_data.items() if k != "op"}
    kind: str = "primary"
    given: Callable[[Any], dict[str, Any]] = lambda record: {}  # what the form is told of the record


@dataclass(frozen=True)
class Shown:
    """A step as its template draws it."""

    step: Step
    refusal: str
    form: ActForm | None
    draft: str
    action: str


def shown(request: HttpRequest, record: Any, steps: tuple[Step, ...], tried: dict[str, ActForm]) -> list[Shown]:
    """The steps this person holds the verb for, open or refused."""
    scope = request.scope  # type: ignore[attr-defined]
    found = []
    for step in steps:
        if not scope.can(step.verb, record):
            continue
        closed = gates.shut(request, step.verb)
        refusal = closed.message if closed else step.ask(record, scope.account).message
        form = None if refusal else tried.get(step.key) or step.form(prefix=step.key, **step.given(record))
        found.append(Shown(step, refusal, form, f"{step.key}-{record.code}", f"?act={step.key}"))
    return found


def take(
    request: HttpRequest, records: Any, steps: tuple[Step, ...], code: str, then: str, tried: dict[str, ActForm]
) -> HttpResponse | None:
    """Do the step that was posted. None when its form has to be mended; it is then in `tried`."""
    step = next((one for one in steps if one.key == request.GET.get("act")), None)
    if step is None:
        raise Http404
    scope = request.scope  # type: ignore[attr-defined]
    record = scope.get_or_404(records, step.verb, code=code)
    gates.pass_through(request, step.verb)
    form = step.form(request.POST, request.FILES, prefix=step.key, **step.given(record))
    tried[step.key] = form
    if not form.is_valid():
        return None
    facts = {step.subject: record, **step.facts(form)}
    done = form.attempt(step.service, by=scope.account, at=timezone.now(), **facts)
    if done is None:
        return None
    messages.success(request, step.said)
    return redirect(then, code=record.code)


def photos_of(record: Any, alt: str) -> list[Photo]:
    """The photos of a record as the component takes them."""
    return [
        Photo(
            src=reverse("access:photo", args=[photo.name, "thumb"]),
            alt=alt,
            caption=photo.caption,
            on=photo.created_at,
            href=reverse("access:photo", args=[photo.name, "full"]),
        )
        for photo in record.photos.order_by("id")
    ]
