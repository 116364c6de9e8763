"""Files of questions come in: every trap of the real ones, errors with line and cure, twice the same adds nothing."""

from __future__ import annotations

import json
import os
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from pendamping.core.errors import Refused
from pendamping.facilitators import question_files
from pendamping.facilitators.importers.parsed import words
from pendamping.facilitators.importers.questions import BYTES, read, run
from pendamping.facilitators.models import Question, QuestionBank
from pendamping.facilitators.tests import exam_factories as make
from pendamping.facilitators.tests.exam_factories import NOW
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
HERE = Path(__file__).with_name("fixtures")
REAL = Path(os.environ.get("PENDAMPING_SHARED_DATA", Path(__file__).parents[4] / "shared" / "data")) / "real"


def taken(data: bytes, **facts: Any) -> Any:
    given: dict[str, Any] = {"bank": make.bank(), "by": make.committee(), "at": NOW, "dry_run": False}
    return run(data, **{**given, "good_rows": True, **facts})


def kept(topic: str = "") -> dict[str, Question]:
    found = Question.objects.filter(topic=topic) if topic else Question.objects.all()
    return {question.text: question for question in found}


def test_gift_with_all_its_traps() -> None:
    report = taken((HERE / "soal.gift").read_bytes(), name="soal.gift")
    assert (report.added, report.refused) == (7, 3)
    found = kept("Kelurahan")
    assert [o["text"] for o in found["Siapa yang memimpin kelurahan?"].options] == ["Lurah", "Camat", "Ketua RW"]
    assert found["Siapa yang memimpin kelurahan?"].options[0]["feedback"] == "Benar."
    assert "Musyawarah RW dipimpin oleh _____ setiap tahun." in found
    assert found["Swakelola tipe IV melibatkan pokmas."].kind == "true_false"
    assert [o["text"] for o in found["Manakah yang sama dengan 5?"].options] == ["= 2 + 2", "= 2 + 3"]
    assert found["Berapa persen 5 dari 100?"].options == [{"low": "4.5", "high": "5.5", "weight": "100"}]
    assert found["Dua syarat usulan:"].kind == "multiple"
    assert kept("Sikap")["Pasangkan."].options == [{"text": "a", "match": "b"}, {"text": "c", "match": "d"}]
    assert [(one.row, one.code) for one in report.problems] == [
        (26, "essay"), (28, "picture"), (30, "braces"),
    ]  # fmt: skip


def test_xml_becomes_plain_words_and_says_what_it_leaves_out() -> None:
    report = taken((HERE / "soal.xml").read_bytes(), name="soal.xml")
    assert (report.added, [one.code for one in report.problems]) == (2, ["picture", "kind"])
    found = kept("Anggaran")
    assert set(found) == {"Pagu RW\ntahun ini?", "Berapa RW?"}
    assert [o["weight"] for o in found["Pagu RW\ntahun ini?"].options] == ["100", "33.33333", "0"]
    assert found["Berapa RW?"].options[0]["low"] == "12.0"


BOMB = '<!DOCTYPE quiz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><quiz><question type="essay">&b;</question></quiz>'
FILE = '<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>'


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (BOMB.encode(), "a.xml", "questions_xml_unsafe"),
        (BOMB.encode("utf-16"), "a.xml", "questions_xml_unsafe"),
        (FILE.encode(), "a.xml", "questions_xml_unsafe"),
        (b"<quiz>" + b"<a>" * 60, "a.xml", "questions_xml_unsafe"),
        (b"<quiz><question>", "a.xml", "questions_not_xml"),
        (b"<html></html>", "a.xml", "questions_no_quiz"),
        (b"<quiz>&nbsp;</quiz>", "a.xml", "questions_not_xml"),
        (b"<quiz></quiz>", "a.xml", "questions_empty"),
        (b"{,", "a.json", "questions_not_json"),
        (b'{"a": {"b": 1}}', "a.json", "questions_json_shape"),
        (b"[" * 100_000, "a.json", "questions_json_shape"),
        (b'[{"jawaban": ' + b"9" * 5000 + b"}]", "a.json", "questions_json_shape"),
        (b"\xff\xfe\x00", "a.gift", "questions_not_text"),
        (b"Apa saja", "a.txt", "questions_format"),
        (b"x" * (BYTES + 1), "a.gift", "questions_too_large"),
        (b"// hanya komentar", "a.gift", "questions_empty"),
    ],
)
def test_file_that_cannot_be_read_is_refused_with_the_cure(data: bytes, name: str, code: str) -> None:
    with pytest.raises(Refused) as problem:
        read(data, name=name)
    assert problem.value.code == code
    assert problem.value.message


