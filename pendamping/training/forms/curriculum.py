"""What people type for programmes, courses, versions, modules, activities and files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pendamping.core.errors import Refused
from pendamping.core.forms import ActForm
from pendamping.regions.models import Region
from pendamping.training.enums.curriculum import ActivityKind, QuizPurpose
from pendamping.training.models import Competency, Programme
from pendamping.training.rules import rubrics
from pendamping.training.services.modules import admit_file

KEY_HELP = _("Small letters, digits and hyphens, such as m05. It does not change any more.")


class WordsForm(ActForm):
    """A form with words in two languages: `title_id` and `title_en` are read together as `title`."""

    spoken: tuple[str, ...] = ("title",)

    def words(self, name: str) -> dict[str, str]:
        """{"id": …, "en": …}; only what is there."""
        said = {language: self.cleaned_data.get(f"{name}_{language}") or "" for language in ("id", "en")}
        return {language: text for language, text in said.items() if text.strip()}

    def facts(self, *names: str) -> dict[str, Any]:
        """The words by their names, and these other fields."""
        return {name: self.words(name) for name in self.spoken} | {name: self.cleaned_data[name] for name in names}

    def add_error(self, field: Any, error: Any) -> None:
        """A refusal of words stands at the Indonesian field."""
        super().add_error(f"{field}_id" if field in self.spoken else field, error)

    def attempt(self, service: Any, **facts: Any) -> Any | None:
        self.fields |= {name: self.fields[f"{name}_id"] for name in self.spoken}
        try:
            return super().attempt(service, **facts)
        finally:
            for name in self.spoken:
                del self.fields[name]


def in_two(words: dict[str, str], name: str) -> dict[str, str]:
    """The words of a record as initial values of such a form."""
    return {f"{name}_{language}": said for language, said in words.items()}


def _text(rows: int, **facts: Any) -> forms.CharField:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), required=False, **facts)


class NamedForm(WordsForm):
    """Title in two languages, and what it is about."""

    spoken = ("title", "about")
    title_id = forms.CharField(label=_("Title in Indonesian"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    about_id = _text(3, label=_("What it is about, in Indonesian"))
    about_en = _text(3, label=_("What it is about, in English"))


class ProgrammeForm(NamedForm):
    """A new programme of a city."""

    key = forms.CharField(label=_("Key"), max_length=40, help_text=KEY_HELP)
    field_order = ("region", "key")

    def __init__(self, *args: Any, cities: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = list(cities[:2])
        self.fields["region"] = forms.ModelChoiceField(
            label=_("City"), queryset=cities, initial=found[0] if len(found) == 1 else None
        )
        self.order_fields(self.field_order)


class CourseForm(NamedForm):
    """What a course is called, and how long its certificates are valid."""

    valid_months = forms.IntegerField(
        label=_("Months a certificate is valid"), min_value=1, max_value=240, required=False,
        help_text=_("Empty: it does not expire."),
    )  # fmt: skip


class NewCourseForm(CourseForm):
    """A new course in a programme."""

    key = forms.CharField(label=_("Key"), max_length=40, help_text=KEY_HELP)
    field_order = ("programme", "key")

    def __init__(self, *args: Any, programmes: QuerySet[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = list(programmes)
        self.fields["programme"] = forms.ModelChoiceField(
            label=_("Programme"), queryset=programmes, initial=found[0] if len(found) == 1 else None
        )
        self.fields["programme"].label_from_instance = lambda one: one.title.get("id")  # type: ignore[attr-defined]
        self.order_fields(self.field_order)


class RuleForm(ActForm):
    """Who passes, and what differs from the version before."""

    pass_rule = forms.CharField(
        label=_("Pass rule"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Such as: attendance >= 80 and quizzes >= 70 and tasks == all. Of one module: quiz(\"m05\") >= 70. "
            "Also: hours, before, after, task(\"m05\"), attended(\"m05\"), or, not, brackets."
        ),
    )  # fmt: skip
    what_changed = forms.CharField(label=_("What differs from the version before"), max_length=300, required=False)


class ChangedForm(ActForm):
    """Why a new version is begun."""

    what_changed = forms.CharField(label=_("What will differ"), max_length=300, required=False)


class WithdrawForm(ActForm):
    """Why a version is no longer offered."""

    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("No names of persons."))


class ModuleForm(WordsForm):
    """A module: what it is called, how long, what it serves."""

    spoken = ("title", "summary")
    title_id = forms.CharField(label=_("Title in Indonesian"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    summary_id = _text(2, label=_("In one sentence, in Indonesian"), max_length=1000)
    summary_en = _text(2, label=_("In one sentence, in English"), max_length=1000)
    hours = forms.DecimalField(
        label=_("Learning hours (JP)"), min_value=0, max_value=999, decimal_places=1, help_text=_("Of 45 minutes.")
    )
    serves = forms.CharField(
        label=_("Mistakes in the field it treats"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Keys such as log.late or proposal.returned.cost, a line or a comma between them."),
    )  # fmt: skip

    def __init__(self, *args: Any, competencies: QuerySet[Competency], is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_new:
            self.fields["key"] = forms.CharField(label=_("Key"), max_length=40, help_text=KEY_HELP)
            self.order_fields(["key"])
        if competencies.exists():
            self.fields["competencies"] = forms.ModelMultipleChoiceField(
                label=_("Units of competence it serves"), queryset=competencies, required=False,
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip

    def clean_serves(self) -> list[str]:
        return [one[:80] for one in self.cleaned_data["serves"].replace(",", " ").split()][:40]


class ActivityForm(WordsForm):
    """One activity; which fields there are depends on its kind."""

    title_id = forms.CharField(label=_("Title in Indonesian"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    is_required = forms.BooleanField(label=_("Needed to finish the module"), required=False, initial=True)

    def __init__(self, *args: Any, kind: str, topics: Iterable[str], is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        first = []
        if is_new:
            self.fields["key"] = forms.CharField(label=_("Key"), max_length=40, help_text=KEY_HELP)
            first = ["key"]
        if kind == ActivityKind.QUIZ:
            self._ask(list(topics))
        elif kind != ActivityKind.SESSION:
            self.spoken = ("title", "body")
            help_text = _("Markdown: ## for a heading, - for a list, ** for bold, | for a table.")
            self.fields["body_id"] = _text(16, label=_("Text in Indonesian"), help_text=help_text)
            self.fields["body_en"] = _text(16, label=_("Text in English"))
        if kind == ActivityKind.VIDEO:
            self.fields["url"] = forms.URLField(label=_("Address of the video"), max_length=300, assume_scheme="https")
        if kind == ActivityKind.TASK:
            self.fields["rubric"] = _text(
                10, label=_("Rubric"), help_text=_(
                    "A line for each criterion, below it its levels with points: “Lengkap | Complete”, “0 Kosong | "
                    "Empty”, “2 Semua ada | All is there”."
                ),
            )  # fmt: skip
        self.order_fields([*first, "title_id", "title_en"])

    def _ask(self, topics: Sequence[str]) -> None:
        number = {"min_value": 1, "max_value": 100}
        self.fields |= {
            "purpose": forms.ChoiceField(label=_("What it is for"), choices=QuizPurpose.choices),
            "topics": forms.MultipleChoiceField(
                label=_("Topics of the question bank"), choices=[(one, one) for one in topics],
                widget=forms.CheckboxSelectMultiple,
            ),
            "number": forms.IntegerField(label=_("Questions drawn each time"), initial=8, **number),  # type: ignore[arg-type]
            "pass_percent": forms.IntegerField(label=_("Passed from percent"), min_value=0, max_value=100, initial=70),
            "attempts_most": forms.IntegerField(
                label=_("Attempts at most"), min_value=0, max_value=50, initial=0, help_text=_("0: as many as wished.")
            ),
            "minutes": forms.IntegerField(
                label=_("Time in minutes"), min_value=0, max_value=480, initial=0, help_text=_("0: no limit.")
            ),
        }  # fmt: skip

    def clean_rubric(self) -> list[dict[str, Any]]:
        criteria, verdict = rubrics.read(self.cleaned_data["rubric"])
        if not verdict:
            raise ValidationError(verdict.message)
        return criteria

    def facts(self, *names: str) -> dict[str, Any]:
        data = self.cleaned_data
        found = super().facts("is_required", *(name for name in ("url", "rubric") if name in self.fields), *names)
        if self.kind == ActivityKind.QUIZ:
            asked = ("purpose", "topics", "number", "pass_percent", "attempts_most", "minutes")
            found["quiz"] = {name: data[name] for name in asked}
        return found


class MaterialForm(ActForm):
    """A PDF or picture of an activity."""

    title = forms.CharField(label=_("Title"), max_length=120)
    language = forms.ChoiceField(label=_("Language"), choices=[("id", _("Indonesian")), ("en", _("English"))])
    file = forms.FileField(
        label=_("File"), help_text=_("A PDF of at most 10 MB and 40 pages, or a picture."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png,image/webp"}),
    )  # fmt: skip

    def clean_file(self) -> Any:
        try:
            return admit_file(self.cleaned_data["file"])
        except Refused as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from refusal


class PackageForm(ActForm):
    """A course package: tried first, then taken in."""

    TRY, TAKE = "try", "take"
    file = forms.FileField(label=_("Package"), widget=forms.FileInput(attrs={"accept": ".zip"}))
    what = forms.ChoiceField(
        label=_("What to do"), initial=TRY, widget=forms.RadioSelect,
        choices=[(TRY, _("Only try, and show what would come in")), (TAKE, _("Take in as a draft"))],
    )  # fmt: skip

    def __init__(self, *args: Any, cities: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = list(cities[:2])
        self.fields["region"] = forms.ModelChoiceField(
            label=_("City"), queryset=cities, initial=found[0] if len(found) == 1 else None
        )
        self.order_fields(["region"])
