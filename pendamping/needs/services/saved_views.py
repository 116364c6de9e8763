"""The filters of a list under a name, for the one who keeps them. Nobody else's business: nothing is journaled."""

from __future__ import annotations

from datetime import datetime

from pendamping.access.models import Account
from pendamping.core.errors import Refused
from pendamping.needs.enums.exports import Reason
from pendamping.needs.models import SavedView

VIEWS_MOST = 20


def keep_view(*, by: Account, at: datetime, page: str, name: str, query: str) -> SavedView:
    """Keep the filters (id: menyimpan tampilan); the same name is kept anew."""
    name = " ".join(name.split())[:60]
    if not name:
        raise Refused(Reason.NAME_MISSING, field="name")
    if len(query) > 400:
        raise Refused(Reason.QUERY_TOO_LONG)
    others = SavedView.objects.filter(account=by, page=page).exclude(name=name)
    if others.count() >= VIEWS_MOST:
        raise Refused(Reason.TOO_MANY_VIEWS, most=VIEWS_MOST)
    kept, _made = SavedView.objects.update_or_create(
        account=by, page=page, name=name, defaults={"query": query}, create_defaults={"query": query, "created_at": at}
    )
    return kept


def drop_view(*, by: Account, page: str, name: str) -> None:
    """Keep it no longer (id: menghapus tampilan)."""
    SavedView.objects.filter(account=by, page=page, name=name).delete()
