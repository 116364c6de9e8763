"""The journal of my places as it is kept: for lurah, camat, inspectorate and whoever must answer for an act."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from pendamping.access.pages import page, render_page
from pendamping.access.scope import Scope
from pendamping.access.verbs import Verb
from pendamping.core import formats
from pendamping.core.codes import read_code
from pendamping.core.models import JournalEntry
from pendamping.deliberation.models import Meeting
from pendamping.needs.models import Voice
from pendamping.needs.queries.visible import told_to_all, without_unseen
from pendamping.telling import phrases

PAGE = 50


@require_safe
@page(Verb.JOURNAL_SEE)
def journal(request: HttpRequest) -> HttpResponse:
    """Every entry of the places where I may read the journal, newest first; when a code is given, of its record.

    The code of a meeting finds what it did with proposals too.
    """
    scope: Scope = request.scope  # type: ignore[attr-defined]
    found = told_to_all(scope.narrow(JournalEntry.objects.order_by("-id"), Verb.JOURNAL_SEE))
    asked = request.GET.get("q", "").strip()
    if asked:
        found = found.filter(_named(read_code(asked) or asked[:40]))
    before = request.GET.get("before", "")
    if before.isdecimal():
        found = found.filter(pk__lt=min(int(before), 2**62))
    entries = without_unseen(found[: PAGE + 1], Voice.objects.all())
    older = ""
    if len(entries) > PAGE:
        wanted = [("q", asked)] if asked else []
        older = "?" + urlencode([*wanted, ("before", str(entries[PAGE - 1].pk))])
    context = {
        "lines": [_line(entry) for entry in entries[:PAGE]],
        "older": older,
        "newer": reverse("insight:journal") if before else "",
        "asked": asked,
        "here": reverse("insight:journal"),
    }
    return render_page(request, "insight/journal.html", context)


def _named(code: str) -> Q:
    """Entries about the record of this code; of a meeting also those about proposals that name it."""
    about = Q(subject_code=code)
    return about | Q(changes__meeting=code) if code.startswith(Meeting.code_kind) else about


def _line(entry: JournalEntry) -> dict[str, str]:
    facts, kept = phrases.all_facts(entry.changes)
    is_coded = bool(read_code(entry.subject_code))
    return {
        "title": phrases.sentence_kept(entry),
        "about": _about(entry.subject_code, entry.subject_label)[:200],
        "href": reverse("portal:journey", args=[entry.subject_code]) if is_coded else "",
        "meta": f"{formats.day(entry.at, 'jam')} · {phrases.who(entry)}",
        "facts": facts[:400],
        "reason": entry.reason,
        "kept": f"{entry.verb} {kept}"[:300].strip(),
        "mark": f"{entry.chain} #{entry.position} {entry.hash[:10]}",
    }


def _about(code: str, label: str) -> str:
    """A record by its code and what it is called; once where the one stands in the other already."""
    bare = label.replace(f"({code})", "").replace(code, "").strip() if code else label
    return " ".join(part for part in (code, bare) if part)
