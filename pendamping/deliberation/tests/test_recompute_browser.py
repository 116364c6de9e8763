"""The reader's browser comes to the same result as `decide`, sees what was touched, and says what it does not know."""

from __future__ import annotations

import gzip
import json
import subprocess
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any

import pytest

from pendamping.deliberation.allocation import Ballots, Contest, Decision, Pot, Proposal, Rule, decide
from pendamping.deliberation.allocation.tests.elections import KINDS, LIMITS, METHODS, decided

MODULES = Path(__file__).parents[1] / "static" / "deliberation"
MOST_BYTES = 12_000
RUN = """
import { readFileSync } from "node:fs";
const { recompute } = await import(process.argv[2]);
const found = [];
for (const file of JSON.parse(readFileSync(0))) found.push(await recompute(file));
console.log(JSON.stringify(found));
"""
Node = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Node:
    """Recomputes published files with the script of the page, outside a browser."""
    from playwright._impl._driver import compute_driver_executable

    script = tmp_path_factory.mktemp("node") / "run.mjs"
    script.write_text(RUN, encoding="utf-8")

    def run(files: list[dict[str, Any]]) -> list[dict[str, Any]]:
        command = [compute_driver_executable()[0], str(script), str(MODULES / "recompute.js")]
        done = subprocess.run(command, input=json.dumps(files), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        answer: list[dict[str, Any]] = json.loads(done.stdout)
        return answer

    return run


def published(contest: Contest, decision: Decision) -> dict[str, Any]:
    return {"contest": contest.to_json(), "decision": decision.to_json()}


def ward(seed: int, ballots: int = 2000, proposals: int = 40) -> Contest:
    dice = Random(seed)
    liked = [dice.random() ** 2 for _ in range(proposals)]
    rows = [sorted(set(dice.choices(range(proposals), liked, k=dice.randint(3, 8)))) for _ in range(ballots)]
    costs = [dice.choice((30, 40, 50, 75, 100, 150, 200)) * 1_000_000 for _ in range(proposals)]
    listed = tuple(Proposal(f"p{n:02}", f"Usulan {n}", cost) for n, cost in enumerate(costs))
    return Contest(listed, Ballots.of(rows), (Pot("all", sum(costs) // 4),), (), Rule(lot=tuple(p.id for p in listed)))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_same_result_for_many_elections(kind: str, method: str, node: Node) -> None:
    files = [published(*decided(seed, kind, method=method)) for seed in range(70)]
    found = node(files)
    assert [(seed, one) for seed, one in enumerate(found) if one["verdict"] != "same"] == []


def test_floors_by_bonus_and_by_reserve_are_among_them(node: Node) -> None:
    chosen = [decided(seed, LIMITS) for seed in range(120)]
    bonus = [x for x in chosen if x[1].bonus_permille > 1000][:5]
    reserve = [x for x in chosen if "floor" in x[1].status.values()][:5]
    assert bonus and reserve
    assert {one["verdict"] for one in node([published(*x) for x in (*bonus, *reserve)])} == {"same"}


def touches(file: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(what, the published file with one number of its result changed)."""

    def changed(what: str, change: Callable[[dict[str, Any]], None]) -> tuple[str, dict[str, Any]]:
        copy = deepcopy(file)
        change(copy["decision"])
        return what, copy

    decision = file["decision"]
    yield changed("left_over", lambda d: d.update(left_over=d["left_over"] + 1))
    yield changed("share_final", lambda d: d.update(share_final="1/3"))
    yield changed("funded", lambda d: d.update(funded=d["funded"][:-1]))
    yield changed("status", lambda d: d["status"].update({d["funded"][0]: "not"}))
    yield changed("rule_hash", lambda d: d.update(rule_hash="0" * 64))
    if decision["rounds"]:
        yield changed("rounds", lambda d: d["rounds"].pop())
        for field, value in (
            ("price", "1/7"),
            ("paid", "1/1"),
            ("payers", 99),
            ("poor", 98),
            ("tie", ["x"]),
            ("tie_step", "x"),
        ):
            yield changed(field, lambda d, field=field, value=value: d["rounds"][-1].update({field: value}))  # type: ignore[misc]
        name = decision["rounds"][0]["proposal"]
        yield changed("payments", lambda d: d["payments"][name]["amounts"].__setitem__(0, "1/11"))


def test_what_was_touched_is_seen(node: Node) -> None:
    drawn = [decided(seed, method=method) for seed in range(12) for method in ("mes", "phragmen")]
    files = [published(*one) for one in drawn if one[1].funded]
    tried = [one for file in files for one in touches(file)]
    for (what, _), found in zip(tried, node([file for _, file in tried]), strict=True):
        assert found["verdict"] == "differs", what


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("completion", "add1"),
        ("ties", ["coin"]),
        ("method", "knapsack"),
        ("new", 1),
        ("cap", 10**12),
        ("cap", 0.5),
        ("step_permille", 0),
    ],
)
def test_a_rule_it_does_not_know_is_named(field: str, value: object, node: Node) -> None:
    file = published(*decided(1))
    file["contest"]["rule"][field] = value
    (found,) = node([file])
    assert found["verdict"] == "unknown" and found["field"].startswith(field)


def test_a_whole_ward_is_the_same_and_the_script_is_small(node: Node) -> None:
    contest = ward(1)
    file = published(contest, decide(contest))
    assert node([file])[0]["verdict"] == "same"
    assert len(gzip.compress(b"".join(x.read_bytes() for x in sorted(MODULES.glob("recompute*.js"))))) <= MOST_BYTES


@pytest.fixture
def hosted(browser: Any, tmp_path: Path) -> Iterator[tuple[Any, Path, str]]:
    """A page with the script, its folder and its address."""
    for source in (*MODULES.glob("recompute*.js"), Path(__file__).parent / "recompute.html"):
        (tmp_path / source.name).write_bytes(source.read_bytes())
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(tmp_path)))
    Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context()
    yield context.new_page(), tmp_path, f"http://127.0.0.1:{server.server_port}/recompute.html"
    context.close()
    server.shutdown()
    server.server_close()


def test_the_page_says_the_same_differs_and_unreadable(hosted: tuple[Any, Path, str]) -> None:
    tab, folder, address = hosted
    contest = ward(2, 300, 15)
    file = published(contest, decide(contest))
    touched = deepcopy(file)
    touched["decision"]["rounds"][1]["payers"] += 1
    for text, verdict, words in (
        (json.dumps(file), "same", "Sama"),
        (json.dumps(touched), "differs", "putaran 2: payers"),
        ("{", "unreadable", "tidak dapat dibaca"),
    ):
        (folder / "result.json").write_text(text, encoding="utf-8")
        tab.goto(address)
        tab.get_by_role("button").click()
        tab.wait_for_selector(f"[data-verdict={verdict}]")
        assert words in tab.locator("output").inner_text()