AIKEN = b"Apa ibu kota?\nA) Bandung\nB) Jakarta\nANSWER: B\n\nDua baris\nsoal ini?\na. ya\nb. tidak\nJAWABAN: A\n"


@pytest.mark.parametrize(
    ("data", "added", "codes"),
    [
        (AIKEN, 2, []),
        (AIKEN.replace(b"ANSWER: B", b"ANSWER: D"), 1, ["no_such_option"]),
        (AIKEN.replace(b"B) Jakarta", b"A) Jakarta"), 1, ["letter_twice"]),
        (AIKEN + b"Tanpa kunci?\nA) ya\nB) tidak\n", 2, ["no_answer_line"]),
        (AIKEN + AIKEN, 2, ["twice_in_file", "twice_in_file"]),
        (b"Satu?\nA) ya\nANSWER: A\n", 0, ["options_few"]),
    ],
)
def test_aiken(data: bytes, added: int, codes: list[str]) -> None:
    report = taken(data, format="aiken", topic="Umum")
    assert (report.added, [one.code for one in report.problems]) == (added, codes)


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ({"jawaban": 1}, None),
        ({"jawaban": "B"}, None),
        ({"jawaban": 2}, "key"),
        ({"jawaban": True}, "key"),
        ({"jawaban": None}, "key"),
        ({"jawaban": "ß"}, "key"),
        ({"bobot": [-9999, 1e-300]}, "weights"),
        ({"bobot": [4, 1]}, None),
        ({"bobot": [4]}, "weights"),
        ({"bobot": [0, 0]}, "weights"),
        ({"pilihan": "a,b"}, "shape"),
        ({"pertanyaan": 3}, "shape"),
    ],
)
def test_json_item(item: dict[str, Any], code: str | None) -> None:
    whole = {"pertanyaan": "Apa?", "pilihan": ["ya", "tidak"], **item}
    report = taken(json.dumps({"sosio_kultural": [whole]}).encode())
    assert ([one.code for one in report.problems] or [None]) == [code]
    if code is None:
        question = Question.objects.get()
        assert question.topic == "sosio kultural"
        assert max(float(o["weight"]) for o in question.options) == 100


def test_signs_that_no_database_keeps_are_left_out_of_words_topic_and_report() -> None:
    odd = '[{"pertanyaan": "A\\u0000p\\ud800a?", "pilihan": ["ya", "tidak"], "jawaban": 0}, {"soal": "X\\ud800"}]'
    report = taken(f'{{"sikap\\ud800\\u0000": {odd}}}'.encode(), format="json")
    assert [(one.topic, one.text) for one in Question.objects.all()] == [("sikap", "Apa?")]
    assert str(report.as_text().encode())


def test_weights_are_scaled_to_the_best_option() -> None:
    taken(json.dumps([{"pertanyaan": "Sikap?", "pilihan": list("abc"), "bobot": [1, 4, 3]}]).encode(), topic="Sikap")
    assert [o["weight"] for o in Question.objects.get().options] == ["25", "100", "75"]


def test_same_file_twice_adds_nothing_and_a_trial_writes_nothing() -> None:
    trial = taken(AIKEN, format="aiken", topic="Umum", dry_run=True)
    assert (trial.added, Question.objects.count()) == (2, 0)
    assert taken(AIKEN, format="aiken", topic="Umum").added == 2
    again = taken(AIKEN, format="aiken", topic="Umum")
    assert (again.added, again.already, Question.objects.count()) == (0, 2, 2)


def test_all_or_nothing_writes_nothing_when_one_is_wrong() -> None:
    report = taken(AIKEN.replace(b"ANSWER: B", b"ANSWER: D"), format="aiken", good_rows=False)
    assert (report.refused, Question.objects.count()) == (1, 0)


def test_command_tries_first_makes_the_bank_and_reports(capsys: Any) -> None:
    path = str(HERE / "soal.gift")
    places.city()
    facts = {"bank": "Bank baru", "username": make.committee().username, "city": None}
    with pytest.raises(CommandError):
        call_command("import", "questions", path, "--bank", facts["bank"], "--as", facts["username"])
    assert "Baris 26:" in capsys.readouterr().out
    assert not QuestionBank.objects.exists()
    with pytest.raises(CommandError):
        call_command(
            "import", "questions", path, "--bank", facts["bank"], "--as", facts["username"], "--write", "--good-rows"
        )
    assert QuestionBank.objects.get().questions.count() == 7


