"""One person's days and months change one act at a time."""

from __future__ import annotations

from collections.abc import Iterable

from pendamping.access.models import Account


def hold_for_roles(accounts: Iterable[int]) -> None:
    """The rows of people whose roles are about to change, held more firmly, always in the same order.

    Taken before their assignments and any journal: whoever writes in their logbook holds the person first, too.
    """
    list(Account.objects.select_for_update().filter(pk__in=set(accounts)).order_by("pk"))


def hold_all(accounts: Iterable[int]) -> set[int]:
    """The rows of several people, held as in `hold`, always in the same order; their keys."""
    held = Account.objects.select_for_update(no_key=True).filter(pk__in=set(accounts)).order_by("pk")
    return set(held.values_list("pk", flat=True))


def hold(account: Account) -> Account:
    """The person's row, held until the act is over; taken before any line, absence or report of theirs.

    Whether a month is closed is read while it is held, so that nothing slips into a month that is just being sent.
    """
    found: Account = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    return found
