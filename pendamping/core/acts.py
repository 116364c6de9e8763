"""One way for anything to happen: a service function inside one short transaction, once per operation id."""

from __future__ import annotations

import functools
import hashlib
import json
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.apps import apps
from django.db import IntegrityError, models, transaction

from pendamping.core.errors import OperationMismatch
from pendamping.core.models import Operation

Record = TypeVar("Record", bound=models.Model)


def act(verb: str) -> Callable[[Callable[..., Record]], Callable[..., Record]]:
    """Make a keyword-only service an act.

    The function takes `by` (account or None), `at` (aware instant) and its facts, and returns the record it is about.
    Given `op`, the same operation asked again returns that record and changes nothing; the same id with other
    facts or another person raises OperationMismatch.
    """

    def wrap(service: Callable[..., Record]) -> Callable[..., Record]:
        @functools.wraps(service)
        def run(*, by: Any, at: datetime, op: uuid.UUID | None = None, **facts: Any) -> Any:
            with transaction.atomic():
                if op is None:
                    return service(by=by, at=at, **facts)
                known = _claim(op, verb, by, _digest(verb, facts), at)
                if known is not None:
                    return known
                subject = service(by=by, at=at, **facts)
                Operation.objects.filter(op=op).update(subject_type=subject._meta.label, subject_id=subject.pk)
                return subject

        run.verb = verb  # type: ignore[attr-defined]
        return run

    return wrap


def _claim(op: uuid.UUID, verb: str, by: Any, digest: str, at: datetime) -> models.Model | None:
    """Insert the operation, or return what it made before. "Check, then insert" would be a race."""
    actor = getattr(by, "uid", None)
    try:
        with transaction.atomic():
            Operation.objects.create(op=op, verb=verb, actor_uid=actor, digest=digest, at=at)
            return None
    except IntegrityError:
        known = Operation.objects.get(op=op)
    if (known.verb, known.actor_uid, known.digest) != (verb, actor, digest) or known.subject_id is None:
        raise OperationMismatch(str(op))
    model = apps.get_model(known.subject_type)
    return model._base_manager.get(pk=known.subject_id)  # also what its default manager leaves out


def _digest(verb: str, facts: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps([verb, facts], default=_plain, sort_keys=True).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return [value._meta.label, value.pk]
    if hasattr(value, "sha256"):  # a photo already through the door
        return value.sha256
    if hasattr(value, "read"):  # an upload: by its bytes, left where it was
        value.seek(0)
        seen = hashlib.sha256(value.read()).hexdigest()
        value.seek(0)
        return seen
    if isinstance(value, models.QuerySet | set | frozenset):
        return sorted((_plain(item) for item in value), key=str)
    return str(value)
