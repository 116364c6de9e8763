"""Who applies, on the way from a form to its encrypted fields; never kept as it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pendamping.core.personal.crypt import blind_index

NIK_DIGITS = 16
IDENTITY_FIELDS = ("name", "email", "phone", "address")  # kept encrypted, one by one


def nik_index(nik: str) -> str:
    """The keyed digest of a NIK, by which the same person is recognised."""
    return blind_index(re.sub(r"\D", "", nik), purpose="nik")


@dataclass(frozen=True)
class Person:
    """What the applicant said of themselves (id: data pelamar). None leaves a field as it is kept."""

    name: str | None = None
    nik: str | None = None
    born_on: date | None = None
    sex: str | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None

    def __str__(self) -> str:
        """What an act's digest compares: keyed, so that nobody can try numbers against it."""
        facts = (self.name, self.nik, self.born_on, self.sex, self.address, self.phone, self.email)
        return blind_index("\0".join("" if fact is None else str(fact) for fact in facts), purpose="applicant")
