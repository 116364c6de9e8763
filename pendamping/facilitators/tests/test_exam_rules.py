"""Questions, draws, times and scores: tables of cases, no database."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from pendamping.facilitators.enums.exams import ItemFlag
from pendamping.facilitators.exam_asking import asked
from pendamping.facilitators.rules import draw, exams, item_analysis, questions
from pendamping.facilitators.rules.draw import Card, Line
from pendamping.facilitators.rules.item_analysis import Limits, Taken

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def options(*weights: str) -> list[dict[str, str]]:
    return [{"text": f"pilihan {place}", "weight": weight} for place, weight in enumerate(weights)]


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        ("single", options("100", "0"), None),
        ("single", options("100", "75", "50", "25"), None),
        ("single", options("100"), "options_few"),
        ("single", options("0", "0"), "no_key"),
        ("single", options("100", "100"), "two_keys"),
        ("single", options("100", "-101"), "weight_unlikely"),
        ("single", options(*["100", *["0"] * 20]), "options_many"),
        ("single", [*options("100"), {"text": "pilihan 0", "weight": "0"}], "option_twice"),
        ("single", [*options("100"), {"text": " ", "weight": "0"}], "option_empty"),
        ("multiple", options("50", "50", "-50", "-50"), None),
        ("multiple", options("33.33333", "33.33333", "33.33333", "-100"), None),
        ("multiple", options("50", "50", "0", "0"), "all_is_right"),
        ("multiple", options("50", "25", "-50"), "weights_sum"),
        ("short_text", options("100", "75"), None),
        ("short_text", options("75"), "no_key"),
        ("short_number", [{"low": "1", "high": "2", "weight": "100"}], None),
        ("short_number", [{"low": "3", "high": "2", "weight": "100"}], "number_range"),
    ],
)
def test_whole_question(kind: str, given: list[Any], code: str | None) -> None:
    verdict = questions.is_whole(kind=kind, topic="Topik", text="Soal?", options=given)
    assert (verdict.reason.value if verdict.reason else None) == code


@pytest.mark.parametrize(
    ("kind", "given", "choice", "earned"),
    [
        ("single", options("100", "0"), [0], "1"),
        ("single", options("100", "75"), [1], "0.75"),
        ("single", options("100", "0"), None, "0"),
        ("multiple", options("50", "50", "-50"), [0, 1], "1"),
        ("multiple", options("50", "50", "-50"), [0, 2], "0"),
        ("multiple", options("33.33333", "33.33333", "33.33333", "-100"), [0, 1, 2], "1"),
        ("short_text", options("100"), "  PILIHAN  0.", "1"),
        ("short_text", options("100"), "lain", "0"),
        ("short_number", [{"low": "3.141", "high": "3.142", "weight": "100"}], "3,1415", "1"),
        ("short_number", [{"low": "1250", "high": "1250", "weight": "100"}], "1.250", "1"),
        ("short_number", [{"low": "1.25", "high": "1.25", "weight": "100"}], "1.250", "1"),
        ("short_number", [{"low": "250", "high": "250", "weight": "100"}], "0.250", "0"),
        ("short_number", [{"low": "400000", "high": "400000", "weight": "100"}], "400.000", "1"),
        ("short_number", [{"low": "1250", "high": "1250", "weight": "100"}], "1250", "1"),
        ("short_number", [{"low": "1250.5", "high": "1251", "weight": "50"}], "1.250,5", "0.5"),
        ("short_number", [{"low": "1", "high": "2", "weight": "100"}], "satu", "0"),
    ],
)
def test_share_earned(kind: str, given: list[Any], choice: Any, earned: str) -> None:
    assert questions.share(kind=kind, options=given, choice=choice) == Decimal(earned)


def test_digest_knows_the_same_question_whatever_the_order_of_its_options() -> None:
    one = questions.digest(kind="single", text="Soal?", options=options("100", "0"))
    assert one == questions.digest(kind="single", text=" Soal?\n", options=list(reversed(options("100", "0"))))
    assert one != questions.digest(kind="single", text="Soal?", options=options("0", "100"))


def cards(count: int = 12) -> list[Card]:
    levels = ("easy", "hard", "")
    return [Card(n, f"{n:032x}", "A" if n % 2 else "B", levels[n % 3], 4) for n in range(count)]


def test_draw_is_the_same_for_the_same_seed_and_differs_between_candidates() -> None:
    lines = [Line("A", 3), Line("B", 2)]
    first = draw.draw(seed="s", code="D26-1", lines=lines, pool=cards())
    assert first == draw.draw(seed="s", code="D26-1", lines=lines, pool=list(reversed(cards())))
    others = [draw.draw(seed="s", code=f"D26-{n}", lines=lines, pool=cards()) for n in range(20)]
    assert len({tuple(one.card.id for one in paper) for paper in others}) > 5
    assert len({one.order for paper in others for one in paper}) > 5
    assert first != draw.draw(seed="t", code="D26-1", lines=lines, pool=cards())


def test_draw_takes_each_question_once_and_lines_with_a_difficulty_choose_first() -> None:
    lines = [Line("A", 4), Line("A", 2, difficulty="hard")]
    paper = draw.draw(seed="s", code="D26-1", lines=lines, pool=cards())
    assert Counter(one.card.topic for one in paper) == {"A": 6}
    assert len({one.card.id for one in paper}) == 6
    assert [one.card.difficulty for one in paper[4:]] == ["hard", "hard"]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([Line("A", 6)], None),
        ([Line("A", 7)], "too_few_questions"),
        ([Line("A", 3, difficulty="hard")], "too_few_questions"),
        ([Line("A", 5), Line("A", 2, difficulty="hard")], "too_few_questions"),
        ([Line("A", 1), Line("A", 2)], "blueprint_line_twice"),
        ([], "blueprint_empty"),
        ([Line("C", 1)], "too_few_questions"),
    ],
)
def test_blueprint_asks_only_what_the_bank_holds(lines: list[Line], code: str | None) -> None:
    held = Counter((card.topic, card.difficulty) for card in cards())
    verdict = draw.can_be_drawn(lines, held)
    assert (verdict.reason.value if verdict.reason else None) == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, None),
        ({"at": NOW + timedelta(minutes=90)}, None),
        ({"at": NOW + timedelta(minutes=90, seconds=20)}, None),
        ({"at": NOW + timedelta(minutes=90, seconds=21)}, "exam_time_up"),
        ({"at": NOW + timedelta(minutes=99), "extra": 10}, None),
        ({"entered": 2}, "exam_superseded"),
        ({"finished": True}, "exam_finished"),
        ({"started_at": None}, "exam_not_started"),
        ({"finished": True, "entered": 2}, "exam_superseded"),
    ],
)
def test_answer_counts_until_time_and_grace_are_over(changes: dict[str, Any], code: str | None) -> None:
    facts: dict[str, Any] = {
        "entry": 1, "entered": 1, "started_at": NOW, "finished": False, "minutes": 90, "extra": 0,
        "grace_seconds": 20, "at": NOW,
    }  # fmt: skip
    verdict = exams.may_answer(**{**facts, **changes})
    assert (verdict.reason.value if verdict.reason else None) == code


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        ("single", ["3"], None),
        ("single", ["4"], "choice_unknown"),
        ("single", ["0", "1"], "choice_unknown"),
        ("single", ["-1"], "choice_unknown"),
        ("single", ["²"], "choice_unknown"),
        ("single", [], None),
        ("multiple", ["0", "3"], None),
        ("short_number", ["12,5"], None),
        ("short_number", ["dua belas"], "not_a_number"),
        ("short_number", ["1e9"], "not_a_number"),
        ("short_text", ["x" * 201], "answer_long"),
        ("short_text", ["a", "b"], "choice_unknown"),
    ],
)
def test_possible_choice(kind: str, given: list[str], code: str | None) -> None:
    verdict = exams.is_possible_choice(kind=kind, options=4, given=given)
    assert (verdict.reason.value if verdict.reason else None) == code


def test_score_weighs_by_points_and_rounds_half_up() -> None:
    one, two = Decimal(1), Decimal(2)
    assert exams.score([(one, one), (two, Decimal(0))]) == Decimal("33.333")
    assert exams.score([(one, one), (two, one)]) == Decimal("100.000")
    assert exams.score([(Decimal(16), Decimal("0.00005"))]) == Decimal("0.005")
    assert exams.score([]) == Decimal("0.000")


def taken(pairs: list[tuple[float, float]]) -> list[Taken]:
    return [Taken(share, rest, (0,) if share else (1,)) for share, rest in pairs]


def test_analysis_below_the_minimum_sample_judges_nothing() -> None:
    item = item_analysis.analyse(taken([(0, 0.9), (0, 0.8)] * 14), options=2, limits=Limits())
    assert (item.n, item.judged, item.flags) == (28, False, ())


@pytest.mark.parametrize(
    ("pairs", "flags"),
    [
        ([(1, 0.9)] * 15 + [(0, 0.2)] * 15, ()),
        ([(0, 0.9)] * 15 + [(1, 0.2)] * 15, (ItemFlag.REVERSED,)),
        ([(1, 0.9), (0, 0.9), (1, 0.2), (0, 0.2)] * 8, (ItemFlag.WEAK,)),
        ([(1, 0.5)] * 32, (ItemFlag.TOO_EASY, ItemFlag.IDLE_OPTION)),
        ([(0, 0.2)] * 28 + [(1, 0.9)] * 2, (ItemFlag.TOO_HARD,)),
    ],
)
def test_analysis_flags(pairs: list[tuple[float, float]], flags: tuple[ItemFlag, ...]) -> None:
    item = item_analysis.analyse(taken(pairs), options=2, limits=Limits())
    assert item.judged
    assert item.flags == flags


def test_analysis_figures_by_hand() -> None:
    item = item_analysis.analyse(taken([(1, 0.8), (1, 0.6), (0, 0.4), (0, 0.2)]), options=2, limits=Limits(sample=4))
    assert item.p == 0.5
    assert item.upper_lower == 1.0
    assert item.point_biserial == pytest.approx(0.8944, abs=1e-4)
    assert item.chosen == {0: 2, 1: 2}


@pytest.mark.parametrize(
    ("state", "running", "expected", "code"),
    [
        ("open", 0, 0, None),
        ("open", 1, 0, "still_running"),
        ("open", 0, 1, "still_expected"),
        ("planned", 0, 0, "sitting_not_open"),
        ("called_off", 0, 0, "sitting_not_open"),
        ("closed", 0, 0, "sitting_closed"),
    ],
)
def test_when_a_sitting_may_be_closed(state: str, running: int, expected: int, code: str | None) -> None:
    verdict = exams.may_close(state=state, running=running, expected=expected, until="10.31 WIB")
    assert (verdict.reason.value if verdict.reason else None) == code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, None),
        ({"starts_at": NOW - timedelta(minutes=1)}, "sitting_past"),
        ({"is_same": True}, "sitting_same"),
        ({"reason": " "}, "sitting_reason"),
        ({"state": "open", "is_same": True}, "sitting_begun"),
        ({"state": "closed"}, "sitting_closed"),
        ({"state": "called_off", "starts_at": NOW - timedelta(minutes=1)}, "sitting_called_off"),
    ],
)
def test_when_a_sitting_may_be_moved(change: dict[str, Any], code: str | None) -> None:
    facts = {"state": "planned", "starts_at": NOW, "at": NOW, "is_same": False, "reason": "Banjir", **change}
    verdict = exams.may_move(**facts)
    assert (verdict.reason.value if verdict.reason else None) == code


STEPS = [{"text": "satu"}, {"text": "dua"}, {"text": "tiga"}, {"text": "empat"}]
PAIRS = [{"text": "a", "match": "1"}, {"text": "b", "match": "2"}, {"text": "c", "match": "3"}]


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        ("ordering", STEPS, None),
        ("ordering", STEPS[:1], "options_few"),
        ("ordering", [*STEPS, {"text": "satu"}], "option_twice"),
        ("matching", PAIRS, None),
        ("matching", [*PAIRS, {"text": "d", "match": "3"}], "option_twice"),
        ("matching", [*PAIRS, {"text": "d"}], "option_empty"),
    ],
)
def test_whole_steps_and_pairs(kind: str, given: list[Any], code: str | None) -> None:
    verdict = questions.is_whole(kind=kind, topic="Topik", text="Soal?", options=given)
    assert (verdict.reason.value if verdict.reason else None) == code


@pytest.mark.parametrize(
    ("kind", "given", "choice", "earned"),
    [
        ("ordering", STEPS, [0, 1, 2, 3], "1"),
        ("ordering", STEPS, [3, 2, 1, 0], "0"),
        ("ordering", STEPS, [1, 2, 3, 0], "0.6667"),
        ("ordering", STEPS, [0, 1, None, None], "0.3333"),
        ("ordering", STEPS, [0, 1, 1, 2], "0"),
        ("ordering", STEPS, None, "0"),
        ("matching", PAIRS, [0, 1, 2], "1"),
        ("matching", PAIRS, [0, 2, 1], "0.3333"),
        ("matching", PAIRS, [0, 0, 2], "0.3333"),
        ("matching", PAIRS, [None, 1, None], "0.3333"),
    ],
)
def test_share_of_steps_and_pairs(kind: str, given: list[Any], choice: Any, earned: str) -> None:
    assert round(questions.share(kind=kind, options=given, choice=choice), 4) == Decimal(earned)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (["0", "1", "2"], None), (["", "", ""], None), (["", "2", ""], None), ([], None),
        (["0", "1"], "choice_unknown"), (["0", "1", "3"], "choice_unknown"), (["0", "1", "x"], "choice_unknown"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["ordering", "matching"])
def test_possible_answer_to_steps_and_pairs(kind: str, given: list[str], code: str | None) -> None:
    verdict = exams.is_possible_choice(kind=kind, options=3, given=given)
    assert (verdict.reason.value if verdict.reason else None) == code


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("kind", ["ordering", "matching"])
def test_answer_kept_is_shown_as_it_was_given(kind: str, order: tuple[int, ...]) -> None:
    for given in permutations(["0", "", "2"]):
        kept = exams.as_kept(kind=kind, order=order, given=given)
        assert [one or "" for one in given] == [
            "" if one is None else str(one) for one in exams.as_shown(kind=kind, order=order, choice=kept)
        ]
    assert exams.as_kept(kind=kind, order=order, given=["", "", ""]) is None


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_right_answer_earns_everything_in_any_order(order: tuple[int, ...]) -> None:
    steps = asked(kind="ordering", options=STEPS[:3], order=order, choice=[0, 1, 2])
    assert [part.text for part in sorted(steps.parts, key=lambda part: part.given)] == ["satu", "dua", "tiga"]
    pairs = asked(kind="matching", options=PAIRS, order=order, choice=[0, 1, 2])
    told = dict(pairs.choices)
    assert {part.text: told[part.given][3:] for part in pairs.parts} == {"a": "1", "b": "2", "c": "3"}


def test_key_of_pairs_is_as_random_as_their_order() -> None:
    keys = {
        tuple(exams.as_shown(kind="matching", order=order, choice=[0, 1, 2])) for order in permutations(range(3))
    }  # fmt: skip
    assert len(keys) == 6


def test_steps_are_never_shown_in_their_right_order() -> None:
    pool = [Card(1, "u", "T", "", 2, shuffled=True, steps=True)]
    for code in range(20):
        [drawn] = draw.draw(seed="s", code=str(code), lines=[Line("T", 1)], pool=pool)
        assert drawn.order == (1, 0)


def test_order_of_steps_makes_the_question() -> None:
    def one(kind: str, options: list[Any]) -> str:
        return questions.digest(kind=kind, text="Soal?", options=options)

    assert one("ordering", STEPS) != one("ordering", STEPS[::-1])
    assert one("matching", PAIRS) == one("matching", PAIRS[::-1])


@pytest.mark.parametrize(
    ("translations", "code"),
    [
        ({}, None),
        ({"en": {"text": "Which?", "options": [{"text": "x", "match": "y"}] * 3}}, None),
        ({"en": {"text": "Which?", "options": [{"text": "x", "match": "y"}] * 2}}, "translation_shape"),
        ({"en": {"text": "Which?", "options": [{"text": "x"}] * 3}}, "translation_shape"),
        ({"en": {"text": " ", "options": []}}, "translation_shape"),
        ({"xx": {"text": "Which?", "options": [{"text": "x", "match": "y"}] * 3}}, "translation_shape"),
    ],
)
def test_translation_fits_its_question(translations: Any, code: str | None) -> None:
    verdict = questions.translations_fit(kind="matching", options=PAIRS, translations=translations)
    assert (verdict.reason.value if verdict.reason else None) == code


def test_question_in_the_language_of_its_reader() -> None:
    told = {"en": {"text": "Which?", "options": [{"text": "one"}, {"text": "two", "feedback": "so"}], "feedback": ""}}
    whole: Any = {"text": "Apa?", "options": options("100", "0"), "feedback": "Sebab", "translations": told}
    english = questions.in_language(**whole, language="en-us")
    assert (english.text, english.feedback) == ("Which?", "Sebab")
    assert english.options == ({"text": "one", "weight": "100"}, {"text": "two", "weight": "0", "feedback": "so"})
    assert questions.in_language(**whole, language="id").text == "Apa?"
