"""Forms of the assessment: points with reasons, a photo from a fixed point, a criterion of the city."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pendamping.core.forms import ActForm, PhotosField
from pendamping.core.moments import day
from pendamping.needs.enums.assessments import Facing, Reason
from pendamping.needs.fields import PointField
from pendamping.needs.models import Criterion, Viewpoint
from pendamping.needs.queries.assessments import Weighed, last_score
from pendamping.needs.rules.assessments import LEVELS_MOST, WEIGHT_MOST

NEW = "new"


class ScoreForm(ActForm):
    """Points by each criterion in force, each with its reason; what is left empty stays as it was.

    It carries the last score its reader saw. Refused since others gave points meanwhile, it has shown them.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, weighed: Weighed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [criterion.key for criterion, _score in weighed.lines]
        self.groups = []
        for criterion, score in weighed.lines:
            points, reason = f"{criterion.key}-points", f"{criterion.key}-reason"
            self.fields[points] = forms.TypedChoiceField(
                label=criterion.about or criterion.label, required=False, coerce=int, empty_value=None,
                choices=[(one, f"{one} · {words}") for one, words in criterion.level_words.items()],
                widget=forms.RadioSelect, initial=score.points if score else None,
            )  # fmt: skip
            self.fields[reason] = forms.CharField(
                label=_("%(criterion)s: why so many points") % {"criterion": criterion.label}, max_length=300,
                required=False, widget=forms.Textarea(attrs={"rows": 2}), initial=score.reason if score else "",
            )  # fmt: skip
            self.groups.append((criterion.label, [points, reason]))

        self.fields["seen"].initial = last_score(weighed.need)
        self.scores = [score for _criterion, score in weighed.lines if score]
        self.conditional = tuple(self.fields)  # type: ignore[misc]  # the page says that all may be left empty

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for key in self.keys:
            points, reason = values.get(f"{key}-points"), values.get(f"{key}-reason")
            if points is None and reason and f"{key}-points" not in self.errors:
                self.add_error(f"{key}-points", Reason.POINTS_MISSING.label)
            elif points is not None and not reason and f"{key}-reason" not in self.errors:
                self.add_error(f"{key}-reason", Reason.REASON_MISSING.label)
        return values

    def facts(self) -> dict[str, Any]:
        """The points given, by key, each with its reason."""
        said = self.cleaned_data
        given = {key: (said[f"{key}-points"], said[f"{key}-reason"]) for key in self.keys}
        return {"scores": {key: one for key, one in given.items() if one[0] is not None}, "seen": said["seen"]}

    def attempt(self, service: Callable[..., Any], **facts: Any) -> Any | None:
        done = super().attempt(service, **facts)
        if done is None and "seen" in self.data:
            data = self.data.copy()  # type: ignore[attr-defined]
            data["seen"] = self._read(facts["scores"], facts["seen"] or 0)
            self.data = data
        return done

    def _read(self, given: dict[str, tuple[int, str]], seen: int) -> int:
        """The score that was shown by the refusal: the oldest that is newer than what was seen and says otherwise."""
        newer = [one for one in self.scores if one.pk > seen and one.criterion.key in given]
        return min((one.pk for one in newer if given[one.criterion.key] != (one.points, one.reason)), default=seen)


