"""Operations of files made from lists of voices."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Router

from pendamping.access.endpoints import endpoint
from pendamping.access.verbs import Verb
from pendamping.core.problems import problem_response
from pendamping.needs.api._shared import perform, scope_of
from pendamping.needs.models import Export
from pendamping.needs.schemas.exports import ExportIn, ExportOut
from pendamping.needs.services.exports import ask_export

router = Router(tags=["needs"])


@endpoint(router, "POST", "/voice-exports", own=True, response=ExportOut)
def ask_for_file(request: HttpRequest, data: ExportIn) -> Any:
    """Have a list of voices made into a file. It is fetched on the page of the list, and deleted after seven days."""
    places = scope_of(request).paths(Verb.RECORD_SEE)
    if not places:
        return problem_response(request, 403, "forbidden")
    made = perform(request, ask_export, place=places[0], page="voices", query=data.query, format=data.format)
    return 201, ExportOut.of(made)


@endpoint(router, "GET", "/voice-exports/{uid}", own=True, response=ExportOut)
def see_file(request: HttpRequest, uid: UUID) -> Any:
    """How far a file of one's own is."""
    made = Export.objects.filter(account=scope_of(request).account, uid=uid).first()
    if made is None:
        raise Http404
    return ExportOut.of(made)
