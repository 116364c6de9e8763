"""`pendamping account …`: the first accounts of a city, and the way back for people who lost theirs."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from pendamping.access import queries, services
from pendamping.access.forms import USERNAME
from pendamping.access.models import Account, Grant
from pendamping.access.roles import ROLES
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.regions.models import Region


class Command(BaseCommand):
    help = "Add, list and invite accounts; reset a lost second factor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        add = acts.add_parser("add", help="make an account with its first role")
        add.add_argument("username")
        add.add_argument("--name", required=True)
        add.add_argument("--role", required=True, choices=sorted(ROLES))
        add.add_argument("--region", required=True, help="path (3278…) or official code (32.78…) of the place")
        add.add_argument("--email", default="")
        add.add_argument("--until", type=date.fromisoformat, help="last day, YYYY-MM-DD")
        add.add_argument("--decree", default="")
        add.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
        acts.add_parser("list", help="who holds which role today")
        for name, what in (("invite", "print a link to choose a password"), ("reset-factor", "forget second factors")):
            acts.add_parser(name, help=what).add_argument("username")

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        try:
            getattr(self, f"_{act.replace('-', '_')}")(**options)
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal

    def _add(self, *, username: str, name: str, role: str, region: str, password_stdin: bool, **options: Any) -> None:
        now = timezone.now()
        try:
            USERNAME(username.lower())
        except ValidationError as problem:
            raise CommandError(problem.messages[0]) from problem
        password = sys.stdin.readline().rstrip("\n") if password_stdin else ""
        if password_stdin:
            try:
                validate_password(password, Account(username=username, name=name))
            except ValidationError as problem:
                raise CommandError(" ".join(problem.messages)) from problem
        account = services.add_person(
            by=None,
            at=now,
            username=username.lower(),
            name=name,
            role=role,
            region=_place(region),
            email=options["email"].lower(),
            ends_on=options["until"],
            decree=options["decree"],
        )
        if password:
            account.set_password(password)
            account.save(update_fields=["password"])
            self.stdout.write(f"{account.username}: the account is made.")
        else:
            self._invite(username=account.username)

    def _list(self, **options: Any) -> None:
        today = day(timezone.now())
        for account in Account.objects.order_by("username"):
            grants = Grant.objects.filter(queries.in_force(today), account=account).select_related("region")
            held = "; ".join(f"{grant.role} {grant.region.path} {grant.region.label}" for grant in grants)
            self.stdout.write(
                f"{account.username}\t{account.name}\t{held or '-'}{'' if account.is_active else ' (disabled)'}"
            )

    def _invite(self, *, username: str, **options: Any) -> None:
        made: Any = services.invite(by=None, at=timezone.now(), account=_account(username))
        self.stdout.write(f"{username}: choose a password within a day at")
        self.stdout.write(settings.SITE_URL + reverse("access:accept", args=[made.key]))

    def _reset_factor(self, *, username: str, **options: Any) -> None:
        services.reset_factor(by=None, at=timezone.now(), account=_account(username))
        self.stdout.write(f"{username}: second factors are forgotten; new ones are set up at the next sign-in.")


def _account(username: str) -> Account:
    found = Account.objects.filter(username=username.lower()).first()
    if found is None:
        raise CommandError(f"There is no account called {username}.")
    return found


def _place(typed: str) -> Region:
    found = Region.objects.filter(path=typed).first()
    if found is None:
        found = Region.objects.filter(codes__code=typed, codes__valid_to=None).first()
    if found is None:
        raise CommandError(f"There is no place {typed}. Load the city's regions first.")
    return found
