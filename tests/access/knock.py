"""Knocking at a door as somebody: what came back, said in one word."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from pendamping.access.models import Account
from pendamping.access.tokens import issue
from tests.access import bodies
from tests.access.routes import Door
from tests.access.world import PLACES, World

KEPT_OUT = ("in", "403", "405")


class Visitor:
    """Somebody at the doors, signed in a moment ago and with a key that may also act."""

    def __init__(self, account: Account | None, world: World) -> None:
        self.world = world
        self.turn = 0
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

        Where `written` says that a person is kept out everywhere, one place is asked, by turns: the answer comes from
        the verb, before any record is looked for. On PostgreSQL a written cell is asked at their own place only.
        """
        somewhere = set(door.params) - {"kind", "key", "year"} or (door.is_api and door.method != "GET")
        where = PLACES if somewhere else PLACES[:1]
        if written and connection.vendor == "postgresql":
            where = PLACES[:1]
        elif somewhere and written in KEPT_OUT:
            self.turn += 1
            where = (PLACES[self.turn % len(PLACES)],)
        words = [self.knock(door, place) for place in where]
        return words[0] if len(set(words)) == 1 else "|".join(words)

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
