"""What is kept about people invited to a meeting."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

BASIS = "public duty: Permendagri 86/2017; UU 27/2022 article 20"
KEPT = "PENDAMPING_ATTENDANCE_NAMES_DAYS after the meeting"
CALLERS = "who calls meetings of this ward"
TICKERS = f"{CALLERS}; who keeps its register, also on their phone without a signal until they sign out"

PERSONAL: dict[str, Personal] = {
    "Invitation.label": Personal(
        "masked", "the office or group a guest comes from, printed on the invitation", BASIS,
        "as the archive rules say", "public",
    ),
    "Invitation.subject_key": Personal("general", "the wrapped key of name and address", BASIS, KEPT, "nobody"),
    "Invitation.name_cipher": Personal("general", "which guest is invited", BASIS, KEPT, TICKERS),
    "Invitation.address_cipher": Personal(
        "general", "to send the invitation, and word of another day", BASIS, KEPT, "nobody; the worker that sends"
    ),
    "Invitation.address_digest": Personal(
        "pseudonymous", "a guest is invited once by one address", BASIS, KEPT, "nobody"
    ),
    "Invitation.instead_cipher": Personal("general", "who comes instead", BASIS, KEPT, CALLERS),
}  # fmt: skip

PLAIN = frozenset({"Invitation.answer_digest", "Invitation.capacity"})  # of a secret of ours; one of a list
