"""One person's days and months change one act at a time."""

from __future__ import annotations

from pendamping.access.models import Account


def hold(account: Account) -> Account:
    """The person's row, held until the act is over; taken before any line, absence or report of theirs.

    Whether a month is closed is read while it is held, so that nothing slips into a month that is just being sent.
    """
    found: Account = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    return found
