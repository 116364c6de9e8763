"""What technical checks keep about people, and why."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

_BASIS = "public duty: Permendagri 130/2018"
PERSONAL: dict[str, Personal] = {
    "TechnicalCheck.reason": Personal(
        "masked", "why a proposal was found fit or not", _BASIS, "as the archive rules say", "public"
    ),
    "TechnicalCheck.why_anew": Personal(
        "masked", "why a proposal was checked anew", _BASIS, "as the archive rules say", "officials of the place"
    ),
    "CheckAspect.reason": Personal(
        "masked", "what was found about one aspect, and why", _BASIS, "as the archive rules say", "public"
    ),
}
PLAIN = frozenset({"CheckRules.legal_basis", "TechnicalCheck.likenesses", "CheckAspect.office", "CheckLine.quantity"})
