"""What is typed for a gate: which act asks for which certificate, of whom, from when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pendamping.access.roles import ROLES
from pendamping.core.forms import ActForm
from pendamping.core.languages import in_language
from pendamping.core.verdicts import refused
from pendamping.training.enums.gates import FieldAct, Reason
from pendamping.training.models import Course, Module


class CourseField(forms.ModelChoiceField):
    """A course by its name."""

    def label_from_instance(self, obj: Course) -> str:
        return _in_words(obj.title)


class ModuleField(forms.ModelChoiceField):
    """A module by the names of its course and its own."""

    def label_from_instance(self, obj: Module) -> str:
        return f"{_in_words(obj.version.course.title)}: {_in_words(obj.title)}"


def _in_words(title: dict[str, str]) -> str:
    return in_language(title, get_language() or "id")


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
    starts_on = _day(_("First day"))
    ends_on = _day(_("Last day"), required=False)
    grace_days = forms.IntegerField(
        label=_("Days of grace"), min_value=0, max_value=365, initial=60,
        help_text=_("So many days after somebody began to serve the act does not ask yet."),
    )  # fmt: skip
    legal_basis = forms.CharField(
        label=_("Legal basis"), max_length=200, help_text=_("The regulation or decree, with its article.")
    )

    def __init__(self, *args: Any, courses: QuerySet[Course], modules: QuerySet[Module], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"] = CourseField(label=_("Course"), queryset=courses)
        self.fields["module_key"] = ModuleField(
            label=_("Module that opens it"), queryset=modules, required=False, empty_label=_("The course as a whole"),
            help_text=_("Where the refusal leads: a module of the chosen course, or the course."),
        )  # fmt: skip
        acts = {act.value for act in FieldAct}
        carrying = [(role.key, role.office) for role in ROLES.values() if {verb.value for verb in role.verbs} & acts]
        self.fields["role"].choices = [("", _("Everybody who may do it")), *carrying]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The module chosen must be one of the course chosen: two courses may use the same key."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        course, module = given.get("course"), given.get("module_key")
        given["module_key"] = module.key if module else ""
        if course and module and module.version.course_id != course.pk:
            self.add_error("module_key", refused(Reason.NO_MODULE, module=_in_words(module.title)).message)
        return given


class GateEndForm(ActForm):
    """The last day it asks."""

    on = _day(_("Last day"), help_text=_("Yesterday, when it shall ask nobody from now on."))
