"""Working pages of a version: what is in it, what is missing, who passes; put in use, withdrawn, given up, sent out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.pieces import Act
from pendamping.training.course_files import packed
from pendamping.training.enums.curriculum import VersionState
from pendamping.training.forms import curriculum as forms
from pendamping.training.models import CourseVersion
from pendamping.training.queries import curriculum as queries
from pendamping.training.services import curriculum as services
from pendamping.training.services.packages import package_of
from pendamping.training.views.courses import TONES
from pendamping.training.views.writing import (
    Ask,
    address,
    done,
    form_page,
    module_address,
    told,
    trail,
    version_address,
    version_of,
)


@page(Verb.TRAINING_MANAGE)
@require_GET
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A version: its modules in order, its pass rule and, of a draft, what is still missing."""
    found = version_of(request, code, number)
    modules = queries.modules(found)
    is_draft = found.state == VersionState.DRAFT
    lacking = queries.lacking(found, modules) if is_draft else []
    context = {
        "version": found, "title": told(found.course.title), "is_draft": is_draft, "places": trail(found),
        "tone": TONES[VersionState(found.state)], "lacking": [one.message for one in lacking],
        "modules": [
            {"href": module_address(one), "title": told(one.title), "key": one.key, "about": told(one.summary),
             "hours": formats.number(one.hours, 1), "activities": len(one.activities.all())}
            for one in modules
        ],
        "hours": formats.number(sum(one.hours for one in modules), 1), "acts": _acts(found, bool(lacking)),
    }  # fmt: skip
    return render_page(request, "training/version.html", context)


def _acts(found: CourseVersion, lacks: bool) -> list[Act]:
    package = Act(_("Download as a package"), version_address(found, "version_package"), kind="quiet")
    if found.state == VersionState.DRAFT:
        refusal = _("First add what is missing.") if lacks else ""
        use = _("Put this version in use? From then on nothing of it changes.")
        give_up = _("Give this version up? What was written in it is deleted.")
        return [
            Act(_("Add a module"), version_address(found, "module_add"), kind="primary"),
            Act(_("Pass rule"), version_address(found, "version_rule")),
            Act(_("Put in use"), version_address(found, "version_publish"), post=True, refusal=refusal, confirm=use),
            package,
            Act(_("Give up"), version_address(found, "version_drop"), post=True, kind="quiet", confirm=give_up),
        ]
    if found.state == VersionState.PUBLISHED:
        return [package, Act(_("Offer no longer"), version_address(found, "version_withdraw"), kind="quiet")]
    return [package]


@page(Verb.TRAINING_MANAGE)
def version_rule(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Who passes, and what differs from the version before."""
    found = version_of(request, code, number)
    initial = {"pass_rule": found.pass_rule, "what_changed": found.what_changed}
    form = forms.RuleForm(request.POST or None, initial=initial)
    ask = Ask(_("Pass rule"), _("Keep"), version_address(found), _("The pass rule is kept."),
              kicker=told(found.course.title), places=trail(found, _("Pass rule")))  # fmt: skip
    names = ("pass_rule", "what_changed")
    return form_page(
        request, form, ask, services.change_version,
        lambda: {"version": found, **{name: form.cleaned_data[name] for name in names}},
    )  # fmt: skip


@page(Verb.TRAINING_MANAGE)
@require_POST
def version_publish(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Put a draft in use."""
    found = version_of(request, code, number)
    said = _("The version is in use. Certificates will name it.")
    return done(request, services.publish_version, said, version_address(found), version=found)


@page(Verb.TRAINING_MANAGE)
@require_POST
def version_drop(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Give a draft up."""
    found = version_of(request, code, number)
    return done(request, services.drop_draft, _("The version is given up."), address("course", code), version=found)


@page(Verb.TRAINING_MANAGE)
def version_withdraw(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Offer a version no longer, with the reason."""
    found = version_of(request, code, number)
    form, title = forms.WithdrawForm(request.POST or None), _("Offer no longer")
    ask = Ask(title, title, version_address(found), _("The version is no longer offered."),
              lead=_("Whoever learns it goes on; nobody new begins it."), places=trail(found, title))  # fmt: skip
    return form_page(
        request, form, ask, services.withdraw_version,
        lambda: {"version": found, "reason": form.cleaned_data["reason"]},
    )  # fmt: skip


@page(Verb.TRAINING_MANAGE)
@require_GET
def version_package(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The version as a package that another city can take in."""
    found = version_of(request, code, number)
    answer = HttpResponse(packed(package_of(found)), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{found.course.key}-{found.number}.zip"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
