"""Leaves ballots standing at every step: in preparation, open with a roll, ended with sheets that differ, counted."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any


def leave_voted(meeting: Any, cast: Any, now: Any) -> dict[str, list[str]]:
    """Five ballots over the agenda of one meeting, each at another step, and the addresses of their pages."""
    from pendamping.deliberation import sealing, services
    from pendamping.deliberation.models import Poll

    start = now - timedelta(hours=3)
    proposals = [item.proposal for item in meeting.items.order_by("position")]
    facts: dict[str, Any] = {
        "meeting": meeting, "kind": "approval", "proposals": proposals, "channels": ["hall", "remote", "paper"],
        "ceiling": 1_500_000,
    }  # fmt: skip
    services.record_no_consensus(
        by=cast.head, at=start, meeting=meeting, reason="RW 002 dan RW 003 sama-sama mendahulukan jalannya."
    )

    def prepared(title: str, **changes: Any) -> Poll:
        given = {"basis": "fallback", **facts, **changes}
        made: Poll = services.prepare_poll(by=cast.facilitator, at=start, title=title, **given)
        return made

    def opened(title: str, **changes: Any) -> Poll:
        poll = services.announce_poll(by=cast.head, at=start, poll=prepared(title, **changes))
        services.make_slips(by=cast.facilitator, at=start, poll=poll, count=3)
        return services.open_poll(by=cast.head, at=start, poll=poll)

    def voted(poll: Poll, *numbers: int) -> None:
        slip = next(one for one in poll.slips.order_by("number") if not hasattr(one, "mark"))
        services.cast_ballot(
            at=start + timedelta(minutes=5), poll=poll, code=sealing.slip_code(slip.uid), op=uuid.uuid4(),
            picks=tuple((number, 1) for number in numbers), is_sure=True,
        )  # fmt: skip

    counted = opened("Pemungutan yang sudah dihitung")
    voted(counted, 1)
    voted(counted, 1, 2)
    services.end_poll(by=cast.head, at=start + timedelta(minutes=10), poll=counted)
    services.count_poll(
        by=cast.head, at=start + timedelta(minutes=20), poll=counted, remark="Yang hadir dihitung sesudahnya."
    )
    ended = opened("Pemungutan yang sedang dihitung")
    services.end_poll(by=cast.head, at=start + timedelta(minutes=10), poll=ended)
    first, _second = (services.add_sheet(by=cast.secretary, at=now, poll=ended) for _number in range(2))
    services.enter_sheet(by=cast.secretary, at=now, sheet=first, lines="1 2 × 3\n2")
    services.enter_sheet(by=cast.facilitator, at=now, sheet=first, lines="1 2 × 4\n2")
    running = opened("Pemungutan yang sedang berjalan")
    for number in range(1, 4):
        services.add_voter(
            by=cast.facilitator, at=start, poll=running, name=f"Warga Contoh {number}", identity=f"W-{number}",
            rt="RT 001 RW 002", phone="081234567890" if number > 1 else "", reason="Terlewat saat daftar disusun",
        )  # fmt: skip
    voted(running, 2)
    ready = prepared("Pemungutan yang disiapkan", kind="points", points=10, basis="planned")
    place = f"musyawarah/{meeting.code}/suara"
    return {
        "": [
            f"/musyawarah/{meeting.code}/layar/",
            *(f"/{place}/{poll.number}/" for poll in (running, counted)),
            *(
                f"/{place}/{poll.number}/{page}/"
                for poll, page in (
                    (running, "pilih"),
                    (ended, "pilih"),
                    (counted, "tanda-terima"),
                )
            ),
        ],
        "sari": [
            f"/kerja/{place}/",
            *(f"/kerja/{place}/{poll.number}/" for poll in (ready, running)),
            *(
                f"/kerja/{place}/{running.number}/{page}/"
                for page in (
                    "kartu",
                    "pemilih",
                    "pemilih/tambah",
                    "pemilih/daftar",
                )
            ),
        ],
        "sekretaris": [
            f"/kerja/{place}/{ended.number}/lembar/",
            f"/kerja/{place}/{ended.number}/lembar/tambah/",
            *(f"/kerja/{place}/{ended.number}/lembar/{number}/" for number in (1, 2)),
        ],
        "lurah": [
            *(f"/kerja/{place}/{poll.number}/" for poll in (ended, counted)),
            f"/kerja/{place}/{ended.number}/lembar/1/",
            *(
                f"/kerja/{place}/{poll.number}/{page}/"
                for poll, page in (
                    (ready, "umumkan"),
                    (ended, "hitung"),
                    (running, "coret"),
                    (running, "batal"),
                )
            ),
        ],
    }
