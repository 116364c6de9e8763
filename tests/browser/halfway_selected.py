"""Leaves the selection and the service of facilitators standing where a person acts next, and says what to look at."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

APPLICANT_KEY = "7K3Q-XM2P-0A9V-CD4T"  # the factory's


def leave_selected(city: Any) -> dict[str, list[str]]:
    """Rounds being prepared, open, in the file check and at their test; a case that is called, one without a panel.

    Gives the addresses that people are handed rather than led to; the applicant's code stands first in their list.
    """
    from django.utils import timezone

    from pendamping.access.models import Account
    from pendamping.facilitators import keys
    from pendamping.facilitators.models import Appointment, EthicsCase
    from pendamping.facilitators.services import ethics_cases, requirements
    from pendamping.facilitators.tests import exam_factories as exam
    from pendamping.facilitators.tests import selection_factories as make

    now, office = timezone.now(), Account.objects.get(username="sekretariat")
    desk = make.checker("pemeriksa1", city)
    draft, opened = make.prepared(city), make.opened(city)
    mine = make.filled(opened)
    make.filled(opened, "3278014506950002", by=desk)
    requirements.begin_change(by=office, at=now, round=opened, reason="Satu kalimat diperjelas")
    checking = make.opened(city)
    make.submitted(checking)
    make.closed(checking)
    exam.opened(exam.round(city, title="Seleksi yang sedang dites"))
    exam.planned(exam.round(city, title="Seleksi yang akan dites"))
    about = Appointment.objects.filter(ended_on=None).order_by("id").first()
    successor = Appointment.objects.get(replaces__isnull=False)
    case = EthicsCase.objects.get()
    members = list(Account.objects.filter(username__startswith="majelis-"))
    ethics_cases.name_panel(by=office, at=now, case=case, members=members)
    ethics_cases.call_person(
        by=members[0], at=now, case=case, allegation="Datang terlambat ke musyawarah",
        answer_by=date.fromordinal(now.toordinal() + 30),
    )  # fmt: skip
    waiting = ethics_cases.report_breach(
        by=None, at=now + timedelta(seconds=1), city=city, text="Tidak pernah datang", about=None
    )
    return {
        "": [
            f"/pendamping-kelurahan/kode-etik/lapor/{waiting.code}/",
            f"/seleksi/bukti/{mine.code}/{keys.mail_token(mine, 'ani@contoh.invalid')}/",
            "/seleksi/ujian/",  # on the card of every candidate
            f"/seleksi/{opened.code}/daftar/",
        ],
        "pelamar": [mine.code, "/seleksi/lamaran/", f"/seleksi/{opened.code}/daftar/diri/"],
        "sekretariat": [
            f"/kerja/seleksi/{draft.code}/",
            f"/kerja/seleksi/{opened.code}/persyaratan/perubahan/",
            f"/kerja/pengangkatan/{successor.replaces.code}/ganti/",
        ],
        "pemeriksa1": [],
        "majelis-1": [],
        about.account.username: ["/pendamping-saya/", f"/pendamping-saya/{about.code}/kode-etik/"],
        successor.account.username: [f"/pendamping-saya/{successor.code}/serah-terima/"],
    }
