"""The file the treasurer pays from, and the list everybody's receipt stands on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from pendamping.core import formats
from pendamping.core.documents import printing
from pendamping.core.money import rupiah
from pendamping.facilitators.enums.pay import LineState
from pendamping.facilitators.models import PayLine, PayRun
from pendamping.facilitators.services.pay_accounts import details_of

BLANK = "……………………………"


def file_rows(lines: Iterable[PayLine]) -> list[list[Any]]:
    """Bank details in clear, for the bank: only after the act of taking the file, kept nowhere here."""
    with override("id"):
        head = [
            _("No."), _("Name"), _("Account holder"), _("Bank"), _("Account number"), _("Tax number (NPWP)"),
            _("Gross (Rp)"), _("Deducted (Rp)"), _("Net (Rp)"), _("Report"),
        ]  # fmt: skip
    rows: list[list[Any]] = [head]
    for line in lines:
        if line.state != LineState.READY or line.pay_account is None:
            continue
        held = details_of(line.pay_account)
        rows.append(
            [
                len(rows), line.account.name, held.holder, held.bank, held.number, held.tax_number, line.gross,
                line.deducted, line.net, line.report.code,
            ]
        )  # fmt: skip
    return rows


def receipt_list(run: PayRun, lines: list[PayLine]) -> bytes:
    """The list for the books (id: daftar SPJ): amounts and receipt, bank accounts masked."""
    with override("id"):
        month = formats.day(run.first_day, "bulan")
        columns = [
            (_("No."), False), (_("Name"), True), (_("Contract"), True), (_("Gross"), False), (_("Deducted"), False),
            (_("Net"), False), (_("Paid into"), True), (_("Receipt"), True),
        ]  # fmt: skip
        counted = [line for line in lines if line.state != LineState.FAILED]
        rows = [
            [
                str(number), line.account.name, line.contract.number, rupiah(line.gross), rupiah(line.deducted),
                rupiah(line.net), line.pay_account.masked if line.pay_account else formats.NONE, receipt_of(line),
            ]
            for number, line in enumerate(counted, start=1)
        ]  # fmt: skip
        facts = [
            [_("Month"), month], [_("List"), f"{run.number} ({run.code})"],
            [_("Paid on"), formats.day(run.paid_on)], [_("Payment number"), run.reference or formats.NONE],
            [_("Sum (net)"), rupiah(sum(line.net for line in counted))],
        ]  # fmt: skip
        return printing.render(
            "blocks",
            {
                "language": "id",
                "title": _("Honoraria of %(month)s") % {"month": month},
                "number": run.code,
                "letterhead": {"lines": [_("Government of %(city)s") % {"city": run.region.label}]},
                "blocks": [
                    {"kind": "facts", "rows": facts},
                    {"kind": "table", "columns": [{"title": t, "wide": w} for t, w in columns], "rows": rows},
                    {"kind": "signatures", "items": [
                        {"role": _("Treasurer"), "name": BLANK}, {"role": _("Programme secretariat"), "name": BLANK},
                    ]},
                ],
            },
        )  # fmt: skip


def receipt_of(line: PayLine) -> str:
    """ "Received 5 April 2026"."""
    said = str(line.get_state_display())
    return f"{said} {formats.day(line.answered_at)}" if line.answered_at else said


def formula(part: dict[str, Any]) -> str:
    """ "Rp 2.500.000 × 15 ÷ 31 = Rp 1.209.677"."""
    return f"{rupiah(part['monthly'])} × {part['days']} ÷ {part['of']} = {rupiah(part['gross'])}"
