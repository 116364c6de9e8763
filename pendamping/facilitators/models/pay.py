"""Honorarium: where it goes, the lists it is paid by, and each person's line from approval to receipt."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from pendamping.access.models import Account
from pendamping.core.models import Record
from pendamping.facilitators.enums.pay import LineState, RunState
from pendamping.facilitators.models.contracts import Contract
from pendamping.facilitators.models.months import MonthReport
from pendamping.regions.models import Region, RegionBound


class PayAccount(Record):
    """Where somebody's honorarium goes (id: rekening honorarium). Encrypted under its own key; a change is a new row.

    Once replaced, and with no payment left to settle, its key is destroyed.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="pay_accounts")
    city = models.ForeignKey(Region, models.PROTECT, related_name="+")  # the city that pays
    subject_key = models.BinaryField(null=True)
    bank = models.CharField(max_length=60)
    number_cipher = models.BinaryField()
    holder_cipher = models.BinaryField()
    tax_number_cipher = models.BinaryField(null=True)
    last_four = models.CharField(max_length=4)
    has_tax_number = models.BooleanField(default=False)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(replaced_at__isnull=True), name="pay_account_one_in_use"
            ),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=False) | Q(subject_key__isnull=False), name="pay_account_readable"
            ),
        ]

    @property
    def region_path(self) -> str:
        return self.city.path

    @property
    def journal_label(self) -> str:
        return str(self.account.uid)

    @property
    def masked(self) -> str:
        """ "Bank bjb •••• 1234"."""
        return f"{self.bank} •••• {self.last_four}"


class PayRun(RegionBound):
    """A list of honoraria of one month, paid together (id: daftar honorarium). `region` is the city that pays."""

    code_kind = "X"
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()  # 1 is the first list of the month
    state = models.CharField(max_length=12, choices=RunState, default=RunState.MADE)
    made_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    handed_over_at = models.DateTimeField(null=True, blank=True)
    handed_over_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    file_taken_at = models.DateTimeField(null=True, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)  # when it was recorded
    paid_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    paid_on = models.DateField(null=True, blank=True)  # when the money went out
    reference = models.CharField(max_length=80, blank=True)  # SP2D or transfer

    class Meta(RegionBound.Meta):
        indexes: ClassVar = [
            *RegionBound.Meta.indexes,
            models.Index(fields=["state", "region_path"], name="pay_run_state_idx"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "year", "month", "number"], name="pay_run_number_once"),
            models.CheckConstraint(condition=Q(month__range=(1, 12), number__gte=1), name="pay_run_has_month"),
            models.CheckConstraint(
                condition=Q(state="made", handed_over_at__isnull=True)
                | Q(state__in=["handed_over", "paid"], handed_over_at__isnull=False)
                | Q(state="closed"),  # also one nobody on which had bank details
                name="pay_run_handed_over_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="paid", paid_at__isnull=False, paid_on__isnull=False, paid_by__isnull=False)
                & ~Q(reference="")
                | ~Q(state="paid") & Q(paid_at__isnull=True, paid_on__isnull=True, paid_by__isnull=True, reference=""),
                name="pay_run_paid_whole",
            ),
            models.CheckConstraint(
                condition=Q(paid_by__isnull=True) | Q(made_by__isnull=True) | ~Q(paid_by=F("made_by")),
                name="pay_run_payer_not_maker",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def journal_label(self) -> str:
        return self.code

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def sign(self) -> str:
        """The state as pages draw it."""
        return {"made": "waiting", "handed_over": "active", "paid": "done", "closed": "stopped"}[self.state]


class PayLine(Record):
    """One approved report on a list (id: baris honorarium). A report is paid once: only a failed line frees it."""

    run = models.ForeignKey(PayRun, models.PROTECT, related_name="lines")
    report = models.ForeignKey(MonthReport, models.PROTECT, related_name="pay_lines")
    account = models.ForeignKey(Account, models.PROTECT, related_name="pay_lines")  # the report's, for lists
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="pay_lines")  # the last one of the month
    parts = models.JSONField()  # [{contract, monthly, days, of, gross}, …]: how the gross amount came about
    deductions = models.JSONField()  # [{name, rate, amount, basis}, …]
    gross = models.BigIntegerField()  # rupiah
    net = models.BigIntegerField()  # rupiah
    pay_account = models.ForeignKey(PayAccount, models.PROTECT, null=True, blank=True, related_name="pay_lines")
    pointed_at = models.DateTimeField(null=True, blank=True)  # when the bank details were last set on this line
    state = models.CharField(max_length=10, choices=LineState, default=LineState.READY)
    reason = models.CharField(max_length=200, blank=True)  # why it failed, or what the treasurer answered
    answered_at = models.DateTimeField(null=True, blank=True)  # when the person said whether it came
    said = models.CharField(max_length=300, blank=True)  # what they said when it did not

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report"], condition=~Q(state="failed"), name="pay_line_paid_once"),
            models.CheckConstraint(
                condition=Q(gross__gte=0, net__gte=0, net__lte=F("gross")), name="pay_line_amounts_in_order"
            ),
            models.CheckConstraint(
                condition=Q(state="failed")
                | Q(state="waiting", pay_account__isnull=True)
                | ~Q(state="waiting") & Q(pay_account__isnull=False),
                name="pay_line_goes_somewhere",
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(reason=""), name="pay_line_failed_with_reason"),
            models.CheckConstraint(
                condition=~Q(state__in=["received", "denied"]) | Q(answered_at__isnull=False),
                name="pay_line_answered_whole",
            ),
        ]

    @property
    def region_path(self) -> str:
        return self.run.region_path

    @property
    def code(self) -> str:
        return self.report.code

    @property
    def journal_label(self) -> str:
        return self.report.code

    @property
    def deducted(self) -> int:
        """Rupiah taken off."""
        return self.gross - self.net

    @property
    def sign(self) -> str:
        """The state as pages draw it."""
        signs = {"received": "done", "paid": "active", "denied": "stopped", "failed": "stopped"}
        return signs.get(self.state, "waiting")
