"""What learners and those who look after them type: enrolling, leaving, field tasks, points, opinions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pendamping.access.models import Account
from pendamping.core.forms import ActForm, PhotosField
from pendamping.core.languages import in_language
from pendamping.regions.models import Region
from pendamping.training.enums.learning import Aspect
from pendamping.training.models import CourseVersion
from pendamping.training.rules.learning import REMARK_MOST, TASK_MOST


class _VersionForm(ActForm):
    version = forms.ChoiceField(label=_("Course"))

    def __init__(self, *args: Any, versions: Iterable[CourseVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = {str(one.pk): one for one in versions}
        language = get_language() or "id"
        self.fields["version"].choices = [  # type: ignore[attr-defined]
            (key, in_language(one.course.title, language)) for key, one in self.versions.items()
        ]

    def clean_version(self) -> CourseVersion:
        return self.versions[self.cleaned_data["version"]]


class EnrolForm(_VersionForm):
    """Put one person into a course."""

    account = forms.ChoiceField(label=_("Who"), help_text=_("Those who serve in the city today."))

    def __init__(self, *args: Any, people: Iterable[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        self.fields["account"].choices = [  # type: ignore[attr-defined]
            ("", "–"), *((key, one.name) for key, one in self.people.items()),
        ]  # fmt: skip

    def clean_account(self) -> Account:
        return self.people[self.cleaned_data["account"]]


class EnrolAllForm(_VersionForm):
    """Put all who serve an area into a course."""

    region = forms.ChoiceField(label=_("All who serve"))

    def __init__(self, *args: Any, regions: Iterable[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.regions = {str(one.pk): one for one in regions}
        self.fields["region"].choices = [  # type: ignore[attr-defined]
            (key, one.label) for key, one in self.regions.items()
        ]

    def clean_region(self) -> Region:
        return self.regions[self.cleaned_data["region"]]


class LeaveForm(ActForm):
    """Why somebody leaves a course."""

    reason = forms.CharField(label=_("Why"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class TaskForm(ActForm):
    """What a learner hands in for a field task."""

    text = forms.CharField(
        label=_("What you did and found"), max_length=TASK_MOST,
        widget=forms.Textarea(attrs={"rows": 8, "data-count": True}),
        help_text=_("Write no names of residents and no NIK."),
    )  # fmt: skip
    photos = PhotosField(label=_("Photos"), required=False, help_text=_("Up to four, best without faces."))


class AssessForm(ActForm):
    """Points for each criterion of a rubric."""

    def __init__(self, *args: Any, rubric: Sequence[Mapping[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "id"
        self.keys = [one["key"] for one in rubric]
        for one in rubric:
            levels = [
                (str(level["points"]), f"{level['points']} · {in_language(level['text'], language)}")
                for level in one["levels"]
            ]
            self.fields[f"score_{one['key']}"] = forms.ChoiceField(
                label=in_language(one["title"], language), choices=levels, widget=forms.RadioSelect
            )
        self.fields["remark"] = forms.CharField(
            label=_("A word to the learner"), max_length=REMARK_MOST, required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )  # fmt: skip

    def scores(self) -> dict[str, int]:
        return {key: int(self.cleaned_data[f"score_{key}"]) for key in self.keys}


class ReturnForm(ActForm):
    """What is missing in a field task."""

    remark = forms.CharField(
        label=_("What is missing"), max_length=REMARK_MOST, widget=forms.Textarea(attrs={"rows": 4})
    )


class OpinionForm(forms.Form):
    """What a learner thinks of a course; without an operation id, which would lead back to them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        marks = [(str(mark), str(mark)) for mark in range(1, 6)]
        for aspect in Aspect:
            self.fields[str(aspect)] = forms.ChoiceField(
                label=aspect.label, choices=marks, widget=forms.RadioSelect(attrs={"class": "scale"}),
                error_messages={"required": _("Choose a number from 1 to 5.")},
            )  # fmt: skip
        self.fields["words"] = forms.CharField(
            label=_("What should be better?"), max_length=2000, required=False,
            widget=forms.Textarea(attrs={"rows": 4}), help_text=_("Write no names."),
        )  # fmt: skip

    def marks(self) -> dict[str, int]:
        return {str(aspect): int(self.cleaned_data[str(aspect)]) for aspect in Aspect}
