"""Every verb that anything in the code journals can be told to a resident."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import pendamping
from pendamping.core.models import JournalEntry
from pendamping.telling import phrases

ROOT = Path(pendamping.__file__).parent
JOURNEY_APPS = ("needs", "deliberation", "planning", "delivery", "benefits", "assets", "regions", "registry")
APPS = (*JOURNEY_APPS, "access")
VERB = re.compile(rf"^({'|'.join(APPS)})\.[a-z]+(_[a-z]+)+$")


def verbs() -> Iterator[tuple[str, str]]:
    """Every constant of this shape in the services, where acts are declared and journaled."""
    for app in APPS:
        for source in sorted(ROOT.glob(f"{app}/services*")) + sorted(ROOT.glob(f"{app}/services/*.py")):
            if source.is_file():
                for node in ast.walk(ast.parse(source.read_text())):
                    if isinstance(node, ast.Constant) and isinstance(node.value, str) and VERB.match(node.value):
                        yield node.value, source.name


def test_every_verb_has_a_phrase() -> None:
    found = dict(verbs())
    assert len(found) > 20
    journeys = {verb for verb in found if verb.startswith(JOURNEY_APPS)}
    assert journeys - phrases.PHRASES.keys() == set()
    assert found.keys() - journeys - phrases.OFFICE_ACTS.keys() == set()


def test_every_fact_of_a_phrase_can_be_written() -> None:
    named = {key for phrase in phrases.PHRASES.values() for key in phrase.facts}
    assert named <= set(phrases.FACTS)


@pytest.mark.parametrize(
    ("verb", "changes", "words"),
    [
        ("delivery.progress_verified", {"stage": 0, "spent": 0}, "0\u00a0% pekerjaan"),
        (
            "delivery.progress_verified",
            {"stage": 50, "spent": 12_500_000},
            "50\u00a0% pekerjaan, Rp\u00a012.500.000 terpakai sampai kini",
        ),
        (
            "deliberation.proposal_decided",
            {"outcome": [None, "funded"], "amount": [None, 5_000]},
            "Didanai, Rp\u00a05.000",
        ),
        ("deliberation.attendance_counted", {"women": [0, 24], "men": [0, 31]}, "24 perempuan, 31 laki-laki"),
        ("deliberation.attendance_counted", {"women": [0, 2], "men": 31}, "kurang dari 5 perempuan, 31 laki-laki"),
        ("deliberation.meeting_called", {"held_on": "2026-07-01"}, "untuk 1 Juli 2026"),
        ("needs.voices_gathered", {"voices": ["S26-7K3QX-M", "S26-00000-0"]}, "2 suara"),
        ("needs.voice_given", {"channel": "web"}, ""),
    ],
)
def test_particulars(verb: str, changes: dict[str, object], words: str) -> None:
    assert phrases.particulars(verb, changes) == words


def test_programs_are_told_what_people_are_told_and_no_small_group() -> None:
    told = phrases.public_changes("deliberation.attendance_counted", {"women": [0, 2], "men": [0, 31], "poor": [0, 2]})
    assert told == {"women": None, "men": 31}
    assert phrases.public_changes("needs.proposal_revised", {"disabled": [1, 2]}) == {}


def test_a_decision_that_did_not_fund_is_a_stop() -> None:
    assert phrases.outcome_state("deliberation.proposal_decided", {"outcome": [None, "deferred"]}) == "stopped"
    assert phrases.outcome_state("deliberation.proposal_decided", {"outcome": [None, "funded"]}) == "done"


def test_the_whole_journal_shows_every_fact_in_words_or_as_it_is_kept() -> None:
    changes = {"state": ["prepared", "approved"], "budget": [None, 5_000], "amount": [1_000, 2_000]}
    words, kept = phrases.all_facts(changes)
    assert (words, kept) == ("anggaran Rp\u00a05.000, Rp\u00a01.000 → Rp\u00a02.000", "state=prepared → approved")


def test_the_whole_journal_tells_no_small_group_in_words_nor_as_it_is_kept() -> None:
    changes = {
        "women": [0, 84], "men": [3, 31], "disabled": [0, 4], "lpm": [0, 1], "youth": [12, 3], "poor": [2, 0],
        "own_groups": [{}, {"nelayan": 2, "petani": 11}],
    }  # fmt: skip
    assert phrases.all_facts(changes) == (
        "84 perempuan, kurang dari 5 → 31 laki-laki",
        "disabled=kurang dari 5, lpm=kurang dari 5, youth=12 → kurang dari 5, poor=kurang dari 5 → 0, "
        "own_groups=nelayan kurang dari 5; petani 11",
    )


@pytest.mark.parametrize(
    ("verb", "office", "told"),
    [
        ("needs.voice_given", "", "Warga"),
        ("planning.rules_set", "", "Operator"),
        ("planning.project_prepared", "area_coordinator", "Koordinator wilayah"),
        ("access.account_added", "operator", "Operator"),
        ("needs.voice_escalated", "operator", "Tenggat itu sendiri"),
    ],
)
def test_only_public_acts_are_those_of_a_resident(verb: str, office: str, told: str) -> None:
    assert phrases.who(JournalEntry(verb=verb, office=office)) == told
