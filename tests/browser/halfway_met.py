"""Leaves today's meeting with people invited and present, its clock running and a sheet half typed."""

from __future__ import annotations

from typing import Any


def leave_met(meeting: Any) -> dict[str, list[str]]:
    """The addresses people come to by a letter, a code on the screen, or from the page of the meeting."""
    from django.utils import timezone

    from pendamping.access.models import Account
    from pendamping.deliberation import services
    from pendamping.deliberation.keys import answer_secret
    from pendamping.deliberation.models import Invitation
    from pendamping.deliberation.queries.invitations import neighbourhoods
    from pendamping.deliberation.rules.points import Planned
    from pendamping.deliberation.rules.register import TypedRow
    from pendamping.deliberation.services.register import Facts
    from pendamping.demo.pictures import picture

    sari, now = Account.objects.get(username="sari"), timezone.now()
    does: dict[str, Any] = {"by": sari, "at": now}
    here: dict[str, Any] = {**does, "meeting": meeting}
    services.invite(**here, capacities=["rt", "rw", "pkk", "disabled"])
    guest = services.invite_guest(**here, capacity="guest", label="Majelis Taklim Al-Ikhlas", name="Contoh Rekaan")
    services.note_told(**does, invitation=guest, way="hand")
    pkk = Invitation.objects.get(meeting=meeting, capacity="pkk")
    services.answer_invitation(**does, invitation=pkk, answer="sending", instead="Wakil Rekaan")
    services.set_points(**here, planned=[Planned("Pembukaan", 10), Planned("Pembahasan usulan", 60)])
    services.begin_point(**does, point=meeting.points.all()[0])
    place = neighbourhoods(meeting)[1]
    services.add_presence(**here, facts=Facts("f", "adult", capacity="pkk", place=place, name="Siti Rekaan"))
    services.add_presence(**here, facts=Facts("m"), invitation=guest)
    row = services.add_presence(**here, facts=Facts("f", name="Siti Rekaan"))
    sheet = services.print_sheet(**here, rows=5)
    services.keep_photo(**does, sheet=sheet, photo=picture("lane", 0))
    services.type_sheet(**does, sheet=sheet, rows=[TypedRow(1, "f", "Neng Rekaan")])
    work = f"/kerja/musyawarah/{meeting.code}"
    pages = ("", "pilih/", "tamu/", f"{pkk.uid}/", f"{guest.uid}/jawaban/", f"{guest.uid}/disampaikan/")
    rolls = ("", "kode/", "undangan/", "ruang/", "lembar/", f"{row.uid}/")
    papers = ("", "foto/", "tegaskan/")
    return {
        "": [f"/undangan-musyawarah/{answer_secret(pkk.uid)}/", f"/hadir/{meeting.code}/"],
        "sari": [
            *(f"{work}/undangan/{page}" for page in pages),
            *(f"{work}/daftar-hadir/{page}" for page in rolls),
            *(f"{work}/daftar-hadir/lembar/{sheet.uid}/{page}" for page in papers),
            f"{work}/susunan/", f"{work}/jam/",
        ],
    }  # fmt: skip
