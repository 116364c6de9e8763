"""`pendamping allocate FILE.pb`."""

import json
from pathlib import Path

import pytest

from pendamping import cli
from pendamping.deliberation import allocation

FILES = Path(allocation.__file__).parent / "tests" / "files"


def told(capsys, *arguments):
    code = cli.main(["allocate", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, out, err


def test_an_object_with_all_a_program_needs(capsys):
    code, out, _ = told(capsys, FILES / "approval.pb", "--json", "--ties", "id")
    found = json.loads(out)
    assert code == 0
    assert found["selected"] == ["drain", "lampu", "posyandu", "kursus"]
    assert found["total_cost"] == 100_000_000
    assert found["seconds_read"] > 0 and found["seconds_rule"] > 0
    assert found["ties"] == 1  # lampu and posyandu, four residents who can all pay
    assert found["explanations"]["taman"]["reason"] == "supporters_spent_elsewhere"
    assert found["explanations"]["taman"]["id"].startswith("Taman bermain tidak didanai. 2 pendukungnya memegang")
    assert found["certificates"]["price_system"] is True


def test_brief_leaves_out_what_is_long(capsys):
    _, out, _ = told(capsys, FILES / "approval.pb", "--json", "--brief")
    assert not {"explanations", "certificates", "rounds"} & set(json.loads(out))


@pytest.mark.parametrize(
    ("options", "selected"),
    [
        (["--rule", "greedy_votes"], ["drain", "lampu", "posyandu", "kursus"]),
        (["--completion", "none"], ["drain", "posyandu"]),  # filled only when asked
        (["--completion", "none", "--fill", "votes"], ["drain", "posyandu", "lampu", "kursus"]),
        (["--rule", "phragmen"], ["lampu", "posyandu", "drain", "kursus"]),
    ],
)
def test_options(capsys, options, selected):
    _, out, _ = told(capsys, FILES / "approval.pb", "--json", "--brief", "--ties", "id", *options)
    assert json.loads(out)["selected"] == selected


@pytest.mark.parametrize("name", ["cumulative.pb", "ordinal.pb", "choose1.pb"])
@pytest.mark.parametrize("utility", ["cost", "count", "points", "points_cost"])
def test_every_kind_of_paper_with_every_utility(capsys, name, utility):
    code, out, _ = told(capsys, FILES / name, "--json", "--utility", utility)
    assert code == 0
    assert json.loads(out)["total_cost"] <= 100


def test_words_for_people_in_both_languages(capsys):
    _, out, _ = told(capsys, FILES / "approval.pb")
    assert "Taman bermain tidak didanai." in out
    assert "Sisa dana: Rp\u00a00" in out
    _, out, _ = told(capsys, FILES / "approval.pb", "--language", "en")
    assert "Taman bermain is not funded." in out


def test_a_file_that_cannot_be_read_is_said_so(capsys, tmp_path):
    code, out, err = told(capsys, tmp_path / "none.pb")
    assert (code, out) == (2, "")
    assert "none.pb" in err
    (tmp_path / "bad.pb").write_text("META\nkey;value\n")
    code, _, err = told(capsys, tmp_path / "bad.pb")
    assert code == 2
    assert "PROJECTS" in err
