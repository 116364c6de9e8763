"""Amounts as people write them: integer rupiah, grouped by dots."""

from __future__ import annotations


def rupiah(amount: int | None) -> str:
    """12500000 → "Rp 12.500.000"; None → "–"."""
    return "–" if amount is None else f"Rp {amount:,}".replace(",", ".").replace("Rp -", "−Rp ")