class ViewForm(ActForm):
    """A photo from a point known already, or from a new one (id: foto dari titik tetap)."""

    conditional = ("words",)

    viewpoint = forms.ChoiceField(label=_("Taken from"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("If from another point: where did you stand?"), max_length=160, required=False,
        help_text=_("For example: at the gate of the school, looking at the drain."),
    )  # fmt: skip
    point = PointField(label=_("Point on the map"), required=False, help_text=_("Only if you are at the place now."))
    heading = forms.TypedChoiceField(
        label=_("Looking to the"), required=False, coerce=int, empty_value=None, choices=[("", "—"), *Facing.choices]
    )
    photos = PhotosField(label=_("The photo"), help_text=_("Becomes public. One photo, of the place, not of people."))
    taken_on = forms.DateField(label=_("Taken on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, viewpoints: Sequence[Viewpoint], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewpoints = {str(one.uid): one for one in viewpoints}
        known = [(uid, one.words) for uid, one in self.viewpoints.items()]
        choice: Any = self.fields["viewpoint"]
        choice.choices = [*known, (NEW, _("Another point"))]
        if known:
            choice.initial = known[0][0]
        else:  # nothing to choose between
            del self.fields["viewpoint"]
            self.conditional = ()  # type: ignore[misc, assignment]
            self.fields["words"].label, self.fields["words"].required = _("Where did you stand?"), True
        self.fields["taken_on"].initial = day(timezone.now())

    def clean_photos(self) -> list[Any]:
        photos: list[Any] = self.cleaned_data["photos"]
        if len(photos) > 1:
            raise ValidationError(_("One photo at a time, so that each has its day."), code="too_many")
        return photos

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        known = None if said["words"] else self.viewpoints.get(said.get("viewpoint", NEW))  # words are of another point
        latitude, longitude = said["point"] or (None, None)
        new = {"words": said["words"], "latitude": latitude, "longitude": longitude, "heading": said["heading"]}
        return {
            "photo": said["photos"][0], "taken_on": said["taken_on"], "viewpoint": known, **({} if known else new),
        }  # fmt: skip


class CriterionForm(ActForm):
    """What needs of the city are weighed by (id: kriteria)."""

    title_id = forms.CharField(label=_("Name in Indonesian"), max_length=60)
    title_en = forms.CharField(label=_("Name in English"), max_length=60, required=False)
    help_id = forms.CharField(label=_("What it asks, in Indonesian"), max_length=200, required=False)
    help_en = forms.CharField(label=_("What it asks, in English"), max_length=200, required=False)
    levels_id = forms.CharField(
        label=_("Levels in Indonesian"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": LEVELS_MOST}),
        help_text=_("One line for each level, from one point upwards; two to five."),
    )  # fmt: skip
    levels_en = forms.CharField(
        label=_("Levels in English"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": LEVELS_MOST}), help_text=_("The same lines in English, or nothing."),
    )  # fmt: skip
    weight = forms.IntegerField(
        label=pgettext_lazy("criterion", "Weight"), min_value=0, max_value=WEIGHT_MOST, initial=1,
        help_text=_("How often its points count. Zero leaves the criterion out in your city."),
    )  # fmt: skip
    position = forms.IntegerField(label=_("Place in the order"), min_value=0, max_value=99, initial=0)
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=160, required=False)
    valid_from = forms.DateField(
        label=_("In force from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, found: Criterion | None = None, known: Collection[str] = (), **kwargs: Any) -> None:
        kwargs.setdefault("initial", self.first_values(found))
        super().__init__(*args, **kwargs)
        self.known, self.found = known, found
        if found is None:
            self.fields["key"] = forms.SlugField(
                label=pgettext_lazy("criterion", "Key"), max_length=40,
                help_text=_("Small letters, digits and hyphens. It does not change any more."),
            )  # fmt: skip
            self.order_fields(["key"])

    @staticmethod
    def first_values(found: Criterion | None) -> dict[str, Any]:
        """What the form shows first: the criterion as it was set last."""
        today = day(timezone.now())
        if found is None:
            return {"valid_from": today}
        levels = {
            f"levels_{language}": "\n".join(one["text"].get(language, "") for one in found.levels)
            for language in ("id", "en")
        }
        words = {
            f"{name}_{language}": getattr(found, name).get(language, "")
            for name in ("title", "help")
            for language in ("id", "en")
        }
        plain = {name: getattr(found, name) for name in ("weight", "position", "legal_basis")}
        return {**levels, **words, **plain, "valid_from": max(today, found.valid_from)}

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"]
        if key in self.known:
            raise ValidationError(_("There is a criterion under this key. Open it in the list, or choose another key."))
        return key

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        indonesian, english = _lines(values.get("levels_id", "")), _lines(values.get("levels_en", ""))
        if "levels_id" not in self.errors and not 2 <= len(indonesian) <= LEVELS_MOST:
            self.add_error("levels_id", _("Two to five levels, each on a line of its own."))
        if english and len(english) != len(indonesian):
            self.add_error("levels_en", _("As many lines as in Indonesian, or none."))
        return values

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        english = _lines(said["levels_en"])
        indonesian = _lines(said["levels_id"])
        points = [one["points"] for one in self.found.levels] if self.found else []
        if len(points) != len(indonesian):  # as many levels as before keep their points, whatever these are
            points = list(range(1, len(indonesian) + 1))
        levels = [
            {"points": points[place], "text": _two(words, english[place] if english else "")}
            for place, words in enumerate(indonesian)
        ]
        plain = {name: said[name] for name in ("weight", "position", "legal_basis", "valid_from")}
        return {
            "title": _two(said["title_id"], said["title_en"]), "help": _two(said["help_id"], said["help_en"]),
            "levels": levels, **plain,
        }  # fmt: skip


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _two(indonesian: str, english: str) -> dict[str, str]:
    return {language: text for language, text in (("id", indonesian), ("en", english)) if text}
