"""What is typed for sessions: when and where, why it changes, who gets a place, the code, the photo of the sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pendamping.access.models import Account
from pendamping.core.errors import Refused
from pendamping.core.forms import ActForm
from pendamping.core.images.door import CleanImage, admit
from pendamping.regions.models import Region
from pendamping.training.enums.sessions import Presence
from pendamping.training.models import Activity, CourseVersion, Enrolment, Place
from pendamping.training.sheet_reader import EDGE


def hour_field(label: Any) -> forms.DateTimeField:
    """A day and an hour, by the browser's own picker."""
    picker = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=picker)


class HeldForm(ActForm):
    """When and where."""

    starts_at = hour_field(_("Begins"))
    ends_at = hour_field(_("Ends"))
    place = forms.CharField(label=_("Held at"), max_length=160, help_text=_("Building and room."))


class WhyForm(ActForm):
    """Why; those expected read it."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Those expected read it, by e-mail and on their page. No names of persons."),
    )  # fmt: skip


class SessionMoveForm(HeldForm, WhyForm):
    """Another hour or place, and why."""

    field_order = ("op", "starts_at", "ends_at", "place", "reason")


class SessionForm(HeldForm):
    """A session to plan."""

    groups = (
        (_("What"), ["version", "activity", "title"]),
        (_("When and where"), ["region", "starts_at", "ends_at", "place", "capacity"]),
        (_("Who holds it"), ["trainer", "trainer_office", "materials"]),
        (_("Attendance by code"), ["opens_minutes", "late_minutes", "closes_minutes"]),
    )
    title = forms.CharField(label=_("Name of the session"), max_length=160)
    capacity = forms.IntegerField(label=_("Number of places"), min_value=1, max_value=999)
    trainer = forms.CharField(
        label=_("User name of the trainer"), max_length=40, required=False, help_text=_("Empty for a guest.")
    )
    trainer_office = forms.CharField(
        label=_("Office of a guest"), max_length=120, required=False, help_text=_("No names of persons.")
    )
    materials = forms.CharField(
        label=_("What to bring and read"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    opens_minutes = forms.IntegerField(label=_("Minutes before the start the code begins"), min_value=0, max_value=240)
    late_minutes = forms.IntegerField(label=_("Minutes after the start somebody is late"), min_value=0, max_value=240)
    closes_minutes = forms.IntegerField(label=_("Minutes after the start the code ends"), min_value=1, max_value=600)

    def __init__(
        self, *args: Any, versions: QuerySet[CourseVersion], regions: QuerySet[Region],
        activities: QuerySet[Activity], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["version"] = forms.ModelChoiceField(label=_("Course"), queryset=versions)
        self.fields["region"] = forms.ModelChoiceField(label=_("Area"), queryset=regions, initial=regions.first())
        self.fields["activity"] = forms.ModelChoiceField(
            label=_("Part of the course"), queryset=activities, required=False,
            help_text=_("Which face-to-face part it is; empty when it belongs to the whole course."),
        )  # fmt: skip

    def clean_trainer(self) -> Account | None:
        typed = self.cleaned_data["trainer"].strip().lower()
        if not typed:
            return None
        found = Account.objects.filter(username=typed, is_active=True).first()
        if found is None:
            raise ValidationError(gettext("There is no account with this user name."), code="unknown")
        return found


class PlaceForm(ActForm):
    """Who gets a place."""

    def __init__(self, *args: Any, waiting: QuerySet[Enrolment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {one.code: one for one in waiting}
        choices = [(one.code, f"{one.account.name} · {one.region.label}") for one in self.people.values()]
        self.fields["enrolment"] = forms.ChoiceField(label=_("Learner"), choices=choices)

    def clean_enrolment(self) -> Enrolment:
        return self.people[self.cleaned_data["enrolment"]]


class CodeForm(ActForm):
    """The six signs on the trainer's page; `seen` is our signed note that the link was opened in time."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)

    code = forms.CharField(
        label=_("Code"), max_length=20, help_text=_("Six signs below the square on the trainer's screen."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "inputmode": "text"}
        ),
    )  # fmt: skip


class SheetPhotoForm(ActForm):
    """The photo of one page of the signed sheet; it is decoded last, and never kept."""

    photo = forms.FileField(
        label=_("Photo of the sheet"),
        help_text=_("One page at a time, whole, from above, in good light. The photo is read and not kept."),
        widget=forms.ClearableFileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp", "capture": "environment", "data-shrink": str(EDGE)}
        ),
    )

    def clean_photo(self) -> CleanImage:
        try:
            return admit(self.cleaned_data["photo"], edge=EDGE)
        except Refused as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from refusal


LEAVE = _("Leave as it is")


class ReadingForm(ActForm):
    """The rows of a read sheet, each to be confirmed or corrected."""

    def __init__(self, *args: Any, rows: Sequence[tuple[Place, str, str]], **kwargs: Any) -> None:
        """`rows`: the place, the proposed presence ("" to leave it), what was seen in words."""
        super().__init__(*args, **kwargs)
        self.rows = {f"row_{place.row}": place.row for place, _proposed, _seen in rows}
        self.conditional = tuple(self.rows)  # type: ignore[misc]  # "leave as it is" says enough
        for place, proposed, seen in rows:
            self.fields[f"row_{place.row}"] = forms.ChoiceField(
                label=f"{place.row}. {place.enrolment.account.name}", choices=self._choices(), required=False,
                initial=proposed, help_text=seen,
            )  # fmt: skip

    @staticmethod
    def _choices() -> Iterable[tuple[str, Any]]:
        return [("", LEAVE), *Presence.choices]

    def marks(self) -> dict[int, str]:
        """Row → presence, of those to be marked."""
        return {row: self.cleaned_data[name] for name, row in self.rows.items() if self.cleaned_data[name]}
