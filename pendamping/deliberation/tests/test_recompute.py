"""`pendamping recompute`: says that a published result is reproduced, and what is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from pendamping import cli
from pendamping.deliberation.allocation import Ballots, Contest, Pot, Proposal, Rule, decide

PB = """META
key;value
num_projects;3
num_votes;4
budget;100
vote_type;approval
PROJECTS
project_id;cost;name;selected
1;50;Drainase;{first}
2;50;Posyandu;1
3;50;Lampu;0
VOTES
voter_id;vote
a;1,2
b;1
c;2
d;3
"""


SPOILT: dict[str, Callable[[Any], Any]] = {
    "contest.ballots.weight": lambda of: of["contest"]["ballots"].pop("weight"),
    "contest.proposals[1].cost": lambda of: of["contest"]["proposals"][1].pop("cost"),
    "contest.proposals[0]": lambda of: of["contest"]["proposals"][0].update(cost="mahal"),
    "contest.rule": lambda of: of["contest"]["rule"].update(aneh=1),
    "decision.rounds[0].price": lambda of: of["decision"]["rounds"][0].pop("price"),
    "decision.certificates": lambda of: of["decision"].update(certificates=None),
}


def published(tmp_path: Path, **rule: Any) -> Path:
    proposals = tuple(Proposal(f"p{n}", f"Usulan {n}", cost) for n, cost in enumerate((30, 50, 40)))
    contest = Contest(
        proposals, Ballots.of([[0, 1], [0], [1, 2], [2]]), (Pot("all", 90),), (), Rule(lot=("p0", "p1", "p2"), **rule)
    )
    document = {"contest": contest.to_json(), "decision": decide(contest).to_json()}
    path = tmp_path / "hasil.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_a_published_file_is_reproduced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["recompute", str(published(tmp_path))]) == 0
    assert "SAMA" in capsys.readouterr().out


def test_a_result_that_was_touched_is_told_with_what_differs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = published(tmp_path)
    document = json.loads(path.read_text(encoding="utf-8"))
    loser = next(one for one, status in document["decision"]["status"].items() if status == "not")
    document["decision"]["funded"][-1] = loser
    path.write_text(json.dumps(document), encoding="utf-8")
    assert cli.main(["recompute", str(path), "--language", "en"]) == 1
    out = capsys.readouterr().out
    assert "DIFFERS" in out
    assert loser in out


def test_a_ballot_that_was_added_afterwards_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = published(tmp_path)
    document = json.loads(path.read_text(encoding="utf-8"))
    document["contest"]["ballots"]["weight"][-1] += 1
    path.write_text(json.dumps(document), encoding="utf-8")
    assert cli.main(["recompute", str(path), "--quick"]) == 1
    assert "inputs_hash" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "baris 1 bukan JSON yang utuh"),
        ('{"contest": {}, "decision": {}}', "contest.proposals: tidak ada"),
        ("[1]", "bukan berkas hasil yang diumumkan: bagian contest tidak ada"),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused(
    tmp_path: Path, text: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    assert cli.main(["recompute", str(path)]) == 2
    said = capsys.readouterr().err
    assert str(path) in said
    assert why in said


def test_a_field_that_is_missing_or_strange_is_named_with_the_cure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = published(tmp_path).read_text(encoding="utf-8")
    for name, spoil in SPOILT.items():
        document = json.loads(whole)
        spoil(document)
        path = tmp_path / "rusak.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        assert cli.main(["recompute", str(path), "--language", "en"]) == 2, name
        said = capsys.readouterr().err
        assert said.startswith(f"The file {path} cannot be read: {name}: "), said
        assert said.endswith("Download it again, or mend that part.\n")


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("step_permille", -1, "must be 1 to 1000 thousandths"),
        ("step_permille", 10**12, "must be 1 to 1000 thousandths"),
        ("cap", 0, "must be 1 to 10 times the first share"),
        ("cap", 10**12, "must be 1 to 10 times the first share"),
    ],
)
def test_a_rule_whose_steps_would_hardly_end_is_refused_at_reading(
    field: str, value: int, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = published(tmp_path)
    document = json.loads(path.read_text(encoding="utf-8"))
    document["contest"]["rule"][field] = value
    path.write_text(json.dumps(document), encoding="utf-8")
    assert cli.main(["recompute", str(path), "--language", "en"]) == 2
    said = f"The file {path} cannot be read: contest.rule.{field}: {why}. Download it again, or mend that part.\n"
    assert capsys.readouterr().err == said
    assert cli.main(["recompute", str(path)]) == 2
    assert "sampai" in capsys.readouterr().err


def test_the_highest_cap_that_a_ballot_may_have_is_read_and_reproduced(tmp_path: Path) -> None:
    path = published(tmp_path, cap=10, step_permille=1000)
    assert cli.main(["recompute", str(path)]) == 0


def test_every_part_taken_away_or_turned_to_another_kind_ends_in_a_plain_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = published(tmp_path).read_text(encoding="utf-8")
    path = tmp_path / "rusak.json"
    dice = Random(5)
    for _ in range(80):
        document = json.loads(whole)
        spoilt_somewhere(document, dice)
        path.write_text(json.dumps(document), encoding="utf-8")
        code = cli.main(["recompute", str(path), "--quick"])
        said = capsys.readouterr()
        assert code in (0, 1, 2)
        assert (code == 2) == bool(said.err)
        assert code != 2 or str(path) in said.err


def spoilt_somewhere(document: Any, dice: Random) -> None:
    """Take away or change one thing at a place of any depth."""
    keys = list(document) if isinstance(document, dict) else list(range(len(document)))
    key = dice.choice(keys)
    if isinstance(document[key], dict | list) and document[key] and dice.random() < 0.8:
        spoilt_somewhere(document[key], dice)
    elif dice.random() < 0.4:
        del document[key]
    else:
        document[key] = dice.choice([None, "x", -1, 10**30, 0.5, [], {}, [[1]], True])


def test_what_allocate_prints_is_told_from_a_published_result(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "keluaran.json"
    path.write_text('{"selected": ["1"], "total_cost": 5}', encoding="utf-8")
    assert cli.main(["recompute", str(path)]) == 2
    assert "bukan berkas hasil" in capsys.readouterr().err


@pytest.mark.parametrize(("first", "code"), [("1", 0), ("0", 1)])
def test_a_pabulib_file_is_compared_with_its_column_selected(tmp_path: Path, first: str, code: int) -> None:
    path = tmp_path / "ward.pb"
    path.write_text(PB.format(first=first), encoding="utf-8")
    assert cli.main(["recompute", str(path), "--ties", "id"]) == code


def test_a_pabulib_file_without_a_result_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "ward.pb"
    path.write_text(PB.replace(";selected", "").replace(";{first}", "").replace(";1\n3", "\n3").replace(";0\n", "\n"))
    assert cli.main(["recompute", str(path)]) == 2
    assert "--funded" in capsys.readouterr().err
    assert cli.main(["recompute", str(path), "--funded", "1,2"]) == 0
