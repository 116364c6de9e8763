"""The pages of people management: who works in my places, with which roles, since when and by whose decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pendamping.access import phones, queries, rules, services
from pendamping.access.factor import fresh
from pendamping.access.forms import AddPersonForm, ConfirmForm, EditPersonForm, PeopleFilter, ReasonForm, RoleForm, sent
from pendamping.access.middleware import VIEW_AS, may_view_as
from pendamping.access.models import Account
from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.access.words import act_line, role_line
from pendamping.core.moments import day
from pendamping.core.pieces import Act
from pendamping.core.verdicts import Verdict
from pendamping.regions.models import Region

PER_PAGE = 25
form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@page(Verb.PEOPLE_SEE)
def people(request: HttpRequest) -> HttpResponse:
    """Who has a role in my places."""
    scope, today = request.scope, day(timezone.now())  # type: ignore[attr-defined]
    places = Region.objects.filter(
        queries.below(scope.paths(Verb.PEOPLE_SEE), "path"), level__in=("district", "ward")
    ).order_by("path")
    form = PeopleFilter(request.GET, places=[(place.path, place.label) for place in places])
    wanted = form.cleaned_data if form.is_valid() else {}
    found = queries.people(
        scope,
        Verb.PEOPLE_SEE,
        on=today,
        ended=bool(wanted.get("ended")),
        role=wanted.get("role", ""),
        path=wanted.get("path", ""),
    )
    if wanted.get("q"):
        found = queries.named(found, wanted["q"])
    if wanted.get("before"):
        found = found.filter(pk__lt=wanted["before"])
    shown = list(found[: PER_PAGE + 1])
    older = request.GET.copy()
    older["before"] = str(shown[PER_PAGE - 1].pk) if len(shown) > PER_PAGE else ""
    return render_page(
        request,
        "access/people.html",
        {
            "people": [(person, [role_line(role, today) for role in person.roles_here]) for person in shown[:PER_PAGE]],  # type: ignore[attr-defined]
            "form": form,
            "older": f"?{older.urlencode()}" if older["before"] else "",
            "can_add": bool(scope.can_anywhere(Verb.PEOPLE_MANAGE)),
        },
    )


@require_safe
@page(Verb.PEOPLE_SEE)
def person(request: HttpRequest, uid: Any) -> HttpResponse:
    """Somebody's roles in my places, what was done with them, and what I may do."""
    account, scope, today = _person(request, uid, Verb.PEOPLE_SEE), request.scope, day(timezone.now())  # type: ignore[attr-defined]
    roles = [(role, role_line(role, today)) for role in account.roles_here]  # type: ignore[attr-defined]
    return render_page(
        request,
        "access/person.html",
        {
            "person": account,
            "phone": phones.shown(account),
            "roles": roles,
            "acts": _acts(request, account),
            "role_acts": _role_acts(request, account),
            "history": [act_line(entry) for entry in queries.history(account, account.roles_here)],  # type: ignore[attr-defined]
            "manages": scope.can_anywhere(Verb.PEOPLE_MANAGE),
        },
    )


@form_page
@page(Verb.PEOPLE_MANAGE)
@fresh
def add_person(request: HttpRequest) -> HttpResponse:
    """Make an account with its first role, then show the link by which they choose a password."""
    now = timezone.now()
    form = AddPersonForm(sent(request), scope=request.scope, today=day(now))  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        account = form.attempt(services.add_person, by=request.user, at=now, **_facts(form))
        if account is not None:
            messages.success(request, _("The account is made. Now give them a link to choose a password."))
            return redirect("access:invite", uid=account.uid, permanent=False)
    return _form(request, form, _("Add a person"), _("Make the account"), reverse("access:people"))


@form_page
@page(Verb.PEOPLE_MANAGE)
@fresh
def give_role(request: HttpRequest, uid: Any) -> HttpResponse:
    """Give somebody a further role."""
    account, now = _person(request, uid, Verb.PEOPLE_MANAGE), timezone.now()
    form = RoleForm(sent(request), scope=request.scope, today=day(now))  # type: ignore[attr-defined]
    title = _("Give %(name)s a role") % {"name": account.name}
    return _attempt(request, form, services.grant_role, account, title, _("Give the role"), {"account": account})


