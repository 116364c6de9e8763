"""Forms of voices: given, and recorded for somebody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pendamping.core import mail
from pendamping.core.forms import ActForm, PhotosField
from pendamping.core.moments import day, noon_of
from pendamping.needs.enums.categories import QuestionKind
from pendamping.needs.enums.reasons import Reason
from pendamping.needs.enums.voices import Behalf, Channel
from pendamping.needs.fields import CategoryChoices, PointField, Proof, RecordField, Trap, sprung, ward_choices
from pendamping.needs.forms.answers import MOST_WORDS
from pendamping.needs.forms.needs import _number
from pendamping.needs.models import Category, CategoryQuestion
from pendamping.needs.queries.categories import categories_of, questions_of, told_in
from pendamping.needs.queries.places import neighbourhood, wards_of
from pendamping.needs.queries.similar import Similar
from pendamping.needs.rules.categories import answers_fit
from pendamping.needs.rules.words import UNSURE
from pendamping.regions.models import Region
from pendamping.regions.queries import site_city

OTHER = "other"
ASKED_MOST = 200  # characters of an answer to a question of a category


class VoiceForm(ActForm):
    """What the public form and the facilitator's form share: place, category with its questions, words, photos."""

    text = forms.CharField(
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "data-count": True}),
        label=_("What is the matter?"),
    )
    ward = RecordField(label=_("Which ward?"))
    rw = _number("RW")
    rt = _number("RT")
    place_words = forms.CharField(
        label=_("Landmark"), max_length=120, required=False, help_text=_("For example: behind the primary school.")
    )
    category = RecordField(label=_("What is it about?"), required=False, widget=CategoryChoices)
    other_words = forms.CharField(
        label=_("If something else: what?"), max_length=120, required=False, help_text=_("A few words are enough.")
    )
    photos = PhotosField(
        label=_("Photo"),
        required=False,
        help_text=_("Of the place, not of people. Up to four. Only those who work on it see it."),
    )
    is_confidential = forms.BooleanField(
        label=_("This is about a person, keep it confidential"),
        required=False,
        help_text=_("For a grievance about somebody’s conduct. A few named officials read it; it is shown nowhere."),
    )
    point = PointField(label=_("Point on the map"), required=False, help_text=_("Only if you are at the place now."))
    conditional = ("text", "category", "other_words")

    def __init__(self, *args: Any, wards: QuerySet[Region] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._field("ward").offer(wards_of() if wards is None else wards, by="path", shown=ward_choices)
        at = day(timezone.now())
        self.categories = list(categories_of(self._city(), at).prefetch_related("questions"))
        besides = [(OTHER, _("Something else, or I do not know"))]
        self._field("category").offer_found(self.categories, by="key", besides=besides)
        for category in self.categories:
            for asked in category.questions.all():
                self.fields[_asked_as(category, asked)] = _question(asked)
        self.fields["category"].widget.asked = {
            OTHER: [self["other_words"]],
            **{one.key: [self[_asked_as(one, asked)] for asked in one.questions.all()] for one in self.categories},
        }

    def _city(self) -> str:
        """The city whose categories are offered: of the ward chosen, else of this site."""
        chosen = self.data.get(self.add_prefix("ward")) if self.is_bound else self.initial.get("ward")
        site = None if chosen else site_city()
        return str(chosen or (site.path if site else ""))

    def _field(self, name: str) -> RecordField:
        field: Any = self.fields[name]
        return field

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("rt") and not values.get("rw"):
            self.add_error("rw", _("Give the RW as well; RT numbers repeat in every RW."))
        category = self._field("category").found
        if category is not None:
            verdict = answers_fit(questions_of(category), self._answers(category))
            if not verdict:
                key = verdict.field.removeprefix("extra_")
                self.add_error(f"extra_{category.key}_{key}", verdict.message)
        elif not values.get("text") and "text" not in self.errors:
            self.add_error("text", _("Choose what it is about, or say it in your own words."))
        return values

    def _answers(self, category: Category) -> dict[str, str]:
        values = {one.key: self.cleaned_data.get(_asked_as(category, one)) or "" for one in category.questions.all()}
        return {key: str(answer) for key, answer in values.items() if answer}

    def add_error(self, field: str | None, error: Any) -> None:
        """A point refused is taken out of the form: nobody could clear what its hidden inputs hold."""
        super().add_error(field, error)
        if field == "point":
            self.data = {name: value for name, value in self.data.items() if not name.startswith("point_")}

    def facts(self) -> dict[str, Any]:
        """The clean values as the facts of the act. A category alone says enough: its name becomes the words."""
        values = self.cleaned_data
        category = self._field("category").found
        region, unknown = neighbourhood(self._field("ward").found, values["rw"], values["rt"])
        latitude, longitude = values["point"] or (None, None)
        return {
            "text": values["text"] or str(category),
            "region": region,
            "place_words": ", ".join(part for part in (unknown, values["place_words"]) if part),
            "category": category,
            "extra": self._answers(category) if category else None,
            "other_words": "" if category else values["other_words"] or UNSURE,
            "latitude": latitude,
            "longitude": longitude,
            "photos": values["photos"] or [],
            "is_confidential": values["is_confidential"],
        }


def _asked_as(category: Category, asked: CategoryQuestion) -> str:
    return f"extra_{category.key}_{asked.key}"


def _question(asked: CategoryQuestion) -> forms.Field:
    """The field of a question; that it must be answered is asked by the rule, and only in its category."""
    label = told_in(asked.label)
    if asked.kind == QuestionKind.NUMBER:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        return forms.CharField(label=label, required=False, max_length=8, widget=widget)
    if asked.kind == QuestionKind.TEXT:
        return forms.CharField(label=label, required=False, max_length=ASKED_MOST)
    choices = [(one["key"], told_in(one)) for one in asked.choices]
    if asked.kind == QuestionKind.YES_NO:
        choices = [("yes", str(_("Yes"))), ("no", str(_("No")))]
    return forms.ChoiceField(label=label, required=False, choices=[("", _("Choose…")), *choices])


class GiveForm(VoiceForm):
    """The public form: place, neighbours, what it is about, photos, and a way to hear of it (id: formulir suara)."""

    template_name = "needs/give_form.html"

    similar: Sequence[Similar] = ()  # what neighbours said, once the place is known

    contact = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        required=False,
        help_text=_("Only if you want to hear of it. Kept encrypted, shown to nobody; one click ends it."),
    )
    website = forms.CharField(required=False, widget=Trap())
    proof = forms.CharField(required=False, widget=Proof())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not mail.goes():
            del self.fields["contact"]
        self.fields["text"].label = _("What is on your mind?")
        self.fields["text"].help_text = _(
            "Say what is missing or broken and where. Leave out names and numbers of people."
        )
        self.groups = [  # in the order of the page, for the summary of what has to be put right
            (_("The place"), ["point", "ward", "rw", "rt", "place_words"]),
            (_("Your voice"), ["category", "text", "photos", "is_confidential", *(["contact"] if mail.goes() else [])]),
        ]

    def clean_website(self) -> str:
        return sprung(self, "website")


class RecordForm(VoiceForm):
    """A voice written down for somebody else (id: catat suara warga)."""

    behalf = forms.ChoiceField(label=_("For whom?"), choices=Behalf, help_text=_("A kind of resident, never a name."))
    channel = forms.ChoiceField(
        label=_("Where was it said?"),
        choices=[
            (Channel.FACILITATOR, _("To the facilitator, in the neighbourhood")),
            (Channel.COUNTER, _("At the counter")),
        ],
    )
    heard_on = forms.DateField(label=_("Heard on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["heard_on"].initial = day(timezone.now())
        self.groups = [
            (_("The place"), ["point", "ward", "rw", "rt", "place_words"]),
            (_("The voice"), ["category", "text", "photos", "is_confidential"]),
            (_("Who said it"), ["behalf", "channel", "heard_on"]),
        ]

    def clean_heard_on(self) -> date:
        on: date = self.cleaned_data["heard_on"]
        if on > day(timezone.now()):
            raise ValidationError(Reason.DAY_AHEAD.label)
        return on

    def facts(self) -> dict[str, Any]:
        values = self.cleaned_data
        heard_at = noon_of(values["heard_on"])
        return {**super().facts(), "behalf": values["behalf"], "channel": values["channel"], "heard_at": heard_at}
