"""Which answers a phone may keep for reading without a signal, and whose they are."""

from __future__ import annotations

from typing import TypeVar

from django.http import HttpResponseBase

from pendamping.access.models import Account
from pendamping.core.personal.crypt import blind_index

HEADER = "X-Keep-Offline"
Answer = TypeVar("Answer", bound=HttpResponseBase)


def person_key(account: Account) -> str:
    """The name of somebody's store on a phone: tells persons apart, and nobody else who they are."""
    return blind_index(str(account.uid), purpose="offline")[:16]


def keepable(response: Answer, account: Account) -> Answer:
    """Let the service worker keep this answer in this person's store; anything without the header it never keeps."""
    response.headers[HEADER] = person_key(account)
    return response
