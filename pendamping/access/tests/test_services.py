"""Accounts and roles: every act, its refusals, and that no sequence of them goes beyond the giver."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from pendamping.access import services
from pendamping.access.enums import Reason
from pendamping.access.models import Account, Grant, Invitation
from pendamping.access.phones import Number
from pendamping.access.roles import ROLES
from pendamping.access.scope import scope_of
from pendamping.access.tests import personas
from pendamping.access.tests.factories import authenticator, grant
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry, Operation, new_uid
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

AT = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def add(by: Account | None, region: Region, **changed: Any) -> Account:
    facts: dict[str, Any] = {"username": "dedi", "name": "Dedi Contoh", "role": "rt_rw", "region": region}
    return services.add_person(by=by, at=AT, **{**facts, **changed})


def refusal(work: Any, *args: Any, **facts: Any) -> Any:
    with pytest.raises(Refused) as caught:
        work(*args, **facts)
    return caught.value.reason


@pytest.mark.django_db
class TestAccounts:
    def test_a_ward_head_adds_a_chair_who_then_holds_the_role(self) -> None:
        ward = places.ward()
        dedi = add(personas.lurah(ward), ward, phone=Number("+6281234567890"), decree="SK 12/2026")
        assert scope_of(dedi, TODAY).can(Verb.VOICE_RECORD, ward)
        assert not dedi.has_usable_password()
        verbs = list(JournalEntry.objects.order_by("position").values_list("verb", "office", "chain"))
        assert verbs == [
            ("access.account_added", "ward_head", ward.path),
            ("access.role_granted", "ward_head", ward.path),
        ]
        assert list(journal.verify()) == []

    def test_the_journal_and_the_operations_tell_neither_name_nor_number_nor_address(self) -> None:
        ward = places.ward()
        lurah = personas.lurah(ward)
        facts = {"email": "dedi@contoh.id", "phone": Number("+6281234567890"), "op": new_uid()}
        dedi = add(lurah, ward, **facts)
        services.edit_person(by=lurah, at=AT, account=dedi, name="Dedi Baru", email="baru@contoh.id", phone=None)
        kept = [*JournalEntry.objects.values(), *Operation.objects.values()]
        words = json.dumps(kept, default=str)
        assert [word for word in ("Dedi", "dedi", "contoh.id", "81234567890") if word in words] == []
        assert JournalEntry.objects.latest("id").changes == {"fields": ["name", "email", "phone"]}

    def test_a_name_address_or_number_belongs_to_one_account(self) -> None:
        ward = places.ward()
        lurah = personas.lurah(ward)
        add(lurah, ward, email="dedi@contoh.id", phone=Number("+6281234567890"))
        assert refusal(add, lurah, ward) == Reason.USERNAME_TAKEN
        assert refusal(add, lurah, ward, username="lain", email="dedi@contoh.id") == Reason.EMAIL_TAKEN
        assert refusal(add, lurah, ward, username="lain", phone=Number("+6281234567890")) == Reason.PHONE_TAKEN
        assert Account.objects.filter(username="lain").count() == 0

    def test_a_refused_role_leaves_no_account_behind(self) -> None:
        ward = places.ward()
        assert refusal(add, personas.lurah(ward), ward, role="ward_facilitator") == Reason.NOT_HELD
        assert refusal(add, personas.sari(ward), ward) == Reason.OUTSIDE_OWN_PLACE
        assert Account.objects.filter(username="dedi").count() == 0

    def test_the_same_operation_makes_one_account(self) -> None:
        ward, op = places.ward(), new_uid()
        lurah = personas.lurah(ward)
        assert add(lurah, ward, op=op) == add(lurah, ward, op=op)
        assert Grant.objects.filter(account__username="dedi").count() == 1

    def test_shutting_and_opening_an_account(self) -> None:
        ward = places.ward()
        lurah, chair = personas.lurah(ward), personas.person("rt_rw", ward, "pak-rw")
        shut = services.disable_person(by=lurah, at=AT, account=chair, reason="Pindah rumah")
        assert scope_of(shut, TODAY).holdings == ()
        again = {"by": lurah, "at": AT, "account": chair, "reason": "Pindah rumah"}
        assert refusal(services.disable_person, **again) == Reason.ALREADY_SO
        assert services.enable_person(by=lurah, at=AT, account=chair, reason="Kembali").is_active

    def test_a_ward_head_cannot_take_over_a_colleagues_account(self) -> None:
        ward = places.ward()
        lurah, sari = personas.lurah(ward), personas.sari(ward)
        for work in (services.invite, services.disable_person, services.edit_person):
            facts = {"reason": "x"} if work is services.disable_person else {}
            facts |= {"name": "X", "email": "", "phone": None} if work is services.edit_person else {}
            assert refusal(work, by=lurah, at=AT, account=sari, **facts) == Reason.HOLDS_MORE
            assert refusal(work, by=lurah, at=AT, account=lurah, **facts) == Reason.NOT_ONESELF

    def test_the_command_line_resets_a_lost_factor(self) -> None:
        lurah = personas.lurah(places.ward())
        authenticator(lurah)
        services.reset_factor(by=None, at=AT, account=lurah)
        assert Authenticator.objects.count() == 0
        assert JournalEntry.objects.get().verb == "access.factor_reset"
        assert JournalEntry.objects.get().office == "operator"


@pytest.mark.django_db
class TestRoles:
    def test_a_role_given_twice_for_the_same_time_is_refused_and_a_following_term_is_not(self) -> None:
        ward, city = places.ward(), places.city()
        office, wati = personas.secretariat(city), personas.account("wati")
        term = {"role": "ward_facilitator", "region": ward, "account": wati, "by": office, "at": AT}
        services.grant_role(**{**term, "by": None}, starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31))
        assert (
            refusal(services.grant_role, **term, starts_on=date(2025, 12, 31), ends_on=date(2026, 12, 31))
            == Reason.ALREADY_GRANTED
        )
        assert refusal(services.grant_role, **term, starts_on=date(2025, 11, 1)) == Reason.ALREADY_GRANTED
        services.grant_role(**term, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
        assert scope_of(wati, TODAY).can(Verb.VOICE_RECORD, ward)

    def test_dates_in_order(self) -> None:
        ward = places.ward()
        facts = {"by": personas.lurah(ward), "at": AT, "account": personas.account("x"), "role": "lpm", "region": ward}
        assert (
            refusal(services.grant_role, **facts, starts_on=TODAY, ends_on=TODAY - timedelta(days=1))
            == Reason.DATES_REVERSED
        )

    def test_a_giver_whose_role_was_ended_gives_nothing(self) -> None:
        ward = places.ward()
        lurah = personas.account("lurah-lama")
        grant(lurah, "ward_head", ward, ends_on=TODAY - timedelta(days=1))
        facts = {"by": lurah, "at": AT, "account": personas.account("x"), "role": "lpm", "region": ward}
        assert refusal(services.grant_role, **facts) == Reason.OUTSIDE_OWN_PLACE

    def test_ending_a_role_counts_at_once_and_keeps_who_and_why(self) -> None:
        ward = places.ward()
        lurah, chair = personas.lurah(ward), personas.person("rt_rw", ward, "pak-rw")
        given = Grant.objects.get(account=chair)
        ended = services.revoke_role(by=lurah, at=AT, grant=given, reason="Pindah rumah")
        assert (ended.revoked_at, ended.revoked_by, ended.revoked_reason) == (AT, lurah, "Pindah rumah")
        assert scope_of(chair, TODAY).holdings == ()
        assert JournalEntry.objects.get().reason == "Pindah rumah"
        assert refusal(services.revoke_role, by=lurah, at=AT, grant=given, reason="x") == Reason.ALREADY_REVOKED

    def test_nobody_ends_their_own_role_or_one_they_could_not_give(self) -> None:
        ward = places.ward()
        lurah = personas.lurah(ward)
        own, saris = Grant.objects.get(account=lurah), Grant.objects.get(account=personas.sari(ward))
        assert refusal(services.revoke_role, by=lurah, at=AT, grant=own, reason="x") == Reason.NOT_ONESELF
        assert refusal(services.revoke_role, by=lurah, at=AT, grant=saris, reason="x") == Reason.NOT_HELD


@pytest.mark.django_db
class TestInvitations:
    def made(self) -> tuple[Account, Any]:
        ward = places.ward()
        chair = personas.person("rt_rw", ward, "pak-rw")
        return chair, services.invite(by=personas.lurah(ward), at=AT, account=chair)

    def test_a_link_sets_the_password_once(self) -> None:
        chair, link = self.made()
        services.accept_invitation(by=None, at=AT, key=link.key, password="lurus-tenang-jujur")
        chair.refresh_from_db()
        assert chair.check_password("lurus-tenang-jujur")
        again = {"by": None, "at": AT, "key": link.key, "password": "x"}
        assert refusal(services.accept_invitation, **again) == Reason.LINK_OVER

    @pytest.mark.parametrize("how", ["old", "replaced", "wrong", "disabled"])
    def test_a_link_that_is_over_does_nothing(self, how: str) -> None:
        chair, link = self.made()
        at, key = (AT + timedelta(hours=24), link.key) if how == "old" else (AT, link.key)
        if how == "replaced":
            services.invite(by=None, at=AT, account=chair)
        if how == "disabled":
            Account.objects.update(is_active=False)
        if how == "wrong":
            key += "x"
        facts = {"by": None, "at": at, "key": key, "password": "lurus-tenang-jujur"}
        assert refusal(services.accept_invitation, **facts) == Reason.LINK_OVER

    def test_only_the_hash_of_a_link_is_kept(self) -> None:
        _chair, link = self.made()
        kept = json.dumps([*Invitation.objects.values(), *JournalEntry.objects.values()], default=str)
        assert link.key not in kept


ROLE_KEYS = sorted(ROLES)
STEPS = st.lists(
    st.tuples(
        st.integers(0, 5),  # who
        st.integers(0, 5),  # to whom
        st.sampled_from(ROLE_KEYS),
        st.integers(0, 4),  # where
        st.sampled_from([None, -30, 0, 30, 365]),  # until, in days
        st.sampled_from(["grant", "grant", "grant", "revoke", "disable"]),
        st.integers(0, 60),  # days that pass
    ),
    min_size=1,
    max_size=25,
)


class TestNobodyGoesBeyond(TestCase):
    """Random histories of giving and taking among six people in two cities."""

    @given(STEPS)
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    def test_no_history_gives_more_than_the_giver_held(self, steps: list[Any]) -> None:
        where = [places.city(), places.district(), places.ward(1), places.ward(2), places.foreign_ward()]
        office, head = personas.secretariat(where[0]), personas.lurah(where[2])
        everybody = [office, head, *(personas.account(name) for name in ("a", "b", "c", "d"))]
        Grant.objects.filter(account=office).update(ends_on=TODAY + timedelta(days=200))
        at = AT
        for who, whom, role, place, until, what, days in steps:
            at += timedelta(days=days)
            by, account = everybody[who], everybody[whom]
            before = scope_of(by, at.date())
            powers = list(
                Grant.objects.filter(account=by, revoked_at=None, starts_on__lte=at.date()).select_related("region")
            )
            ends_on = None if until is None else at.date() + timedelta(days=until)
            try:
                if what == "grant":
                    made = services.grant_role(
                        by=by, at=at, account=account, role=role, region=where[place], ends_on=ends_on
                    )
                    assert by != account
                    assert before.can(Verb.PEOPLE_MANAGE, where[place])
                    assert where[place].level in ROLES[role].levels
                    assert [
                        power
                        for power in powers
                        if role in ROLES[power.role].delegates
                        and where[place].path.startswith(power.region.path)
                        and (power.ends_on is None or (power.ends_on >= at.date() and made.ends_on is not None
                                                       and made.ends_on <= power.ends_on))
                    ]  # fmt: skip
                elif what == "revoke":
                    given = Grant.objects.filter(account=account).order_by("-id").first()
                    if given is not None:
                        services.revoke_role(by=by, at=at, grant=given, reason="Uji")
                        assert by != account
                        assert before.can(Verb.PEOPLE_MANAGE, given.region)
                else:
                    services.disable_person(by=by, at=at, account=account, reason="Uji")
                    assert by != account
            except Refused:
                continue
        for account in everybody[2:]:
            held = scope_of(Account.objects.get(pk=account.pk), at.date())
            assert not held.can_anywhere(Verb.VIEW_AS)
            assert not held.can(Verb.RECORD_SEE, where[4])
