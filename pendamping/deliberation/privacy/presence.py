"""What is kept about people present at a meeting."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

BASIS = "public duty: Permendagri 86/2017; UU 27/2022 article 20"
KEPT = "PENDAMPING_ATTENDANCE_NAMES_DAYS after the meeting"
KEEPERS = "who keeps the register of this ward, until the meeting is closed"
TYPED = f"{KEEPERS}; on the phone that typed it without a signal, until it is sent or they sign out"

PERSONAL: dict[str, Personal] = {
    "Presence.subject_key": Personal("general", "the wrapped key of the name", BASIS, KEPT, "nobody"),
    "Presence.name_cipher": Personal("general", "each person stands on the register once", BASIS, KEPT, TYPED),
    "Presence.name_digest": Personal("pseudonymous", "the same name and RT are refused", BASIS, KEPT, "nobody"),
    "Presence.device": Personal("pseudonymous", "one phone puts one person on the register", BASIS, KEPT, "nobody"),
    "PaperSheet.subject_key": Personal("general", "the wrapped key of the photo", BASIS, KEPT, "nobody"),
    "PaperSheet.file_name": Personal(
        "general", "the sealed photo of a signed sheet, against which the typed rows are checked", BASIS, KEPT, KEEPERS
    ),
}  # fmt: skip

PLAIN = frozenset({"Presence.capacity"})  # one of a list: everybody's, or the city's own
