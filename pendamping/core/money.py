"""Amounts as people write them: integer rupiah, grouped by dots."""

from __future__ import annotations


def rupiah(amount: int | None) -> str:
    """12500000 → "Rp 12.500.000" with a space that does not break; None → "–"."""
    return (
        "–" if amount is None else f"{'−' if amount < 0 else ''}Rp\N{NO-BREAK SPACE}{abs(amount):,}".replace(",", ".")
    )