@pytest.mark.once
@pytest.mark.parametrize(
    ("path", "format", "added", "codes"),
    [
        ("moodle-items/gift_examples.txt", "gift", 33, {"all_is_right", "twice_in_file"}),
        ("moodle-items/questions.aiken.txt", "aiken", 2, set()),
        ("moodle-items/nested_categories_with_questions.xml", "", 4, {"kind"}),
        ("soal-pppk-id/soal.json", "", 328, {"twice_in_file"}),
    ],
)
def test_real_files(path: str, format: str, added: int, codes: set[str]) -> None:
    if not (REAL / path).is_file():
        pytest.skip(f"the shared data set {path} is not on this machine")
    report = taken((REAL / path).read_bytes(), name=path, format=format)
    assert {one.code for one in report.problems} == codes
    assert report.added == added
    assert all(one.row > 0 for one in report.problems)


MOODLE = """<quiz>
<question type="matching"><questiontext><text>Pasangkan.</text></questiontext>
<subquestion><text>Lurah</text><answer><text>Kelurahan</text></answer></subquestion>
<subquestion><text>Camat</text><answer><text>Kecamatan</text></answer></subquestion></question>
<question type="matching"><questiontext><text>Ada pengecoh.</text></questiontext>
<subquestion><text>Lurah</text><answer><text>Kelurahan</text></answer></subquestion>
<subquestion><text></text><answer><text>Provinsi</text></answer></subquestion></question>
<question type="ordering"><questiontext><text>Urutkan.</text></questiontext>
<answer fraction="2.0"><text>kedua</text></answer><answer fraction="1.0"><text>pertama</text></answer></question>
</quiz>"""


def test_pairs_and_steps_of_moodle_come_in() -> None:
    report = taken(MOODLE.encode(), name="a.xml", topic="Umum")
    assert (report.added, [(one.row, one.code) for one in report.problems]) == (2, [(5, "pair")])
    found = kept("Umum")
    assert found["Pasangkan."].options == [
        {"text": "Lurah", "match": "Kelurahan"}, {"text": "Camat", "match": "Kecamatan"},
    ]  # fmt: skip
    assert found["Urutkan."].options == [{"text": "pertama"}, {"text": "kedua"}]


TRUE_FALSE = """<quiz><question type="truefalse"><questiontext><text>Benarkah?</text></questiontext>
<answer fraction="{}"><text>true</text></answer><answer fraction="{}"><text>false</text></answer></question></quiz>"""


@pytest.mark.parametrize(
    ("true", "false", "right"),
    [("100", "0", "Benar"), ("100.00000", "0", "Benar"), ("0", "100", "Salah"), ("100", "100", ""), ("0", "0", ""),
     ("x", "100", "")],
)  # fmt: skip
def test_true_or_false_has_the_key_of_the_file_or_is_refused(true: str, false: str, right: str) -> None:
    report = taken(TRUE_FALSE.format(true, false).encode(), name="a.xml", topic="Umum")
    assert bool(report.refused) is not bool(right)
    keys = [one["text"] for found in Question.objects.all() for one in found.options if one["weight"] == "100"]
    assert keys == ([right] if right else [])


def test_category_that_cannot_be_read_changes_no_topic() -> None:
    category = '<question type="category"><category><file name="a"/><text>b</text></category></question>'
    report = taken(
        TRUE_FALSE.format(100, 0).replace("<quiz>", f"<quiz>{category}").encode(), name="a.xml", topic="Umum"
    )
    assert (report.added, Question.objects.get().topic) == (1, "Umum")


@pytest.mark.parametrize("one", ["<a ", '<a b="', "<a/", "<!--", "<", " ", "![", "<script>", "<![", "&#1"])
def test_no_text_takes_longer_than_its_length(one: str) -> None:
    started = perf_counter()
    words(f"a{one * (60_000 // len(one))}b", is_html=True)
    assert perf_counter() - started < 3  # a second look at the rest from every sign would take minutes


