"""The API's one way to declare an operation: path, who may, idempotency and the answers it can give."""

from __future__ import annotations

import functools
import inspect
import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from ninja.errors import HttpError

from pendamping.access import gates
from pendamping.access.scope import Scope
from pendamping.access.tokens import token_auth
from pendamping.access.verbs import Verb
from pendamping.core.problems import ANSWERS, problem_response


def endpoint(
    router: Router,
    method: str,
    path: str,
    *,
    verb: Verb | None = None,
    own: bool = False,
    public: bool = False,
    response: Any,
    **options: Any,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare an API operation. It names its verb, or says that it is one's own or public; 401 to 422 are declared.

    One's own: it takes no verb, since it gives and changes only what belongs to the token's owner, also when their role
    has ended, is suspended or has not begun; a token that only reads changes nothing here either.
    A GET changes nothing, so a token that only reads is asked for the verb as any other: one that writes all the same
    on the way asks `scope.reads_only`.
    What writes asks the gates before its verb too (access/gates.py): 403 with the gate's own code, its basis and the
    way on in `errors`. Reading is never shut.
    The function gets `request.scope` of the token's owner; POST may carry Idempotency-Key (a UUID), see operation_id().
    """
    if [verb is not None, own, public].count(True) != 1:
        raise ValueError("an endpoint names a verb, is one's own, or is public")

    def wrap(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            scope: Scope = request.scope  # type: ignore[attr-defined]
            if method == "GET":
                scope = request.scope = scope.for_reading()  # type: ignore[attr-defined]
            if (verb is not None and not scope.can_anywhere(verb)) or (own and scope.reads_only and method != "GET"):
                return problem_response(request, 403, "forbidden")
            closed = gates.shut(request, verb) if verb is not None and method != "GET" else None
            if closed is not None:
                facts = {"field": "", "code": closed.code, "detail": closed.basis, "href": closed.href}
                return problem_response(request, 403, closed.code, detail=closed.message, errors=[facts])
            return function(request, *args, **kwargs)

        # the annotations are read where the operation was written, not here
        run.__signature__ = inspect.signature(function, eval_str=True)  # type: ignore[attr-defined]
        run.verb = verb  # type: ignore[attr-defined]
        run.is_own = own  # type: ignore[attr-defined]
        run.is_public = public  # type: ignore[attr-defined]
        success = 201 if method == "POST" else 200
        auth = None if public else token_auth
        register = router.api_operation(
            [method], path, auth=auth, response={success: response}, openapi_extra=ANSWERS, **options
        )
        return register(run)

    return wrap


def operation_id(request: HttpRequest) -> uuid.UUID | None:
    """The Idempotency-Key header as a UUID; None when absent. A malformed one is answered with 400."""
    key = request.headers.get("Idempotency-Key", "").strip().strip('"')
    try:
        return uuid.UUID(key) if key else None
    except ValueError:
        raise HttpError(400, _("Idempotency-Key must be a UUID.")) from None
