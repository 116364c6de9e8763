"""Reading and writing `.pb` files."""

from pathlib import Path

import pytest

from .. import Invalid, parse_pabulib, read_pabulib, write_pabulib

FILES = Path(__file__).parent / "files"


def votes(name):
    contest = read_pabulib(FILES / name)
    ballots, ids = contest.ballots, [p.id for p in contest.proposals]
    rows = []
    for k in range(ballots.rows):
        part = slice(ballots.offsets[k], ballots.offsets[k + 1])
        row = {ids[c]: int(p) for c, p in zip(ballots.choices[part], ballots.points[part], strict=True)}
        rows.append((row, int(ballots.weight[k])))
    return rows


def test_approvals_with_blanks_and_quotes_and_the_same_paper_twice():
    contest = read_pabulib(FILES / "approval.pb")
    assert [p.cost for p in contest.proposals] == [40000000, 30000000, 20000000, 60000000, 10000000]
    assert contest.proposals[1].title == "Posyandu RW 05; meja dan timbangan"
    assert contest.proposals[1].groups == {"perempuan", "anak"}
    assert contest.proposals[0].heading == "sarana"
    assert contest.pots[0].ceiling == 100_000_000
    assert votes("approval.pb")[0] == ({"drain": 1, "lampu": 1}, 3)
    assert contest.ballots.residents == 8


def test_points_of_nought_are_no_choice():
    assert votes("cumulative.pb") == [({"a": 3, "b": 2}, 1), ({"b": 5}, 1), ({"c": 5}, 1)]


@pytest.mark.parametrize(("old", "new"), [("3,2", "3.0, 2"), ("5,0", "+5,-1")])
def test_points_written_otherwise(old, new):
    text = (FILES / "cumulative.pb").read_text()
    assert parse_pabulib(text.replace(old, new)) == parse_pabulib(text)
    with pytest.raises(Invalid, match="points"):
        parse_pabulib(text.replace(old, "1.5,2"))


def test_a_ranking_gives_the_longest_length_to_the_first():
    assert votes("ordinal.pb") == [({"a": 3, "b": 2, "c": 1}, 1), ({"b": 3, "a": 2}, 1), ({"c": 3}, 1)]


def test_an_empty_paper_counts_as_a_resident():
    assert votes("choose1.pb") == [({"a": 1}, 1), ({"b": 1}, 2), ({}, 1)]


@pytest.mark.parametrize("name", ["approval.pb", "cumulative.pb", "ordinal.pb", "choose1.pb"])
def test_what_is_written_reads_the_same(name):
    contest = read_pabulib(FILES / name)
    text = write_pabulib(contest, {"unit": "Kelurahan; Contoh"}, ["a"], seed=7)
    again = parse_pabulib(text)
    assert again.proposals == contest.proposals
    assert again.pots == contest.pots

    def counted(c):
        b = c.ballots
        return sorted(
            (tuple(b.choices[i:j].tolist()), tuple(b.points[i:j].tolist()), w)
            for i, j, w in zip(b.offsets[:-1], b.offsets[1:], b.weight.tolist(), strict=True)
        )

    assert counted(again) == counted(contest)


def test_the_order_of_written_papers_is_drawn_anew():
    contest = read_pabulib(FILES / "approval.pb")
    papers = {write_pabulib(contest).partition("VOTES")[2] for _ in range(8)}
    assert len(papers) > 1


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("1;drain,lampu;40;F", "1;drain,gapura;40;F", "gapura"),
        ("vote_type;approval", "vote_type;magic", "vote_type"),
        ("budget;100000000", "budget;banyak", "budget"),
        ("lampu;20000000", "lampu;20000000.5", "cost of lampu"),
        ("lampu;20000000", "drain;20000000", "project_id"),
        ("VOTES\n", "", "VOTES"),
        ("project_id;cost", "project;price", "project_id"),
        ("voter_id;vote;", "voter_id;ballot;", "vote"),
    ],
)
def test_a_file_that_contradicts_itself_names_the_place(old, new, word):
    text = (FILES / "approval.pb").read_text()
    assert old in text
    with pytest.raises(Invalid, match=word):
        parse_pabulib(text.replace(old, new))
