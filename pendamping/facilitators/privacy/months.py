"""The fields of plans, month reports and pay. Bank details are read by the treasurer alone, for a reason."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

_REPORT = ("public duty: supervision of facilitators", "as the archive rules say", "coordinators, secretariat")
_PAY = ("contract; tax law", "until replaced and the last payment is settled", "the person, treasurer")
_BOOKS = ("contract; rules of public accounts", "ten years, as the books", "the person, secretariat, treasurer")

PERSONAL: dict[str, Personal] = {
    "PlanLine.what": Personal("masked", "what a facilitator plans", *_REPORT),
    "MonthReport.note": Personal("masked", "the person's own words on the month", *_REPORT),
    "MonthReport.figures": Personal(
        "masked",
        "what the logbook says of the month",
        _REPORT[0],
        _REPORT[1],
        "whoever sees facilitators; kinds of absence the person, coordinators, secretariat",
    ),
    "MonthReport.returned_reason": Personal("masked", "what has to be mended", *_REPORT),
    "MonthDecision.reason": Personal("masked", "why an office decided so", *_REPORT),
    "PayAccount.subject_key": Personal("general", "makes bank details readable; destroyed to forget them", *_PAY),
    "PayAccount.bank": Personal("general", "where pay goes", *_PAY),
    "PayAccount.number_cipher": Personal("specific", "where pay goes", *_PAY),
    "PayAccount.holder_cipher": Personal("general", "where pay goes", *_PAY),
    "PayAccount.tax_number_cipher": Personal("general", "tax on pay", *_PAY),
    "PayAccount.last_four": Personal("pseudonymous", "to recognise the account", *_BOOKS),
    "PayLine.parts": Personal("specific", "how the amount came about", *_BOOKS),
    "PayLine.deductions": Personal("specific", "what was taken off", *_BOOKS),
    "PayLine.reason": Personal("masked", "why a payment failed, or what the treasurer answered", *_BOOKS),
    "PayLine.said": Personal("masked", "what the person says of a payment that did not arrive", *_BOOKS),
}

PLAIN = frozenset(
    {
        "MonthRules.legal_basis", "Deduction.name", "Deduction.legal_basis",
        "MonthReport.digest", "MonthDecision.digest", "PayRun.reference",
    }
)  # fmt: skip
