"""A list of voices as a file: asked for by somebody, made by the worker, deleted after a week."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from pendamping.access.duties import office_of
from pendamping.access.models import Account
from pendamping.access.scope import Scope, scope_of
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.needs import export_files
from pendamping.needs.enums.exports import ExportFormat, ExportState, Reason
from pendamping.needs.models import Export, Voice
from pendamping.needs.queries.search import Asked, search_voices
from pendamping.needs.queries.turns import listed

STEP = 1000  # voices read at a time; after each the page learns how far it is
AT_ONCE_MOST = 3
KEPT = timedelta(days=7)  # the file
REMEMBERED = timedelta(days=30)  # that it was asked for, with its filters
STUCK = timedelta(minutes=10)

log = logging.getLogger(__name__)


def store() -> Storage:
    """Where the files lie."""
    return storages["exports"]


@act("needs.export_asked")
def ask_export(*, by: Account, at: datetime, place: str, page: str, query: str, format: ExportFormat) -> Export:
    """Have a list made into a file (id: meminta berkas). The worker does it with what its asker may see by then.

    `place` is the path of the area they ask for, told to the journal; the filters are not, since they hold words.
    """
    if len(query) > 400:
        raise Refused(Reason.QUERY_TOO_LONG)
    under_way = Export.objects.filter(account=by, state__in=[ExportState.WAITING, ExportState.RUNNING])
    if under_way.count() >= AT_ONCE_MOST:
        raise Refused(Reason.TOO_MANY_FILES, most=AT_ONCE_MOST)
    made = Export.objects.create(account=by, created_at=at, page=page, query=query, format=format)
    journal.record(
        "needs.export_asked", subject=made, region=place, by=by, at=at, public=False,
        office=office_of(by, Verb.RECORD_SEE, place, at), changes={"format": format},
    )  # fmt: skip
    make_file.enqueue(made.pk)
    return made


@task()
def make_file(export: int) -> None:
    """The whole file in one go, from the beginning also when a worker before fell over."""
    found = Export.objects.select_related("account").filter(pk=export).first()
    if found is None or found.state not in (ExportState.WAITING, ExportState.RUNNING):
        return
    scope = scope_of(found.account, day(timezone.now()))
    voices = _voices(found, scope)
    Export.objects.filter(pk=export).update(
        state=ExportState.RUNNING, total=voices.count(), done=0, seen_at=timezone.now(),
        places=scope.paths(Verb.RECORD_SEE),
    )  # fmt: skip
    try:
        with tempfile.TemporaryFile() as whole, override("id"):
            export_files.write(found.format, _read(found, voices), whole)
            whole.seek(0)
            name = store().save(f"{uuid4().hex}.{found.format}", File(whole))
    except (OSError, ValueError, DatabaseError):
        log.exception("export %s was not made", export)
        Export.objects.filter(pk=export).update(state=ExportState.FAILED, finished_at=timezone.now())
        return
    ready = {"state": ExportState.READY, "file_name": name, "finished_at": timezone.now()}
    if not Export.objects.filter(pk=export, state=ExportState.RUNNING).update(**ready):  # recalled meanwhile
        store().delete(name)


def recall(voice: Voice) -> None:
    """Files that may hold a voice go at once, also one being made (id: menarik berkas); within the caller's act."""
    made = Export.objects.select_for_update().filter(state__in=[ExportState.READY, ExportState.RUNNING]).order_by("pk")
    for export in made:
        if not any(voice.region_path.startswith(path) for path in export.places):
            continue
        Export.objects.filter(pk=export.pk).update(state=ExportState.GONE)
        if export.file_name:
            transaction.on_commit(partial(store().delete, export.file_name))


def files_of(scope: Scope, **asked: object) -> list[Export]:
    """Somebody's own files that fit what is asked, newest first, but those of places they read no longer."""
    own = Export.objects.filter(account=scope.account, **asked).order_by("-id")
    read = scope.paths(Verb.RECORD_SEE)
    return [one for one in own if all(path.startswith(read) for path in one.places)]


def _voices(export: Export, scope: Scope) -> QuerySet[Voice]:
    """What its asker may see today and asked for; never a voice about persons: those do not leave in files."""
    query = QueryDict(export.query)
    return search_voices(listed(scope, query.get("view", "")), Asked.read(query))


def _read(export: Export, voices: QuerySet[Voice]) -> Iterator[Voice]:
    """Step by step by key, so that no long read keeps others from writing."""
    voices, last, done = voices.select_related("menu_item", "region__parent__parent").order_by("pk"), 0, 0
    while step := list(voices.filter(pk__gt=last)[:STEP]):
        yield from step
        last, done = step[-1].pk, done + len(step)
        Export.objects.filter(pk=export.pk).update(done=done, seen_at=timezone.now())


def tidy(at: datetime) -> None:
    """Files of more than a week go, what is older than a month is forgotten, and what stands still begins anew."""
    for old in Export.objects.filter(state=ExportState.READY, finished_at__lt=at - KEPT):
        store().delete(old.file_name)
        Export.objects.filter(pk=old.pk).update(state=ExportState.GONE)
    Export.objects.filter(created_at__lt=at - REMEMBERED).exclude(state=ExportState.READY).delete()
    still = Export.objects.filter(state=ExportState.RUNNING, seen_at__lt=at - STUCK)
    for export in still.values_list("pk", flat=True):
        make_file.enqueue(export)
