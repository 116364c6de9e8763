"""`pendamping allocate FILE.pb`."""

import json
from pathlib import Path
from random import Random

import pytest

from pendamping import cli
from pendamping.deliberation import allocation
from pendamping.deliberation.allocation import command, recompute
from pendamping.deliberation.allocation.sentences import rupiah

FILES = Path(allocation.__file__).parent / "tests" / "files"
BITS = (b"", b";", b",", b"\n", b"\xff", b"\x00", b'"', b"9" * 30, b"-1", b"1/0", b"1e9", "²".encode(), b"VOTES\n")


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


def test_the_words_of_a_language_are_all_of_it(capsys):
    for language, words in (("id", ("dibeli pendukungnya", "dari sisa dana")), ("en", ("bought by its supporters",))):
        _, out, _ = told(
            capsys, FILES / "approval.pb", "--language", language, "--completion", "none", "--fill", "votes"
        )
        assert all(f"[{one}]" in out for one in words)
        assert "[share]" not in out and "[fill]" not in out


def test_prices_that_hold_stand_in_place_of_the_estimate(capsys):
    _, out, _ = told(capsys, FILES / "approval.pb", "--ties", "id", "--prices", "--json")
    one = json.loads(out)["prices"]["taman"]
    _, out, _ = told(capsys, FILES / "approval.pb", "--ties", "id", "--prices")
    assert f"didanai pada harga {rupiah(one['funded_at'])}, tidak lagi pada {rupiah(one['not_at'])}." in out
    assert "Perkiraan" not in out


def test_the_sentences_of_an_object_tell_the_price_that_holds_too(capsys):
    given = (FILES / "approval.pb", "--ties", "id", "--json")
    found = json.loads(told(capsys, *given, "--prices")[1])
    at, above = map(rupiah, found["prices"]["taman"].values())
    words = found["explanations"]["taman"]
    assert words["id"].endswith(f"didanai pada harga {at}, tidak lagi pada {above}.") and "Perkiraan" not in words["id"]
    assert words["en"].endswith(f"it is funded at {at}, and no more at {above}.") and "estimate" not in words["en"]
    assert "Perkiraan kasar" in json.loads(told(capsys, *given)[1])["explanations"]["taman"]["id"]


def test_prices_and_brief_are_refused_together_since_brief_leaves_out_where_prices_are_told(capsys):
    with pytest.raises(SystemExit) as left:
        told(capsys, FILES / "approval.pb", "--prices", "--brief", "--json")
    out, err = capsys.readouterr()
    assert (left.value.code, out) == (2, "")
    assert err.splitlines()[-1] == f"pendamping allocate: error: {command.BOTH}"


@pytest.mark.parametrize("of", [command.parser(), recompute.parser()])
def test_every_option_says_what_it_does_and_its_default(of):
    for one in of._actions:
        assert one.help
        if one.option_strings and "--help" not in one.option_strings:
            assert "default" in one.help, one.option_strings


def test_the_examples_of_the_help_run(capsys):
    with pytest.raises(SystemExit):
        cli.main(["allocate", "--help"])
    lines = [line.split("pendamping allocate ")[1] for line in capsys.readouterr().out.splitlines() if ".venv/" in line]
    assert len(lines) == 2
    for line in lines:
        _file, *options = line.split()
        assert told(capsys, FILES / "approval.pb", *options)[0] == 0


def test_a_file_that_cannot_be_read_is_said_so(capsys, tmp_path):
    code, out, err = told(capsys, tmp_path / "none.pb")
    assert (code, out) == (2, "")
    assert err == f"Berkas {tmp_path}/none.pb tidak dapat dibaca: berkas itu tidak ada. Periksa nama dan foldernya.\n"
    assert "it is a folder" in told(capsys, tmp_path, "--language", "en")[2]


@pytest.mark.parametrize("command", ["allocate", "recompute"])
@pytest.mark.parametrize(
    ("was", "instead", "why"),
    [
        ("PROJECTS", "PROYEK", "PROJECTS: bagian itu tidak ada"),
        ("cost", "harga", "PROJECTS: kolom project_id dan cost harus ada"),
        ("budget;100000000", "budget;banyak", "budget: 'banyak' bukan jumlah uang"),
        ("budget;100000000", "budget;1/0", "budget: '1/0' bukan jumlah uang"),
        ("budget;100000000", "budget;100.000", "budget: '100.000' harus ditulis tanpa pemisah ribuan"),
        ("budget;100000000", "budget;100,000,000", "budget: '100,000,000' harus ditulis tanpa pemisah ribuan"),
        ("budget;100000000", f"budget;{'9' * 5000}", f"budget: '{'9' * 36}…' bukan jumlah uang"),
        ("drain;40000000", "drain;1e9999999", "cost of drain: '1e9999999' bukan jumlah uang"),
        ("vote_type;approval", "vote_type;lisan", "vote_type: 'lisan' bukan salah satu dari"),
        ("drain,", "selokan,", "vote: 'selokan' bukan usulan"),
    ],
)
def test_a_damaged_file_names_the_field_and_the_cure(capsys, tmp_path, command, was, instead, why):
    text = (FILES / "approval.pb").read_text(encoding="utf-8")
    assert was in text
    path = tmp_path / "rusak.pb"
    path.write_text(text.replace(was, instead), encoding="utf-8")
    assert cli.main([command, str(path)]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"Berkas {path} tidak dapat dibaca: {why}")
    assert said.endswith("Unduh berkasnya lagi, atau perbaiki bagian itu.\n")


def test_money_may_be_written_with_places(capsys, tmp_path):
    path = tmp_path / "sen.pb"
    whole = (FILES / "approval.pb").read_text(encoding="utf-8")
    path.write_text(whole.replace("budget;100000000", "budget;100000000.00"), encoding="utf-8")
    assert told(capsys, path)[:2] == told(capsys, FILES / "approval.pb")[:2]


@pytest.mark.parametrize("points", ["3000000000", "9" * 30, "1e9999999"])
def test_points_beyond_measure_are_named(capsys, tmp_path, points):
    path = tmp_path / "banyak.pb"
    lines = (FILES / "cumulative.pb").read_text(encoding="utf-8").splitlines()
    one = lines[-1].rpartition(";")[0]
    path.write_text("\n".join([*lines[:-1], f"{one};{points}"]), encoding="utf-8")
    code, out, err = told(capsys, path)
    assert (code, out) == (2, "") and "points: '" in err


@pytest.mark.parametrize("name", ["approval.pb", "cumulative.pb", "ordinal.pb"])
def test_whatever_is_damaged_ends_in_a_sentence(capsys, tmp_path, name):
    whole, dice, path = (FILES / name).read_bytes(), Random(7), tmp_path / "rusak.pb"
    for _ in range(40):
        at, length = dice.randrange(len(whole)), dice.choice((1, 1, 3, 40))
        path.write_bytes(whole[:at] + dice.choice(BITS) + whole[at + length :])
        for words in (["allocate"], ["recompute", "--quick"]):
            code = cli.main([*words, str(path)])
            out, err = capsys.readouterr()
            assert (code == 2) == bool(err) and bool(out) != bool(err)
            assert not err or (err.startswith(f"Berkas {path}") and err.count("\n") == 1)


def test_most_votes_first_spends_no_leftovers(capsys):
    for language, way, not_so in (("id", "[suara terbanyak]", "sisa dana]"), ("en", "[most votes]", "left]")):
        _, out, _ = told(capsys, FILES / "approval.pb", "--rule", "greedy_votes", "--language", language)
        assert out.count(way) == 4 and not_so not in out
