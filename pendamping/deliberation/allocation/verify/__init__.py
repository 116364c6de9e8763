"""Is a published decision the one the rule gives? Written from the rule alone, with whole numbers and fractions.

Nothing here uses what `decide` uses beyond the forms of `model.py` and `decision.py`.
"""

from .faults import Fault
from .verdict import verify

__all__ = ["Fault", "verify"]