@form_page
@page(Verb.PEOPLE_MANAGE)
@fresh
def end_role(request: HttpRequest, uid: Any, role: Any) -> HttpResponse:
    """End a role at once, with a reason."""
    account = _person(request, uid, Verb.PEOPLE_MANAGE)
    grant = next((one for one in account.roles_here if one.uid == role), None)  # type: ignore[attr-defined]
    if grant is None:
        raise Http404
    form = ReasonForm(sent(request))
    title = _("End: %(role)s") % {"role": str(grant)}
    return _attempt(request, form, services.revoke_role, account, title, _("End this role"), {"grant": grant}, "danger")


@form_page
@page(Verb.PEOPLE_MANAGE)
@fresh
def edit_person(request: HttpRequest, uid: Any) -> HttpResponse:
    """Mend somebody's name, address or number."""
    account = _person(request, uid, Verb.PEOPLE_MANAGE)
    refusal = _keeping(request, account).message
    if refusal:  # not theirs to mend, so not theirs to read either
        messages.error(request, refusal)
        return redirect("access:person", uid=account.uid)
    kept = {"name": account.name, "email": account.email}
    form = EditPersonForm(sent(request), initial=kept, known=phones.shown(account))
    title = _("Edit %(name)s") % {"name": account.name}
    facts: dict[str, Any] = {"account": account}
    if form.is_bound and form.is_valid():
        forgets, typed = form.cleaned_data.pop("forget_phone", False), form.cleaned_data["phone"]
        form.cleaned_data["phone"] = None if forgets else typed or phones.number_of(account)
    return _attempt(request, form, services.edit_person, account, title, _("Save"), facts)


@form_page
@page(Verb.PEOPLE_MANAGE)
@fresh
def disable(request: HttpRequest, uid: Any) -> HttpResponse:
    """Shut an account."""
    account = _person(request, uid, Verb.PEOPLE_MANAGE)
    title = _("Disable the account of %(name)s") % {"name": account.name}
    form, facts = ReasonForm(sent(request)), {"account": account}
    return _attempt(request, form, services.disable_person, account, title, _("Disable"), facts, "danger")


@form_page
@page(Verb.PEOPLE_MANAGE)
@fresh
def enable(request: HttpRequest, uid: Any) -> HttpResponse:
    """Open an account again."""
    account = _person(request, uid, Verb.PEOPLE_MANAGE)
    title = _("Enable the account of %(name)s") % {"name": account.name}
    form = ReasonForm(sent(request))
    return _attempt(request, form, services.enable_person, account, title, _("Enable"), {"account": account})


@form_page
@page(Verb.PEOPLE_MANAGE)
@fresh
def invite(request: HttpRequest, uid: Any) -> HttpResponse:
    """Make the link by which somebody chooses a password; it is shown this once."""
    account, now = _person(request, uid, Verb.PEOPLE_MANAGE), timezone.now()
    form = ConfirmForm(sent(request))
    link, until = "", None
    if request.method == "POST" and form.is_valid():
        made = form.attempt(services.invite, by=request.user, at=now, account=account)
        if made is not None and hasattr(made, "key"):
            link = request.build_absolute_uri(reverse("access:accept", args=[made.key]))
            until = made.expires_at
        elif made is not None:
            form.add_error(None, _("This link was already shown. Open the page again to make a new one."))
    context = {"person": account, "form": form, "link": link, "until": until}
    return render_page(request, "access/invite.html", context, status=422 if form.errors else 200)


