"""How a ticket is written and read."""

from __future__ import annotations

import re

_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


def shown(ticket: str) -> str:
    """ "7K3QX-M2P9D": in two halves, to be read aloud."""
    return f"{ticket[:5]}-{ticket[5:]}"


def read_ticket(typed: str) -> str:
    """What was typed or scanned as the ticket it means: an address holds it behind "k="; case, spaces, I/1 and O/0 are
    mended."""
    given = re.split(r"[?&]k=", typed)[-1].split("&")[0]
    return re.sub(r"[\s\-.–]", "", given).upper().translate(_MISREAD)[:10]
