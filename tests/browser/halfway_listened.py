"""Leaves somebody who follows, a message without a place and a report of content, and says what to look at."""

from __future__ import annotations

from typing import Any


def leave_listened(ward: Any) -> dict[str, list[str]]:
    """The addresses that people are given in letters, or come to with a photo of a voice or one not yet gathered."""
    from django.utils import timezone

    from pendamping.demo.pictures import picture
    from pendamping.needs import services
    from pendamping.needs.enums.contacts import ContactKind
    from pendamping.needs.enums.moderation import HideReason
    from pendamping.needs.services import contacts, following, moderation

    now = timezone.now()
    facts = {"text": "Tembok penahan retak.", "other_words": "tembok", "photos": [picture("lane", 0)]}
    seen = services.give_voice(by=None, at=now, region=ward, **facts)
    reader = contacts.reach(kind=ContactKind.EMAIL, address="pembaca@contoh.invalid", at=now)
    following.follow_voice(contact=reader, voice=seen, is_speaker=False, at=now)
    moderation.report(by=None, at=now, voice=seen, message=None, reason=HideReason.PERSON, words="Ada wajah.")
    secret, photo = contacts.secret_of(reader), seen.photos.get()
    return {
        "": [
            f"/kabar/{secret}/",
            f"/kabar/{secret}/berhenti/",
            f"/ikuti/?wilayah={ward.path}",
            f"/suara/{seen.code}/lapor/",
        ],
        "sari": [
            f"/kerja/suara/{seen.code}/moderasi/",
            f"/kerja/suara/{seen.code}/moderasi/{photo.name}/",
            f"/kerja/suara/himpun/?v={seen.code}",
        ],
    }
