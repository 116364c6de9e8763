"""What applicants type, step by step, and what the counter types for them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pendamping.core import mail
from pendamping.core.forms import ActForm
from pendamping.facilitators.enums.rounds import Sex
from pendamping.facilitators.forms.fields import EvidenceField, NikField, PhoneField, day_input, lines
from pendamping.facilitators.models import Post
from pendamping.facilitators.people import Person


class PostField(forms.ModelChoiceField):
    """One of the posts of a round, with its number of places."""

    def label_from_instance(self, obj: Any) -> str:
        return _("%(post)s (%(number)d places)") % {"post": obj, "number": obj.number}


class BeginForm(ActForm):
    """The first question: which post; and the word that the data may be used for it."""

    email = forms.EmailField(
        label=_("E-mail"), required=False, max_length=120,
        help_text=_("We send code and key there. Without e-mail you show your identity card at the counter."),
    )  # fmt: skip
    agrees = forms.BooleanField(
        label=_("My data may be used for this selection and is deleted after it, as the page of the selection says."),
        error_messages={"required": _("Without this we may not keep your data.")},
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)  # people do not see it; programs fill it

    field_order = ("post", "email", "agrees")

    def __init__(self, *args: Any, posts: QuerySet[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"] = PostField(label=_("Post"), queryset=posts)
        if not mail.goes():
            del self.fields["email"]
        self.order_fields(self.field_order)

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this field empty."))
        return ""


class PaperForm(ActForm):
    """The counter begins an application from paper."""

    def __init__(self, *args: Any, posts: QuerySet[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"] = PostField(label=_("Post"), queryset=posts)


class StepForm(ActForm):
    """Part of an application: whatever is valid is kept, whatever is empty can wait until it is handed in."""

    def person(self) -> Person:
        """What was said validly in this step."""
        known = {name: value for name, value in self.cleaned_data.items() if name in self.names}
        return Person(**{name: value for name, value in known.items() if value is not None})

    names: tuple[str, ...] = ()


class IdentityForm(StepForm):
    """Who applies, as on the identity card."""

    names = ("name", "nik", "born_on", "sex")
    name = forms.CharField(
        label=_("Full name"), max_length=120, required=False, help_text=_("As on the identity card (KTP)."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    nik = NikField(label=_("NIK"), required=False)
    born_on = forms.DateField(label=_("Date of birth"), required=False, widget=day_input())
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex, required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, last_four: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        help_text: Any = _("16 digits. We keep only a digest of it and the last four, so that everyone applies once.")
        if last_four:
            help_text = _("Kept: •••• %(digits)s. Leave this empty to keep it.") % {"digits": last_four}
        self.fields["nik"].help_text = help_text

    def person(self) -> Person:
        """An empty NIK leaves the one kept; sex not chosen stays open."""
        said = super().person()
        return Person(name=said.name, nik=said.nik or None, born_on=said.born_on, sex=said.sex or None)


class ContactForm(StepForm):
    """Where the applicant lives and how they are reached."""

    names = ("address", "phone", "email")
    address = forms.CharField(
        label=_("Address"), max_length=300, required=False, widget=lines(3),
        help_text=_("Street, RT/RW, ward, as on the identity card."),
    )  # fmt: skip
    phone = PhoneField(label=_("Telephone number"), required=False)
    email = forms.EmailField(
        label=_("E-mail"), required=False, max_length=120, help_text=_("Another address must be confirmed again.")
    )


class PostStepForm(StepForm):
    """Another post of the same round, as long as it is a draft."""

    def __init__(self, *args: Any, posts: QuerySet[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"] = PostField(label=_("Post"), queryset=posts)


class FileForm(ActForm):
    """A file for one requirement."""

    file = EvidenceField(label=_("File (PDF or photo)"), help_text=_("At most 10 MB; a photo at most 15 MB."))


class DeclareForm(ActForm):
    """A declaration, with a file beside it when there is one."""

    declared = forms.BooleanField(label=_("I declare that this is true."), required=False)
    file = EvidenceField(
        label=_("File (PDF or photo)"), required=False, help_text=_("For example the signed declaration.")
    )


class AnswerForm(ActForm):
    """An answer to a question of the checkers."""

    answer = forms.CharField(label=_("Your answer"), max_length=1000, required=False, widget=lines(4))
    file = EvidenceField(label=_("File (PDF or photo)"), required=False)


class WithdrawForm(ActForm):
    """Why an application is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=200, required=False, help_text=_("Not needed for a draft."))


class SignInForm(forms.Form):
    """Code and key from the receipt."""

    code = forms.CharField(label=_("Code"), max_length=20, help_text=_("Such as D26-7K3QX-M"))
    key = forms.CharField(
        label=_("Key"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class MailCodeForm(ActForm):
    """The six digits from the e-mail."""

    code = forms.CharField(
        label=_("Code from the e-mail"), max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip


class CardForm(ActForm):
    """The NIK on the card that is shown at the counter."""

    nik = NikField(label=_("NIK on the card shown"), help_text=_("Compare photo and name first."))
