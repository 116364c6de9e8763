"""What moderators look at: what was reported, what is hidden, what is sealed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from pendamping.access.scope import Scope
from pendamping.access.verbs import Verb
from pendamping.core.models import Photo
from pendamping.needs.models import Block, Complaint, Hiding, Message, Need, Original, View, Voice
from pendamping.needs.queries.blocks import blocks_in_force
from pendamping.regions.models import Region


def reported_voices() -> QuerySet[Voice]:
    """Voices of which something was reported and not settled yet."""
    waiting = Complaint.objects.filter(voice=OuterRef("pk"), settled_at__isnull=True)
    return Voice.objects.filter(Exists(waiting))


def reported(scope: Scope) -> QuerySet[Voice]:
    """The same in the places somebody moderates, with how many reports and the last one, newest first."""
    waiting = Q(complaints__settled_at__isnull=True)
    found = scope.narrow(reported_voices(), Verb.VOICE_MODERATE).annotate(
        reports=Count("complaints", filter=waiting), reported_at=Max("complaints__created_at", filter=waiting)
    )
    return found.select_related("region__parent__parent").order_by("-reported_at", "-id")


def hidden(scope: Scope) -> QuerySet[Hiding]:
    """What is hidden now in the places somebody moderates, newest first."""
    voices = scope.narrow(Voice.objects.all(), Verb.VOICE_MODERATE).order_by().values("pk")
    found = Hiding.objects.filter(voice__in=voices, lifted_at__isnull=True)
    return found.select_related("voice__region__parent__parent").order_by("-id")


def blocks_of(cities: Iterable[Region], at: datetime) -> QuerySet[Block]:
    """Blocks in force in some cities, newest first."""
    return blocks_in_force(at).filter(city__in=cities).select_related("city").order_by("-id")


def open_complaints(voice: Voice) -> QuerySet[Complaint]:
    """Reports about a voice that wait, oldest first."""
    return Complaint.objects.filter(voice=voice, settled_at__isnull=True).select_related("message").order_by("id")


def hidings_of(voice: Voice) -> QuerySet[Hiding]:
    """What of a voice is hidden now."""
    return Hiding.objects.filter(voice=voice, lifted_at__isnull=True).order_by("id")


def messages_of(voice: Voice) -> QuerySet[Message]:
    """Every message of a thread with its photos, oldest first."""
    return Message.objects.filter(voice=voice).prefetch_related("photos").order_by("id")


def sealed_originals(voice: Voice) -> QuerySet[Original]:
    """What can still be opened of a voice."""
    return Original.objects.filter(voice=voice, destroyed_at__isnull=True).order_by("-id")


def photos_of_thread(voice: Voice) -> QuerySet[Photo]:
    """The photos of a voice and of its messages."""
    of_voice = Voice.photos.through.objects.filter(voice=voice).values("photo")
    of_messages = Message.photos.through.objects.filter(message__voice=voice).values("photo")
    return Photo.objects.filter(Q(pk__in=of_voice) | Q(pk__in=of_messages)).order_by("id")


def every_photo_of_need(need: Need) -> QuerySet[Photo]:
    """The photos of a need's site check and from its fixed points."""
    of_need = Need.photos.through.objects.filter(need=need).values("photo")
    from_points = View.objects.filter(viewpoint__need=need).values("photo")
    return Photo.objects.filter(Q(pk__in=of_need) | Q(pk__in=from_points)).order_by("id")
