"""Working pages of certificates: found, issued, corrected, renewed, revoked, and what is due for a refresher."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.languages import in_language
from pendamping.core.moments import day
from pendamping.core.pieces import Act, Link
from pendamping.training import certificate_files as files
from pendamping.training.certificate_shown import hours_shown, shown
from pendamping.training.enums.certificates import CertificateState, Standing
from pendamping.training.forms import certificates as forms
from pendamping.training.models import Certificate, Enrolment
from pendamping.training.queries import certificates as queries
from pendamping.training.rules import certificates as rules
from pendamping.training.services import certificates as services
from pendamping.training.views.certifying import PAGE, Ask, act_page, started, typed

REFRESH_DAYS = 90


@page(Verb.TRAINING_SEE)
@require_GET
def certificates(request: HttpRequest) -> HttpResponse:
    """The certificates of my city, newest first; found by code or name, and by standing."""
    today, typed_in = day(timezone.now()), request.GET.get("q", "").strip()[:80]
    standing = request.GET.get("standing", "")
    found = request.scope.narrow(queries.certificates(), Verb.TRAINING_SEE)
    found = queries.found(found, typed_in) if typed_in else found
    found = queries.in_standing(found, standing, today) if standing in Standing.values else found
    start = started(request)
    rows = list(found.order_by("-id")[start : start + PAGE + 1])
    manages = request.scope.can_anywhere(Verb.TRAINING_MANAGE)
    context = {
        "rows": [shown(one, today) for one in rows[:PAGE]], "q": typed_in, "standing": standing,
        "standings": Standing.choices, "manages": manages,
        "older": _page(request, start + PAGE) if len(rows) > PAGE else "",
        "newer": _page(request, max(0, start - PAGE)) if start else "",
    }  # fmt: skip
    return render_page(request, "training/certificates.html", context)


def _page(request: HttpRequest, start: int) -> str:
    asked = request.GET.copy()
    asked["from"] = str(start)
    return f"?{asked.urlencode()}"


@page(Verb.TRAINING_MANAGE)
@require_GET
def to_issue(request: HttpRequest) -> HttpResponse:
    """Who passed and waits for a certificate, longest first."""
    found = request.scope.narrow(queries.to_issue(), Verb.TRAINING_MANAGE)
    start = started(request)
    rows = list(found[start : start + PAGE + 1])
    context = {
        "rows": [(one, in_language(one.version.course.title, get_language() or "id")) for one in rows[:PAGE]],
        "places": _crumbs(_("Passed, without a certificate")),
        "older": _page(request, start + PAGE) if len(rows) > PAGE else "",
    }  # fmt: skip
    return render_page(request, "training/certificates_to_issue.html", context)


@page(Verb.TRAINING_MANAGE)
@require_GET
def refreshers(request: HttpRequest) -> HttpResponse:
    """Certificates that end within three months, or ended a month ago at most, of those who serve."""
    today = day(timezone.now())
    due = queries.refreshers(today, REFRESH_DAYS, over_days=rules.OVER_DAYS).prefetch_related("reminders")
    due = request.scope.narrow(due, Verb.TRAINING_MANAGE)
    start = started(request)
    rows = list(due[start : start + PAGE + 1])
    context = {
        "rows": [shown(one, today) | {"sent": list(one.reminders.all())} for one in rows[:PAGE]], "today": today,
        "places": _crumbs(_("Refreshers due")), "older": _page(request, start + PAGE) if len(rows) > PAGE else "",
        "last": today + timedelta(days=REFRESH_DAYS),
    }  # fmt: skip
    return render_page(request, "training/refreshers.html", context)


@page(Verb.TRAINING_SEE)
@require_GET
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """One certificate: facts, files, what I may do."""
    found = _found(request, code, Verb.TRAINING_SEE)
    today = day(timezone.now())
    facts = shown(found, today)
    manages = request.scope.can(Verb.TRAINING_MANAGE, found)
    acts = _acts(request, found, facts["standing"]) if manages else []
    context = {
        **facts, "hours": hours_shown(found.version), "acts": acts,
        "places": _crumbs(found.code), "files": _files(found) if manages else [],
        "reason": found.reason if manages else "",
    }  # fmt: skip
    return render_page(request, "training/certificate_work.html", context)


def _acts(request: HttpRequest, found: Certificate, standing: Standing) -> list[Act]:
    today, is_own = day(timezone.now()), found.account_id == request.scope.account.pk
    correct = rules.may_correct(now=standing, old="", name="-", reason="-", is_own=is_own).message
    renew = rules.may_renew(
        now=standing, valid_until=found.valid_until, today=today, reason="-", is_own=is_own
    ).message  # fmt: skip
    revoke = rules.may_revoke(now=standing, reason="-").message
    return [
        Act(_("Correct the name"), _address(found, "certificate_correct"), refusal=correct),
        Act(_("Renew after a refresher"), _address(found, "certificate_renew"), refusal=renew),
        Act(_("Revoke"), _address(found, "certificate_revoke"), refusal=revoke, kind="danger"),
    ]


def _files(found: Certificate) -> list[tuple[str, str, str]]:
    if found.state != CertificateState.VALID:
        return []
    names = {"pdf": _("Certificate"), "png": _("Badge as picture"), "svg": _("Badge as drawing"),
             "jwt": _("Signed credential"), "json": _("Credential to read")}  # fmt: skip
    return [
        (names[kind], reverse("training:certificate_file", args=[found.code, kind]), kind.upper())
        for kind in files.KINDS
    ]


@page(Verb.TRAINING_MANAGE)
@require_GET
def file(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """A file of a certificate, for the office."""
    return files.file_of(_found(request, code), kind)


@page(Verb.TRAINING_MANAGE)
def issue(request: HttpRequest, code: str) -> HttpResponse:
    """Issue the certificate of one who passed."""
    people = Enrolment.objects.select_related("account", "version__course")
    enrolment = request.scope.get_or_404(people, Verb.TRAINING_MANAGE, code=code)
    form = forms.IssueForm(request.POST or None, initial={"name": enrolment.account.name})
    if not queries.revoked_before(enrolment):
        del form.fields["over_revoked"]
    course = in_language(enrolment.version.course.title, get_language() or "id")
    ask = Ask(
        title=_("Issue the certificate"), submit=_("Issue"), back=reverse("training:certificates_to_issue"),
        kicker=course, said=_("The certificate is issued."), places=_crumbs(_("Issue the certificate")),
        lead=_("Look at the name once more: what is issued is not changed, only replaced."),
    )  # fmt: skip
    return act_page(
        request, form, ask, services.issue_certificate, lambda: {"enrolment": enrolment, **typed(form)},
        then=_address,
    )  # fmt: skip


@page(Verb.TRAINING_MANAGE)
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """Correct the name."""
    found = _found(request, code)
    form = forms.CorrectForm(request.POST or None, initial={"name": found.name})
    ask = Ask(
        title=_("Correct the name"), submit=_("Issue with this name"), back=_address(found), kicker=found.code,
        said=_("The corrected certificate is issued; the old one leads to it."), places=_crumbs(found.code),
        lead=_("A new certificate takes the place of the old one. Whoever checks the old one is led to the new."),
    )  # fmt: skip
    return _change(request, form, ask, services.correct_certificate, found)


@page(Verb.TRAINING_MANAGE)
def renew(request: HttpRequest, code: str) -> HttpResponse:
    """Renew after a refresher."""
    found = _found(request, code)
    ask = Ask(
        title=_("Renew after a refresher"), submit=_("Renew"), back=_address(found), kicker=found.code,
        said=_("The certificate is renewed; the old one leads to it."), places=_crumbs(found.code),
        lead=_("A new certificate from today on takes the place of the old one."),
    )  # fmt: skip
    return _change(request, forms.RenewForm(request.POST or None), ask, services.renew_certificate, found)


@page(Verb.TRAINING_MANAGE)
def revoke(request: HttpRequest, code: str) -> HttpResponse:
    """Revoke a certificate."""
    found = _found(request, code)
    ask = Ask(
        title=_("Revoke the certificate"), submit=_("Revoke"), back=_address(found), kicker=found.code, kind="danger",
        said=_("The certificate is revoked. Its public page says so."), places=_crumbs(found.code),
        confirm=_("Revoke this certificate? This cannot be undone."),
        lead=_("The public page, the badge and every gate know at once."),
    )  # fmt: skip
    return _change(request, forms.RevokeForm(request.POST or None), ask, services.revoke_certificate, found)


def _change(request: HttpRequest, form: Any, ask: Ask, service: Any, found: Certificate) -> HttpResponse:
    return act_page(request, form, ask, service, lambda: {"certificate": found, **typed(form)}, then=_address)


def _found(request: HttpRequest, code: str, verb: Verb = Verb.TRAINING_MANAGE) -> Certificate:
    found: Certificate = request.scope.get_or_404(queries.certificates(), verb, code=code)
    return found


def _address(found: Certificate, name: str = "certificate_work") -> str:
    return reverse(f"training:{name}", args=[found.code])


def _crumbs(here: str) -> list[Link]:
    return [Link(_("Certificates"), reverse("training:certificates")), Link(here)]