@form_page
@page(Verb.VIEW_AS)
@fresh
def view_as(request: HttpRequest, uid: Any) -> HttpResponse:
    """See what somebody sees, without being able to act."""
    account = _person(request, uid, Verb.VIEW_AS)
    if not may_view_as(request.scope, account):  # type: ignore[attr-defined]
        raise PermissionDenied
    form = ConfirmForm(sent(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(services.view_as, by=request.user, at=timezone.now(), account=account)
    ):
        request.session[VIEW_AS] = str(account.uid)
        return redirect("insight:work")
    title = _("See what %(name)s sees") % {"name": account.name}
    note = _("You look only; nothing can be sent. It is written into the journal. A button at the top ends it.")
    back = reverse("access:person", args=[account.uid])
    return _form(request, form, title, _("Begin"), back, note=note)


@require_http_methods(["POST"])
def stop_viewing(request: HttpRequest) -> HttpResponse:
    """Be oneself again."""
    request.session.pop(VIEW_AS, None)
    return redirect("insight:work")


stop_viewing.is_public = True  # type: ignore[attr-defined]  # it only gives back what is one's own


def _person(request: HttpRequest, uid: Any, verb: Verb) -> Account:
    """Somebody with a role in my places: 404 elsewhere, 403 where I may only look."""
    scope = request.scope  # type: ignore[attr-defined]
    found = queries.person(scope, verb, uid)
    if found is not None:
        return found
    if verb != Verb.PEOPLE_SEE and queries.person(scope, Verb.PEOPLE_SEE, uid) is not None:
        raise PermissionDenied
    raise Http404


def _facts(form: Any) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "op"}


def _attempt(
    request: HttpRequest,
    form: Any,
    service: Any,
    account: Account,
    title: str,
    submit: str,
    facts: dict[str, Any],
    kind: str = "primary",
) -> HttpResponse:
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(service, by=request.user, at=timezone.now(), **facts, **_facts(form))
    ):
        messages.success(request, _("Done: %(title)s") % {"title": title})
        return redirect("access:person", uid=account.uid)
    return _form(request, form, title, submit, reverse("access:person", args=[account.uid]), kind=kind)


def _form(
    request: HttpRequest, form: Any, title: str, submit: str, back: str, *, kind: str = "primary", note: str = ""
) -> HttpResponse:
    context = {"form": form, "title": title, "submit": submit, "back": back, "kind": kind, "note": note}
    return render_page(request, "access/form.html", context, status=422 if form.errors else 200)


def _keeping(request: HttpRequest, account: Account) -> Verdict:
    """May I change this account?"""
    me, today = request.scope.account, day(timezone.now())  # type: ignore[attr-defined]
    held, theirs = queries.held_by(me, today), queries.theirs(account, today)
    return rules.may_keep(held=held, theirs=theirs, oneself=account.pk == me.pk)


def _acts(request: HttpRequest, account: Account) -> list[Act]:
    """What I may do with this account, or why not."""
    scope = request.scope  # type: ignore[attr-defined]
    acts = []
    if scope.can_anywhere(Verb.PEOPLE_MANAGE) and scope.viewer is None:
        oneself = account.pk == scope.account.pk
        verdict = _keeping(request, account)
        switch = ("disable", _("Disable the account")) if account.is_active else ("enable", _("Enable the account"))
        named = (("give_role", _("Give a role")), ("invite", _("Link for a new password")), ("edit", _("Edit")), switch)
        for name, label in named:
            refusal = "" if name == "give_role" and not oneself else verdict.message
            acts.append(Act(label, reverse(f"access:{name}", args=[account.uid]), refusal=refusal))
    others = scope.viewer is None and account.pk != scope.account.pk
    if others and scope.can_anywhere(Verb.VIEW_AS) and may_view_as(scope, account):
        acts.append(Act(_("See what they see"), reverse("access:view_as", args=[account.uid]), kind="quiet"))
    return acts


def _role_acts(request: HttpRequest, account: Account) -> list[Act]:
    """Ending each role that is not over."""
    scope, today = request.scope, day(timezone.now())  # type: ignore[attr-defined]
    if not scope.can_anywhere(Verb.PEOPLE_MANAGE) or scope.viewer is not None:
        return []
    held, oneself = queries.held_by(scope.account, today), account.pk == scope.account.pk
    acts = []
    for grant in account.roles_here:  # type: ignore[attr-defined]
        if grant.revoked_at is None and not (grant.ends_on and grant.ends_on < today):
            verdict = rules.may_end(held=held, role=grant.role, path=grant.region.path, oneself=oneself)
            href = reverse("access:end_role", args=[account.uid, grant.uid])
            acts.append(Act(_("End: %(role)s") % {"role": str(grant)}, href, refusal=verdict.message, kind="quiet"))
    return acts
