"""What is typed for certificates: names, reasons, whom a batch is for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pendamping.core.forms import ActForm
from pendamping.core.languages import in_language
from pendamping.training.models import CourseVersion


def name_field() -> forms.CharField:
    """As printed."""
    return forms.CharField(
        label=_("Name on the certificate"), max_length=120,
        help_text=_("As on the identity card, with titles if wished. Never a number such as the NIK."),
    )  # fmt: skip


def reason_field(label: Any) -> forms.CharField:
    """Why, in a few words; not shown in public."""
    return forms.CharField(
        label=label, max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In a few words. Only the person and the office read it."),
    )  # fmt: skip


class IssueForm(ActForm):
    """Whose name stands on it."""

    name = name_field()
    over_revoked = forms.BooleanField(label=_("An earlier certificate was revoked; that is settled"), required=False)


class CorrectForm(ActForm):
    """The right name."""

    name = name_field()
    reason = reason_field(_("Why it is corrected"))


class RevokeForm(ActForm):
    """Why it no longer counts."""

    reason = reason_field(_("Why it is revoked"))


class RenewForm(ActForm):
    """By which refresher."""

    reason = reason_field(_("Which refresher, and when"))


class BatchForm(ActForm):
    """The version whose learners get their certificates."""

    def __init__(self, *args: Any, versions: QuerySet[CourseVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"] = VersionField(label=_("Course"), queryset=versions)


class VersionField(forms.ModelChoiceField):
    """A version by its course's name and number."""

    def label_from_instance(self, obj: CourseVersion) -> str:
        name = in_language(obj.course.title, get_language() or "id")
        return _("%(name)s, version %(number)s") % {"name": name, "number": obj.number}
