"""Knocking at a door as somebody: what came back, said in one word."""

from __future__ import annotations

import os
import time
from datetime import date
from typing import Any
from zlib import crc32

from django.db import transaction
from django.test import Client
from django.urls import reverse

from pendamping.access.models import Account
from pendamping.access.tokens import issue
from tests.access import bodies
from tests.access.routes import Door
from tests.access.world import PLACES, World

KEPT_OUT = ("in", "403", "405")
EVERY_PLACE = bool(os.environ.get("EVERY_PLACE"))


def _is_somewhere(door: Door) -> bool:
    """Does a door lead to records of a place?"""
    return bool(set(door.params) - {"kind", "key", "year"}) or (door.is_api and door.method != "GET")


class Visitor:
    """Somebody at the doors, signed in a moment ago and with a key that may also act."""

    def __init__(self, account: Account | None, world: World, turn: int = 0) -> None:
        """`turn`: another number for each visitor, so that they are sent to different places."""
        self.world = world
        self.turn = turn
        self.client = Client(raise_request_exception=False)
        self.key = ""
        if account is not None:
            self.client.force_login(account)
            session = self.client.session
            session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
            session["account_authentication_methods_user"] = str(account.pk)
            session.save()
            self.key = issue(account=account, label="x", expires_on=date(2099, 1, 1), reads_only=False)[1]

    def cell(self, door: Door, written: str = "") -> str:
        """The answers at the four places, as one word when they agree; a door without parameters has one place.

        Where `written` tells what to expect, not every place is asked; what is not asked counts as written. Who is
        kept out everywhere is asked at one place, since the answer comes from the verb, before any record is looked
        for; all others at their own place and at one of the rest (on PostgreSQL at their own alone). Doors and
        visitors take turns, so each place of a door is tried by a third of those whom it lets in.
        EVERY_PLACE=1 asks all.
        """
        there = PLACES if _is_somewhere(door) else PLACES[:1]
        expected = written.split("|") if "|" in written else [written] * len(there)
        asked = self._asked(door, written) if written and not EVERY_PLACE else range(len(PLACES))
        words = [self.knock(door, place) if k in asked else expected[k] for k, place in enumerate(there)]
        return words[0] if len(set(words)) == 1 else "|".join(words)

    def _asked(self, door: Door, written: str) -> set[int]:
        turn = self.turn + crc32(f"{door.method} {door.key}".encode())
        if written in KEPT_OUT:
            return {turn % len(PLACES)} if _is_somewhere(door) else {0}
        return {0, 1 + turn % (len(PLACES) - 1)}

    def takes_turn(self, key: str, written: str) -> bool:
        """Is this visitor one of the third whom a door lets in at their own place and who is sent to it?"""
        own = written.split("|")[0]
        return own not in KEPT_OUT and (self.turn + crc32(key.encode())) % 3 == 0

    def knock(self, door: Door, place: str) -> str:
        """One request, undone afterwards."""
        with transaction.atomic():
            answer = self._ask(door, place)
            word = self._word(answer)
            answer.close()
            transaction.set_rollback(True)
        return word

    def _ask(self, door: Door, place: str) -> Any:
        spot = self.world.spots[place]
        values = {param: spot.value(door, param) for param in door.params}
        if door.is_api:
            headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
            path = door.path.format(**values)
            if door.method == "GET":
                return self.client.get(path, headers=headers)
            return self.client.generic(door.method, path, headers=headers, **bodies.example(door, spot))
        path = reverse(door.name, kwargs=values)
        if door.method == "GET":
            return self.client.get(path)
        return self.client.post(f"{path}?act={door.act}" if door.act else path)

    @staticmethod
    def _word(answer: Any) -> str:
        """`ok`: the door let them in (whatever was then said about the form); `in`: sign in first."""
        code = answer.status_code
        where = answer.headers.get("Location", "")
        if code == 401 or "/akun/masuk/" in where:
            return "in"
        if "/akun/" in where:
            return "proof"
        return "ok" if code < 400 or code in (400, 409, 412, 415, 422) else str(code)