@pytest.mark.parametrize("inside", ["=a" + "~" * 500_000, "#" + "=1" * 100_000, ">A" + "\na" * 100_000])
def test_gift_with_answers_without_end_is_refused_at_once(inside: str) -> None:
    started = perf_counter()
    report = taken(f"Apa? {{{inside}}}".encode(), format="gift", topic="Umum")
    assert [one.code for one in report.problems] == ["options_many"]
    assert perf_counter() - started < 3


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        ("<p>a</p>\n<p>b</p>", "a\n\nb"), ("a<br/>b", "a\nb"), ("3 < 5 &lt;b&gt; &amp; &#x41;", "3 < 5 <b> & A"),
        ('<a href="x>y">c</a>', "c"), ("x<!-- <p> -->y", "xy"), ("<style>p{}</style>t", "t"),
        ("<script>a<b></script>ok", "ok"), ("<![CDATA[x]]>y", "y"), ("a\n  b&#99999999999;", "a b"), ("a<!-- b", "a"),
    ],
)  # fmt: skip
def test_html_becomes_the_words_it_shows(html: str, plain: str) -> None:
    assert words(html, is_html=True) == plain


@pytest.mark.parametrize("one", ["{=a -> b =c}", "{=a -> =c -> d}"])
def test_half_a_pair_is_refused(one: str) -> None:
    assert [found.code for found in taken(f"Pasangkan. {one}".encode(), format="gift").problems] == ["pair"]


EVERY_KIND: list[dict[str, Any]] = [
    {"text": "Satu: {apa}?", "options": [
        {"text": "100% = benar", "weight": "100", "feedback": "Ya # benar."}, {"text": "%5% -> c\nd", "weight": "0"}]},
    {"text": "// Beberapa~", "kind": "multiple", "topic": "RT/RW", "options": [
        {"text": "a", "weight": "50"}, {"text": "b", "weight": "50"}, {"text": "c", "weight": "-50"}]},
    {"text": "Salahkah?", "kind": "true_false", "feedback": "Karena.", "options": [
        {"text": "Benar", "weight": "0", "feedback": "Bukan."}, {"text": "Salah", "weight": "100"}]},
    {"text": "Benarkah\n\nini?", "kind": "true_false", "options": [
        {"text": "Benar", "weight": "100", "feedback": "Tepat."},
        {"text": "Salah", "weight": "0", "feedback": "Keliru."}]},
    {"text": "Berapa?", "kind": "short_number", "options": [
        {"low": "10.4", "high": "10.4", "weight": "100"}, {"low": "-3", "high": "11", "weight": "50"}]},
    {"text": "Apa?", "kind": "short_text", "options": [
        {"text": "pagu", "weight": "100"}, {"text": "batas", "weight": "75"}]},
    {"text": "Urutkan.", "kind": "ordering", "options": [
        {"text": "z: satu"}, {"text": "a", "feedback": "Lalu ini."}, {"text": "m"}]},
    {"text": "Pasangkan.", "kind": "matching", "options": [
        {"text": "a", "match": "1 = satu"}, {"text": "b", "match": "2", "feedback": "Dua."}]},
]  # fmt: skip


def test_what_goes_out_as_gift_comes_in_as_the_same_questions() -> None:
    bank = make.bank()
    for facts in EVERY_KIND:
        make.question(bank, **facts)
    text = "".join(question_files.gift(bank.questions.order_by("topic", "id")))
    other = make.bank(name="Bank kedua")
    report = taken(text.encode(), bank=other, name="a.gift")
    assert [str(one) for one in report.problems] == []
    assert set(other.questions.values_list("digest", "topic")) == set(bank.questions.values_list("digest", "topic"))


def test_bank_goes_out_as_csv_without_formulas_and_as_gift(client: Client, settings: Any) -> None:
    settings.MFA_REQUIRED = False
    bank = make.bank()
    for facts in EVERY_KIND:
        make.question(bank, **facts)
    make.question(bank, "=1+1?")
    client.force_login(make.committee())
    told = client.get(f"/kerja/bank-soal/{bank.code}/soal.csv").getvalue().decode()
    assert "'=1+1?" in told
    assert "a | 1 = satu\nb | 2" in told
    answer = client.get(f"/kerja/bank-soal/{bank.code}/soal.gift")
    assert (answer.status_code, answer.content.decode().count("$CATEGORY")) == (200, 2)
    page = client.get(f"/kerja/bank-soal/{bank.code}/").content.decode()
    assert f"/kerja/bank-soal/{bank.code}/soal.gift" in page
