"""What people fill in about progress and payments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendamping.core.forms import ActForm, PhotosField
from pendamping.core.money import rupiah
from pendamping.delivery.enums import Reason
from pendamping.needs.fields import RupiahField
from pendamping.planning.rules import Tranche

DAY = {"type": "date"}


def _words(label: Any, *, required: bool = False, rows: int = 3, help_text: Any = "", **kwargs: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "data-count": True})
    return forms.CharField(
        label=label, required=required, max_length=1000, widget=widget, help_text=help_text, **kwargs
    )


class ReportForm(ActForm):
    """How far the work is; the stage is the next one and travels hidden."""

    stage = forms.IntegerField(widget=forms.HiddenInput)
    photos = PhotosField(
        label=_("Photos"),
        help_text=_("Stand where the earlier photo was taken. Of the work, not of people. Up to four."),
        error_messages={"required": Reason.PHOTO_MISSING.label},
    )
    spent = RupiahField(
        label=_("Money spent until today"), help_text=_("All of it since the start, not only the newest.")
    )
    note = _words(_("What was done"), help_text=_("Short and plain; residents read this after the verification."))
    problem = _words(_("What stands in the way"), rows=2, help_text=_("Leave empty when nothing does."))


class VerifyForm(ActForm):
    """A word beside the verification."""

    note = _words(_("What you saw"), rows=2)


class ReturnForm(ActForm):
    """Why a report goes back."""

    reason = _words(
        _("What must be mended"), required=True, rows=2, error_messages={"required": Reason.REASON_MISSING.label}
    )


class PayForm(ActForm):
    """A tranche that has been paid out."""

    tranche = forms.IntegerField(widget=forms.HiddenInput)
    amount = RupiahField(label=_("Amount paid"))
    paid_on = forms.DateField(label=_("Paid on"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    reference = forms.CharField(
        label=_("Number of the payment order"), max_length=80, help_text=_("SP2D or receipt, as on the paper.")
    )

    def __init__(self, *args: Any, due: Tranche, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tranche"].initial = due.number
        self.fields["amount"].initial = rupiah(due.amount)
        self.fields["amount"].help_text = _("At most %(limit)s for tranche %(number)s.") % {
            "limit": rupiah(due.amount),
            "number": due.number,
        }


class VoidForm(ActForm):
    """Why a recorded payment is struck."""

    reason = _words(
        _("What was wrong with it"),
        required=True,
        rows=2,
        error_messages={"required": Reason.VOID_REASON_MISSING.label},
    )
