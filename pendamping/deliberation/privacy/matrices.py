"""What a priority matrix keeps about people, and why."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

PERSONAL: dict[str, Personal] = {
    "MatrixSeat.label": Personal(
        "masked", "the office a seat stands for", "public duty: Permendagri 130/2018", "as the archive rules say",
        "officials of the place",
    ),
    "MatrixSeat.key_hash": Personal(
        "pseudonymous", "finding the seat a code opens", "public duty: Permendagri 130/2018",
        "as the archive rules say", "nobody",
    ),
}  # fmt: skip
PLAIN = frozenset(
    {
        "Matrix.digest",
        "MatrixCriterion.title",
        "MatrixCriterion.help",
        "MatrixCriterion.levels",
    }
)
