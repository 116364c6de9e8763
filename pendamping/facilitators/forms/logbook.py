"""What facilitators and their supervisors type about days: lines, promises, thresholds, absences."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pendamping.core.forms import ActForm, PhotosField
from pendamping.facilitators.enums.absences import AbsenceKind
from pendamping.facilitators.enums.logbook import Activity, Reason
from pendamping.facilitators.forms.appointments import day_field, reason_field
from pendamping.facilitators.models import LogEntry, LogRules
from pendamping.facilitators.rules.logbook import BOUNDS
from pendamping.regions.models import Region

WEEK = [
    ("1", _("Monday")), ("2", _("Tuesday")), ("3", _("Wednesday")), ("4", _("Thursday")), ("5", _("Friday")),
    ("6", _("Saturday")), ("7", _("Sunday")),
]  # fmt: skip


def _words(label: Any, *, rows: int = 2, required: bool = False, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "data-count": True})
    return forms.CharField(label=label, max_length=1000, required=required, widget=widget, **options)


def _clock(label: Any, **options: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **options)


class CountField(forms.IntegerField):
    """How many people; empty is nobody."""

    def __init__(self, label: Any) -> None:
        widget = forms.NumberInput(attrs={"inputmode": "numeric", "placeholder": "0"})
        super().__init__(label=label, required=False, min_value=0, max_value=10_000, widget=widget)

    def clean(self, value: Any) -> int:
        return super().clean(value) or 0


class EntryForm(ActForm):
    """A line of the logbook: what matters first, the rest below."""

    first = ("day", "region", "activity", "what", "women", "men", "vulnerable")
    rest = (
        "begins", "ends", "place", "photos", "problem", "solution", "follow_up", "follow_up_by", "linked_code",
        "late_reason",
    )  # fmt: skip
    day = day_field(_("Day"))
    region = forms.ModelChoiceField(label=_("Where"), queryset=Region.objects.none(), empty_label=None)
    activity = forms.ChoiceField(label=_("What kind"), choices=Activity)
    what = _words(
        _("What you did"), required=True, error_messages={"required": Reason.WHAT_MISSING.label},
        help_text=_("One sentence. Names and numbers of people are hidden."),
    )  # fmt: skip
    women = CountField(_("Women"))
    men = CountField(_("Men"))
    vulnerable = CountField(_("Of them old, poor or with a disability"))
    begins = _clock(_("From"), required=False)
    ends = _clock(_("Until"), required=False)
    place = forms.CharField(
        label=_("Where exactly"), max_length=120, required=False, help_text=_("RT and RW, or the name of a building.")
    )
    photos = PhotosField(
        label=_("Photos"), required=False, help_text=_("Of the place or the work, not of faces. Up to four.")
    )
    problem = _words(_("What stood in the way"))
    solution = _words(_("What you tried"))
    follow_up = _words(_("What is still to be done"))
    follow_up_by = day_field(_("To be done by"), required=False)
    linked_code = forms.CharField(
        label=_("Code of the record it is about"), max_length=16, required=False,
        help_text=_("For example of a need or a project."),
    )  # fmt: skip
    late_reason = forms.CharField(label=_("If it is late: why"), max_length=200, required=False)
    latitude = forms.DecimalField(
        required=False, min_value=-90, max_value=90, max_digits=9, decimal_places=6, widget=forms.HiddenInput
    )
    longitude = forms.DecimalField(
        required=False, min_value=-180, max_value=180, max_digits=9, decimal_places=6, widget=forms.HiddenInput
    )
    accuracy_m = forms.IntegerField(required=False, min_value=0, max_value=100_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["region"]
        field.queryset = units  # type: ignore[attr-defined]

    @property
    def needs_rest(self) -> bool:
        """Whether what is folded away has to be seen: something in it is wrong or already there."""
        return any(self[name].errors or self[name].value() for name in self.rest if name != "photos")

    @staticmethod
    def of(entry: LogEntry) -> dict[str, Any]:
        """A line as the form shows it for repair."""
        names = [*EntryForm.first, *EntryForm.rest, "latitude", "longitude", "accuracy_m"]
        return {name: getattr(entry, name) for name in names if name != "photos"}


class WordsForm(ActForm):
    """Words beside a line that came from the journal."""

    problem = _words(_("What stood in the way"))
    solution = _words(_("What you tried"))
    follow_up = _words(_("What is still to be done"))
    follow_up_by = day_field(_("To be done by"), required=False)


class DoneForm(ActForm):
    """When a promise was kept."""

    on = day_field(_("Done on"))


class SendBackForm(ActForm):
    """What is to be mended in a line."""

    reason = _words(_("What must be mended"), required=True, error_messages={"required": Reason.REASON_MISSING.label})


class LogRulesForm(ActForm):
    """The thresholds of the logbook, from a day on."""

    groups = (
        (_("From when, and by what"), ["valid_from", "legal_basis"]),
        (_("Working days and hours"), ["work_days", "opens", "closes", "late_days"]),
        (_("Place"), ["ward_radius_m", "slack_m", "gap_minutes", "gap_m"]),
        (_("Copies and habits"), ["look_back_days", "photo_bits", "text_letters", "round_minutes", "round_run"]),
    )
    valid_from = day_field(_("In force from"))
    legal_basis = forms.CharField(label=_("By what"), max_length=200, help_text=_("Regulation, article or letter."))
    work_days = forms.MultipleChoiceField(
        label=_("Working days"), choices=WEEK, widget=forms.CheckboxSelectMultiple,
        help_text=_("On other days nobody is expected to write."),
    )  # fmt: skip
    opens = _clock(_("Earliest hour"))
    closes = _clock(_("Latest hour"))
    late_days = forms.IntegerField(label=_("Late after how many days"))
    ward_radius_m = forms.IntegerField(
        label=_("Radius of a ward without an outline (metres)"), help_text=_("Measured from its point on the map.")
    )
    slack_m = forms.IntegerField(label=_("Still counts as inside (metres)"))
    gap_minutes = forms.IntegerField(label=_("Least time between two places (minutes)"))
    gap_m = forms.IntegerField(label=_("Two places from how far apart (metres)"))
    look_back_days = forms.IntegerField(label=_("How far back to compare (days)"))
    photo_bits = forms.IntegerField(label=_("Photos are the same up to how many of 64 differences"))
    text_letters = forms.IntegerField(label=_("Shorter words may repeat (letters)"))
    round_minutes = forms.IntegerField(label=_("Round times are multiples of (minutes)"))
    round_run = forms.IntegerField(label=_("How many round lines in a row"))

    def __init__(self, *args: Any, held: LogRules, **kwargs: Any) -> None:
        names = ("opens", "closes", *BOUNDS)
        known = {name: getattr(held, name) for name in names}
        tomorrow = timezone.localdate() + timedelta(days=1)
        kwargs["initial"] = {**known, "work_days": list(held.work_days), "valid_from": tomorrow}
        super().__init__(*args, **kwargs)

    def clean_work_days(self) -> str:
        return "".join(self.cleaned_data["work_days"])


class AbsenceForm(ActForm):
    """Days away and why."""

    kind = forms.ChoiceField(label=_("What it is"), choices=AbsenceKind, widget=forms.RadioSelect)
    first_day = day_field(_("First day"))
    last_day = day_field(_("Last day"))
    why = forms.CharField(
        label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept sealed. Only you and whoever decides can read it."),
    )  # fmt: skip


class DecisionForm(ActForm):
    """Yes or no to an absence."""

    approve = forms.TypedChoiceField(
        label=_("Decision"), choices=[("yes", _("Approve")), ("no", _("Refuse"))], coerce=lambda given: given == "yes",
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = reason_field(_("Reason"), required=False, help_text=_("Needed when you refuse."))
