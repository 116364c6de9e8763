"""The ranking for everybody: by pseudonym, with formula, tie rule and the file to recompute it from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from pendamping.access.pages import public_page, render_page
from pendamping.core.formats import number, typed
from pendamping.core.pieces import Column
from pendamping.facilitators.enums.rounds import SelectionOutcome, Stage
from pendamping.facilitators.models import Ranking
from pendamping.facilitators.queries import rankings as queries
from pendamping.facilitators.queries.rounds import public_rounds
from pendamping.facilitators.services.rankings import comparison_label


@public_page()
def public_ranking(request: HttpRequest, code: str) -> HttpResponse:
    """The version in force."""
    return _page(request, _version(code, None))


@public_page()
def public_ranking_version(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """A version by its number: older ones stay readable."""
    return _page(request, _version(code, version))


@public_page()
def public_ranking_file(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """The file itself, byte for byte as its digest was taken."""
    found = _version(code, version)
    answer = HttpResponse(found.document.encode(), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="peringkat-{code}-{found.version}.json"'
    return answer


def _version(code: str, version: int | None) -> Ranking:
    round_ = get_object_or_404(public_rounds(), code=code)
    found = queries.rankings(round_)
    one = found.first() if version is None else found.filter(version=min(version, 30_000)).first()
    if one is None:
        raise Http404
    return one


def _page(request: HttpRequest, found: Ranking) -> HttpResponse:
    round_ = found.round
    context = {
        "round": round_, "ranking": found, "said": shown(json.loads(found.document)),
        "is_newest": found.version == round_.ranking_version, "versions": queries.rankings(round_).defer("document"),
        "file": reverse("facilitators:public_ranking_file", args=[round_.code, found.version]),
        "moves": [move_row(one) for one in found.moves],
        "move_columns": [_("Pseudonym"), _("Before"), _("Now")],
        "command": typed(f"selection recompute peringkat-{round_.code}-{found.version}.json"),
    }  # fmt: skip
    return render_page(request, "facilitators/public_ranking.html", context)


def shown(document: Mapping[str, Any]) -> dict[str, Any]:
    """A published file in words."""
    labels = {post["post"]: post["label"] for post in document["posts"]}
    rows: dict[str, list[list[Any]]] = {post["post"]: [] for post in document["posts"]}
    for row in document["rows"]:
        rows[row["post"]].append(_row(row))
    return {
        "columns": [
            _("Rank"), _("Pseudonym"), _("File check"), Column(_("Test"), number=True),
            Column(_("Interview"), number=True), Column(_("Total"), number=True), _("Outcome"),
        ],
        "posts": [
            {"label": label, "rows": rows[key], "vacant": document["vacant"].get(key, 0),
             "cuts": [_cut(one) for one in document["ties_at_the_cut"] if one["post"] == key]}
            for key, label in labels.items()
        ],
        "formula": _("(test × %(exam)d + interview × %(interview)d) ÷ 100, three decimals, half rounded up")
        % document["weights"],
        "pass_marks": _("test %(exam)s, interview %(interview)s")
        % {name: marks(value) for name, value in document["pass_marks"].items()},
        "ties": ", ".join(comparison_label(one) for one in document["tie_rule"]),
        "seed": document["lottery_seed"], "sha256": document["sha256"], "reserves": document["reserves"],
    }  # fmt: skip


def _row(row: Mapping[str, Any]) -> list[Any]:
    passed = _("has passed") if row["files"] else _("not passed")
    outcome = str(SelectionOutcome(row["outcome"]).label)
    if row["decided_by"]:
        outcome += _(" (equal total, decided by: %(rule)s)") % {"rule": comparison_label(row["decided_by"])}
    if row["failed_at"]:
        outcome += f" ({Stage(row['failed_at']).label})"
    scores = [marks(row[name]) for name in ("exam", "interview", "total")]
    return [row["rank"] or "–", row["pseudonym"], passed, *scores, outcome]


def marks(value: str | Decimal | None) -> str:
    """A score of 100 as people write it."""
    return "–" if value is None else number(Decimal(value), 3)


def _cut(cut: Mapping[str, Any]) -> str:
    line = _("the last place") if cut["between"] == "chosen" else _("the last reserve")
    return _("Equal totals of %(total)s at %(line)s: %(names)s. Decided by: %(rule)s.") % {
        "total": marks(cut["total"]), "line": line, "names": ", ".join(cut["tied"]),
        "rule": comparison_label(cut["decided_by"]),
    }  # fmt: skip


def move_row(move: Mapping[str, Any]) -> list[str]:
    """Who moved: pseudonym, before, now."""
    return [move["pseudonym"], *(_place(*pair) for pair in zip(move["rank"], move["outcome"], strict=True))]


def _place(rank: int | None, outcome: str) -> str:
    if not outcome:
        return _("no longer in the ranking")
    label = str(SelectionOutcome(outcome).label)
    return label if rank is None else _("rank %(rank)d, %(outcome)s") % {"rank": rank, "outcome": label}
