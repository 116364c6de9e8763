"""Sharing a ward's money fairly, so that anybody can compute it again. Pure: Python and NumPy. See README.md."""

from .decide import decide
from .model import (
    Ballots,
    Certificates,
    Comparison,
    Contest,
    Decision,
    Explanation,
    Invalid,
    Limit,
    Pot,
    PotDecision,
    Proposal,
    Round,
    Rule,
)
from .pabulib import parse_pabulib, read_pabulib
from .pabulib_out import write_pabulib
from .verify import Fault, verify

__all__ = [
    "Ballots",
    "Certificates",
    "Comparison",
    "Contest",
    "Decision",
    "Explanation",
    "Fault",
    "Invalid",
    "Limit",
    "Pot",
    "PotDecision",
    "Proposal",
    "Round",
    "Rule",
    "decide",
    "parse_pabulib",
    "read_pabulib",
    "verify",
    "write_pabulib",
]
