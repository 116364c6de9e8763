"""The ranking for those who work on the round: publish it, read every version, take figures away as a file."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pendamping.access.pages import page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.forms import ActForm
from pendamping.core.imports.export import XLSX, csv_response, xlsx_bytes
from pendamping.core.pieces import Act, Column, Link
from pendamping.facilitators.enums.rankings import Part
from pendamping.facilitators.forms.objections import ExportForm
from pendamping.facilitators.models import Ranking, Round, Standing
from pendamping.facilitators.queries import exports
from pendamping.facilitators.queries import rankings as queries
from pendamping.facilitators.queries.rounds import sees_codes
from pendamping.facilitators.services import rankings as services
from pendamping.facilitators.views.appointing import Ask, act_page, attempt
from pendamping.facilitators.views.public_rankings import marks, shown
from pendamping.facilitators.views.rounds import found_round, places


@page(Verb.SELECTION_SEE)
@require_GET
def ranking(request: HttpRequest, code: str) -> HttpResponse:
    """The version in force, post by post; whoever may see codes sees them."""
    found = found_round(request, code, Verb.SELECTION_SEE)
    codes = sees_codes(request.scope, found)  # type: ignore[attr-defined]
    versions = list(queries.rankings(found))
    context = {
        "round": found, "versions": versions, "places": places(found, _("Ranking")),
        "posts": _posts(found, codes) if versions else [], "columns": _columns(codes), "now": _now(versions),
        "acts": _acts(request, found), "is_open": found.objections_until and found.objections_until > timezone.now(),
    }  # fmt: skip
    return render_page(request, "facilitators/ranking.html", context)


def _now(versions: list[Ranking]) -> dict[str, Any] | None:
    return shown(json.loads(versions[0].document)) if versions else None


def _columns(codes: bool) -> list[Any]:
    first = [_("Rank"), *([_("Application")] if codes else []), _("Pseudonym")]
    return [*first, Column(_("Total"), number=True), _("Outcome"), _("Reason")]


def _posts(found: Round, codes: bool) -> list[tuple[str, list[list[Any]]]]:
    tables: dict[str, list[list[Any]]] = {}
    for one in queries.standings(found, found.ranking_version):
        tables.setdefault(str(one.application.post), []).append(_row(one, codes))
    return list(tables.items())


def _row(one: Standing, codes: bool) -> list[Any]:
    names = [one.application.code, one.pseudonym] if codes else [one.pseudonym]
    return [one.rank or "–", *names, marks(one.total), one.get_outcome_display(), one.reason]


def _acts(request: HttpRequest, found: Round) -> list[Act]:
    acts = []
    if request.scope.can(Verb.SELECTION_MANAGE, found):  # type: ignore[attr-defined]
        if not found.ranking_version:
            verdict = queries.publish_verdict(found, timezone.now())
            acts.append(Act(_("Publish the ranking"), _address(found, "ranking_publish"), refusal=verdict.message,
                            kind="primary"))  # fmt: skip
        acts.append(Act(_("Objections"), reverse("facilitators:objections")))
    return [*acts, Act(_("Take away as a file"), _address(found, "round_export"), kind="quiet")]


@page(Verb.SELECTION_MANAGE)
def ranking_publish(request: HttpRequest, code: str) -> HttpResponse:
    """Publish the ranking and open the objection window."""
    found = found_round(request, code)
    form = ActForm(request.POST if request.method == "POST" else None)
    lead = _("Every applicant sees their result. Objections can be lodged for %(days)d days from today.") % {
        "days": found.objection_days
    }
    ask = Ask(
        _("Publish the ranking"), _("Publish"), _address(found, "ranking"), _("The ranking is published."),
        kicker=found.title, lead=lead, confirm=_("Publish the ranking? It cannot be taken back."),
        places=_trail(found, _("Publish the ranking")),
    )  # fmt: skip
    return act_page(request, form, ask, services.publish_ranking, lambda: {"round": found})


@page(Verb.SELECTION_SEE)
def round_export(request: HttpRequest, code: str) -> HttpResponse:
    """Take numbers, decisions or objections away; each download is journaled."""
    found = found_round(request, code, Verb.SELECTION_SEE)
    codes = sees_codes(request.scope, found)  # type: ignore[attr-defined]
    form = ExportForm(request.POST or None, initial={"part": Part.NUMBERS, "form": "xlsx"})

    def facts() -> dict[str, Any]:
        given = {name: form.cleaned_data[name] for name in ("part", "form")}
        return {"round": found, "with_codes": codes, **given}

    if attempt(request, form, services.record_export, facts, said="") is not None:
        return _file(found, form.cleaned_data["part"], form.cleaned_data["form"], codes)
    context = {
        "round": found, "form": form, "codes": codes, "back": _address(found, "ranking"),
        "places": _trail(found, _("Take away as a file")),
    }  # fmt: skip
    return render_page(request, "facilitators/round_export.html", context, status=422 if form.errors else 200)


def _file(found: Round, part: str, form: str, codes: bool) -> Any:
    rows = list(exports.rows_of(found, part, with_codes=codes))
    name = f"seleksi-{found.code}-{part}"
    if form == "csv":
        return csv_response(rows, name)
    answer = HttpResponse(xlsx_bytes(rows, sheet=str(Part(part).label)), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def _address(found: Round, name: str) -> str:
    return reverse(f"facilitators:{name}", args=[found.code])


def _trail(found: Round, here: str) -> list[Link]:
    return [*places(found), Link(_("Ranking"), _address(found, "ranking")), Link(here)]
