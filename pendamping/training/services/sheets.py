"""That a sheet with names was printed is written down."""

from __future__ import annotations

from datetime import datetime

from pendamping.access.models import Account
from pendamping.core.acts import act
from pendamping.training.models import Session
from pendamping.training.services.sessions import tell


@act("training.sheet_printed")
def print_sheet(*, by: Account | None, at: datetime, session: Session) -> Session:
    """Note that the sheet was printed (id: mencetak daftar hadir): a reveal of names."""
    tell("training.sheet_printed", session, session, by=by, at=at, changes={"rows": session.taken})
    return session
