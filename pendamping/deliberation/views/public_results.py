"""What anyone reads of a result: the page, the file to compute it again, all ballots, the papers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from pendamping.access.pages import public_page, render_page
from pendamping.core.codes import read_code
from pendamping.core.models import Document
from pendamping.core.pieces import Link
from pendamping.deliberation import papers_results
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.models import Meeting, Result
from pendamping.deliberation.queries import results as queries
from pendamping.deliberation.result_shown import file_name, shown


@public_page()
def public_result(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A result: who is funded, who paid, why not, beside most votes first, and how to compute it again."""
    found = _found(code, number)
    meeting = reverse("deliberation:public", args=[found.meeting.code])
    places = [Link(found.meeting.title, meeting), Link(_("Result %(number)s") % {"number": number})]
    return render_page(request, "deliberation/public_result.html", {**shown(found, is_public=True), "places": places})


@public_page()
def result_file(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The published file, byte by byte as its hash says."""
    found = _found(code, number)
    answer = HttpResponse(queries.document_of(found), content_type="application/json")
    return _named(answer, file_name(found, "json"))


@public_page()
def result_ballots(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """All ballots in the open format of participatory budgeting, under numbers drawn for this publication."""
    found = _found(code, number)
    return _named(HttpResponse(found.ballot_file, content_type="text/plain; charset=utf-8"), file_name(found, "pb"))


@public_page()
def result_annex(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The audit sheet of a result."""
    found = _found(code, number)
    return _paper(found.annex, file_name(found, "pdf"))


@public_page()
def priority_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The priority list of a closed meeting, as printed."""
    meeting = _closed(code)
    return _paper(papers_results.issued_priority_list(meeting), f"prioritas-{meeting.code}.pdf")


@public_page()
def priority_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The priority list of a closed meeting for a spreadsheet."""
    meeting = _closed(code)
    answer = HttpResponse(papers_results.priority_csv(meeting), content_type="text/csv; charset=utf-8")
    return _named(answer, f"prioritas-{meeting.code}.csv")


def _found(code: str, number: int) -> Result:
    found = queries.result_of(read_code(code) or code, number)
    if found is None:
        raise Http404
    return found


def _closed(code: str) -> Meeting:
    found = Meeting.objects.select_related("region").filter(code=read_code(code) or code).first()
    if found is None or found.state != MeetingState.CLOSED:
        raise Http404
    return found


def _paper(paper: Document | None, name: str) -> HttpResponse:
    if paper is None:
        raise Http404
    with paper.file.open("rb") as kept:
        return _named(HttpResponse(kept.read(), content_type="application/pdf"), name)


def _named(answer: HttpResponse, name: str) -> HttpResponse:
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
