"""What is typed for a gate: which act asks for which certificate, of whom, from when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pendamping.access.roles import ROLES
from pendamping.core.forms import ActForm
from pendamping.training.enums.gates import FieldAct
from pendamping.training.models import Course
from pendamping.training.rules.languages import in_language


class CourseField(forms.ModelChoiceField):
    """A course by its name."""

    def label_from_instance(self, obj: Course) -> str:
        return in_language(obj.title, get_language() or "id")


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class GateForm(ActForm):
    """A gate."""

    groups = (
        (_("What asks for what"), ["course", "verb", "role", "module_key"]),
        (_("From when, and why"), ["starts_on", "ends_on", "grace_days", "legal_basis"]),
    )
    verb = forms.ChoiceField(label=_("Act"), choices=FieldAct)
    role = forms.ChoiceField(label=_("Of whom"), required=False)
    module_key = forms.SlugField(
        label=_("Module that opens it"), required=False, max_length=40,
        help_text=_("The key of the module the refusal leads to. Empty: the course."),
    )  # fmt: skip
    starts_on = _day(_("First day"))
    ends_on = _day(_("Last day"), required=False)
    grace_days = forms.IntegerField(
        label=_("Days of grace"), min_value=0, max_value=365, initial=60,
        help_text=_("So many days after somebody began to serve the act does not ask yet."),
    )  # fmt: skip
    legal_basis = forms.CharField(
        label=_("Legal basis"), max_length=200, help_text=_("The regulation or decree, with its article.")
    )

    def __init__(self, *args: Any, courses: QuerySet[Course], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"] = CourseField(label=_("Course"), queryset=courses)
        acts = {act.value for act in FieldAct}
        carrying = [(role.key, role.office) for role in ROLES.values() if {verb.value for verb in role.verbs} & acts]
        self.fields["role"].choices = [("", _("Everybody who may do it")), *carrying]  # type: ignore[attr-defined]


class GateEndForm(ActForm):
    """The last day it asks."""

    on = _day(_("Last day"), help_text=_("Yesterday, when it shall ask nobody from now on."))
