"""Choices of a ballot that hang together: refused when they cannot be, told before the vote, kept by the result."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from pendamping.access.tests import personas
from pendamping.deliberation.models import Poll
from pendamping.deliberation.queries import polls as queries
from pendamping.deliberation.queries.results import Shown
from pendamping.deliberation.rules import ballot_rule
from pendamping.deliberation.tests.result_factories import announced, counted, meeting_with, result
from pendamping.deliberation.tests.test_polls import refused
from pendamping.deliberation.views.rule_told import rule_told
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
MILLION = 1_000_000


def test_links_that_cannot_be_are_refused() -> None:
    meeting, proposals = meeting_with(places.ward(), (10 * MILLION,) * 3)
    a, b, c = (one.code for one in proposals)

    def code_of(**links: object) -> str:
        return refused(announced, meeting, proposals, 50 * MILLION, **links)

    assert code_of(requires={a: ["U-2601-XXXXX-0"]}) == "link_unknown"
    assert code_of(requires={a: [a]}) == "link_itself"
    assert code_of(excludes=[[a, a]]) == "link_itself"
    assert code_of(excludes=[[a, b, c]]) == "link_no_pair"
    assert code_of(requires={a: [b], b: [c], c: [a]}) == "link_circle"
    assert code_of(requires={a: [b], b: [c]}, excludes=[[c, a]]) == "link_both"


def test_links_are_announced_under_the_seal_and_kept_by_the_result() -> None:
    meeting, proposals = meeting_with(places.ward(), (10 * MILLION, 20 * MILLION, 10 * MILLION, 60 * MILLION))
    a, b, c, d = (one.code for one in proposals)
    poll = announced(meeting, proposals, 50 * MILLION, requires={a: [d]}, excludes=[[b, c]])
    published = queries.published(poll)
    assert [(one["requires"], one["excludes"]) for one in published["choices"]] == [
        ([d], []),
        ([], [c]),
        ([], [b]),
        ([], []),
    ]
    assert poll.rule_hash == ballot_rule.digest(published)
    with override("en"):
        said = " | ".join(words for _label, words in rule_told(poll))
    assert "Usulan 1 only if also: Usulan 4" in said
    assert said.count("not both") == 1 and "Usulan 2" in said and "Usulan 3" in said
    shown = Shown(result(counted(poll, "1 2 × 9\n3 × 6")), "en")
    funded = {one.title for one in shown.won}
    assert "Usulan 1" not in funded  # Usulan 4 costs more than there is
    assert len(funded & {"Usulan 2", "Usulan 3"}) == 1
    assert {one.reason for one in shown.lost} >= {"requires", "excluded_by"}


def test_whoever_prepares_a_ballot_says_on_its_page_what_hangs_together(client: Client, settings: Any) -> None:
    settings.MFA_REQUIRED = False
    ward = places.ward()
    meeting, proposals = meeting_with(ward, (10 * MILLION,) * 4)
    a, b, c, d = (one.code for one in proposals)
    client.force_login(personas.sari(ward))
    address = reverse("deliberation:poll_new", args=[meeting.code])
    facts = {
        "title": "Memilih", "basis": "planned", "proposals": [a, b, c, d], "least": "1", "kind": "approval",
        "channels": ["paper"], "ceiling": "30.000.000", "method": "mes", "completion": "steps", "fill": "votes",
        "op": str(uuid.uuid4()),
    }  # fmt: skip
    half = client.post(address, {**facts, "dependent": a})
    assert "Sebut usulan itu dan yang diperlukannya" in half.content.decode()
    alone = client.post(address, {**facts, f"either_{b}": "B"}).content.decode()
    assert "Berikan huruf ini kepada usulan lain juga" in alone
    assert f'id="id_either_{b}"' in alone and alone.count('<option value="B" selected>') == 1  # nothing typed is lost
    letters = {f"either_{b}": "A", f"either_{c}": "A"}
    assert client.post(address, {**facts, "dependent": a, "requires": [d], **letters}).status_code == 302
    kept = {one.proposal.code: one.facts for one in Poll.objects.get().choices.select_related("proposal")}
    assert kept[a]["requires"] == [d] and kept[b]["excludes"] == [c] and kept[c]["excludes"] == [b]
    page = client.get(reverse("deliberation:poll", args=[meeting.code, 1])).content.decode()
    assert "Usulan 1 hanya bila juga: Usulan 4" in page


def test_several_groups_of_which_one_is_chosen_have_a_letter_each(client: Client, settings: Any) -> None:
    settings.MFA_REQUIRED = False
    ward = places.ward()
    meeting, proposals = meeting_with(ward, (10 * MILLION,) * 6)
    codes = [one.code for one in proposals]
    client.force_login(personas.sari(ward))
    address = reverse("deliberation:poll_new", args=[meeting.code])
    page = client.get(address).content.decode()
    assert page.count('<option value="C">C</option>') == 6 and '<option value="D">' not in page  # three pairs at most
    facts = {
        "title": "Memilih", "basis": "planned", "proposals": codes, "least": "1", "kind": "approval",
        "channels": ["paper"], "ceiling": "30.000.000", "method": "mes", "completion": "steps", "fill": "votes",
        "op": str(uuid.uuid4()), **{f"either_{code}": letter for code, letter in zip(codes, "ABABA", strict=False)},
    }  # fmt: skip
    assert client.post(address, facts).status_code == 302
    kept = {one.proposal.code: one.facts["excludes"] for one in Poll.objects.get().choices.select_related("proposal")}
    a, b, c, d, e, f = codes
    assert kept == {a: sorted([c, e]), b: [d], c: sorted([a, e]), d: [b], e: sorted([a, c]), f: []}
    stranger = {**facts, "proposals": codes[1:], "op": str(uuid.uuid4())}
    assert f"{a} bukan pilihan" in client.post(address, stranger).content.decode()


def test_two_drafts_need_two_proposals(client: Client, settings: Any) -> None:
    settings.MFA_REQUIRED = False
    ward = places.ward()
    meeting, _proposals = meeting_with(ward, (10 * MILLION,))
    client.force_login(personas.sari(ward))
    page = client.get(reverse("deliberation:poll_new", args=[meeting.code]))
    assert page.status_code == 200 and "either_" not in page.content.decode()
