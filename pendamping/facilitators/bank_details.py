"""Where pay goes, on the way from a form to its encrypted fields; never kept as it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pendamping.core.personal.crypt import blind_index

NUMBER, HOLDER, TAX_NUMBER = "pay_number", "pay_holder", "pay_tax_number"  # what each is sealed under


@dataclass(frozen=True)
class BankDetails:
    """Bank, account number, holder and tax number in clear; never keep, log or journal it (id: data rekening)."""

    bank: str
    number: str
    holder: str
    tax_number: str = ""

    def __str__(self) -> str:
        """What an act's digest compares: keyed, so that nobody can try numbers against it."""
        return blind_index("\0".join((self.bank, self.number, self.holder, self.tax_number)), purpose="pay")

    def __repr__(self) -> str:
        return "BankDetails(…)"


def as_typed(bank: str, number: str, holder: str, tax_number: str = "") -> BankDetails:
    """What somebody typed, without the signs people put between figures."""
    return BankDetails(
        " ".join(bank.split()), re.sub(r"[\s.\-]", "", number), " ".join(holder.split()),
        re.sub(r"[\s.\-]", "", tax_number),
    )  # fmt: skip
