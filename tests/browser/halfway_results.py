"""Leaves a result of the counted ballot, and a closed meeting with something funded and something deferred."""

from __future__ import annotations

from typing import Any


def leave_results(polled: Any, closed: Any, cast: Any, now: Any) -> dict[str, list[str]]:
    """The pages of results and of what goes on after a meeting, by who comes to them."""
    from pendamping.deliberation import papers_results, services
    from pendamping.deliberation.models import Meeting, Poll

    meeting = Meeting.objects.get(pk=polled.pk)
    poll = Poll.objects.filter(meeting=meeting, state="closed").select_related("meeting__region").earliest("number")
    result = services.run_result(by=cast.head, at=now, poll=poll)
    papers_results.issue_annex(result, at=now)
    papers_results.issue_priority_list(closed, at=now)
    code = poll.choices.earliest("number").proposal.code
    work, of = f"/kerja/musyawarah/{meeting.code}/hasil/{result.number}/", f"/kerja/musyawarah/{closed.code}/"
    return {
        "": [f"/musyawarah/{meeting.code}/hasil/{result.number}/"],
        "lurah": [
            f"/kerja/musyawarah/{meeting.code}/hasil/", work, f"{work}putuskan/", f"{work}putuskan/{code}/",
            f"{work}hitung-ulang/", f"{of}tahun-depan/", f"{of}ke-kecamatan/",
        ],
        "pptk": [f"{of}kegiatan/"],
    }  # fmt: skip
