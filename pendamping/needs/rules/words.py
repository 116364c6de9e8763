"""Words that must be given."""

from __future__ import annotations

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.needs.enums.reasons import Reason

UNSURE = "belum tahu"  # kept as the subject when somebody cannot say: the facilitator finds it on site


def has_words(words: str, *, field: str) -> Verdict:
    """Is something said, and not only spaces?"""
    return ALLOWED if words.strip() else refused(Reason.WORDS_MISSING, field=field)


def has_reason(words: str, *, field: str) -> Verdict:
    """No refusal or answer without words."""
    return ALLOWED if words.strip() else refused(Reason.REASON_MISSING, field=field)
