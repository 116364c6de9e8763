"""Problem answers (RFC 9457) of the API: one shape for everything that was not done."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from pendamping.core.errors import OperationMismatch, Refused
from pendamping.core.requests import request_id

API = "/api/v1/"
PROBLEM = "application/problem+json"
log = logging.getLogger(__name__)

TITLES = {
    "malformed": gettext_lazy("The request could not be read."),
    "unauthenticated": gettext_lazy("Sign in with a valid token."),
    "forbidden": gettext_lazy("Your role does not allow this here."),
    "not_found": gettext_lazy("There is no such record, or it is outside your area."),
    "no_such_method": gettext_lazy("This address does not know this method; see the Allow header."),
    "failed": gettext_lazy("Something went wrong here, not with you. Try again; if it stays, tell us the request id."),
    "operation_mismatch": gettext_lazy("This operation id was already used with other contents. Make a new one."),
    "invalid": gettext_lazy("Some values cannot be accepted; see errors."),
}


class Problem(Schema):
    """What went wrong, as problem+json."""

    type: str
    title: str
    status: int
    code: str
    detail: str = ""
    errors: list[dict[str, Any]] = []
    request_id: str = ""


ANSWERS: dict[str, Any] = {
    "responses": {
        status: {"$ref": "#/components/responses/Problem"} for status in (400, 401, 403, 404, 409, 415, 422, 429)
    }
}  # what every operation may answer besides


class Api(NinjaAPI):
    """An API that describes its problem answers once for all operations."""

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        described = super().get_openapi_schema(**given)
        schema = Problem.model_json_schema()
        described["components"]["schemas"]["Problem"] = schema
        described["components"]["responses"] = {
            "Problem": {
                "description": Problem.__doc__,
                "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            }
        }
        return described


def problem_response(
    request: HttpRequest, status: int, code: str, *, detail: str = "", errors: list[dict[str, Any]] | None = None
) -> HttpResponse:
    """An answer of type application/problem+json."""
    title = str(TITLES.get(code, detail or code))
    body = {
        "type": f"urn:pendamping:problem:{code}",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail or title,
        "errors": errors or [],
        "request_id": request_id.get(),
    }
    return JsonResponse(body, status=status, content_type=PROBLEM)


def install(api: NinjaAPI) -> None:
    """Teach an API to answer every expected exception as a problem."""

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, error: Refused) -> HttpResponse:
        errors = [{"field": error.field, "code": error.code, "detail": error.message}]
        return problem_response(request, 422, error.code, detail=error.message, errors=errors)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        errors = [
            {"field": ".".join(str(part) for part in item["loc"][1:]), "code": item["type"], "detail": item["msg"]}
            for item in error.errors
        ]
        return problem_response(request, 422, "invalid", errors=errors)

    @api.exception_handler(OperationMismatch)
    def mismatch(request: HttpRequest, error: OperationMismatch) -> HttpResponse:
        return problem_response(request, 409, "operation_mismatch")

    @api.exception_handler(Http404)
    def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem_response(request, 404, "not_found")

    @api.exception_handler(AuthenticationError)
    def unauthenticated(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        return problem_response(request, 401, "unauthenticated")

    @api.exception_handler(HttpError)
    def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem_response(request, error.status_code, "malformed", detail=str(error))

    @api.exception_handler(PermissionDenied)
    def forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
        return problem_response(request, 403, "forbidden")

    @api.exception_handler(SuspiciousOperation)
    def suspicious(request: HttpRequest, error: SuspiciousOperation) -> HttpResponse:
        return problem_response(request, 400, "malformed")

    @api.exception_handler(Exception)
    def failed(request: HttpRequest, error: Exception) -> HttpResponse:
        log.error("%s %s failed, request %s", request.method, request.path, request_id.get(), exc_info=error)
        return problem_response(request, 500, "failed")


# What the framework answers before any operation of ours is reached.
_BEFORE_US = {
    400: "malformed", 403: "forbidden", 404: "not_found", 405: "no_such_method", 500: "failed",
}  # fmt: skip


class ProblemsMiddleware:
    """Under the API, pages of the framework (unknown address, unknown method) become problems as well."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        code = _BEFORE_US.get(answer.status_code)
        if code is None or not request.path.startswith(API) or answer.get("Content-Type", "").startswith(PROBLEM):
            return answer
        problem = problem_response(request, answer.status_code, code)
        if "Allow" in answer:
            problem["Allow"] = answer["Allow"]
        return problem
