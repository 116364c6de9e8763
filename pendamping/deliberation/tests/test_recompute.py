"""`pendamping recompute`: says that a published result is reproduced, and what is not."""

from __future__ import annotations

import json
from pathlib import Path

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


def published(tmp_path: Path) -> Path:
    proposals = tuple(Proposal(f"p{n}", f"Usulan {n}", cost) for n, cost in enumerate((30, 50, 40)))
    contest = Contest(
        proposals, Ballots.of([[0, 1], [0], [1, 2], [2]]), (Pot("all", 90),), (), Rule(lot=("p0", "p1", "p2"))
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


@pytest.mark.parametrize("text", ["", "[1]", '{"contest": {}, "decision": {}}'])
def test_a_file_that_is_none_of_ours_is_refused(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    assert cli.main(["recompute", str(path)]) == 2
    assert "tidak dapat dibaca" in capsys.readouterr().err


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
