"""When somebody is written to, and what is an address."""

from __future__ import annotations

from datetime import date

import pytest

from pendamping.needs.enums.contacts import ContactKind, Reason
from pendamping.needs.rules import following as rules

TODAY, YESTERDAY = date(2026, 3, 2), date(2026, 3, 1)


@pytest.mark.parametrize(
    ("at_once", "last", "hour", "due"),
    [
        (False, None, 6, True),
        (False, YESTERDAY, 20, True),
        (False, TODAY, 12, False),
        (False, None, 5, False),
        (False, YESTERDAY, 21, False),
        (True, TODAY, 3, True),
    ],
)
def test_one_letter_a_day_by_day_unless_asked(at_once: bool, last: date | None, hour: int, due: bool) -> None:
    assert rules.is_time(at_once=at_once, last=last, today=TODAY, hour=hour) is due


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("ani@contoh.id", True), ("ani+suara@surat.contoh.co.id", True), ("ani", False), ("@contoh.id", False),
        ("ani@contoh", False), ("ani@contoh.id\nbcc: x@y.id", False), ("a b@contoh.id", False), ("", False),
    ],
)  # fmt: skip
def test_what_is_a_mailbox(address: str, kept: bool) -> None:
    verdict = rules.may_keep(kind=ContactKind.EMAIL, address=address, has_mail=True)
    assert verdict.allowed is kept
    assert kept or verdict.reason == Reason.ADDRESS_BROKEN


def test_no_mailbox_is_kept_where_no_mail_is_sent() -> None:
    verdict = rules.may_keep(kind=ContactKind.EMAIL, address="ani@contoh.id", has_mail=False)
    assert verdict.reason == Reason.NO_MAIL
    assert rules.may_keep(kind=ContactKind.GATEWAY, address="628123", has_mail=False).allowed


def test_the_same_mailbox_is_the_same_word() -> None:
    assert rules.tidy(ContactKind.EMAIL, " Ani@Contoh.ID ") == "ani@contoh.id"
    assert rules.tidy(ContactKind.PUSH, " https://a/Bc ") == "https://a/Bc"


@pytest.mark.parametrize(("followed", "allowed"), [(49, True), (50, False)])
def test_an_address_follows_so_much(followed: int, allowed: bool) -> None:
    assert rules.may_follow(followed=followed).allowed is allowed
