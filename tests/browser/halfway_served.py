"""Leaves interviews, rankings, pay and half-years standing where a person acts next, and says what to look at."""

from __future__ import annotations

from typing import Any


def leave_served(city: Any) -> dict[str, list[str]]:
    """An interview nobody scored, one with a striking score, rankings to publish and to object to, a list, half-years.

    Gives the addresses that people are handed rather than led to; the applicant's code stands first in their list.
    """
    from django.utils import timezone

    from pendamping.access.models import Account
    from pendamping.core.moments import day
    from pendamping.demo.facilitators.serving import half_told
    from pendamping.facilitators.models import (
        Answer,
        Ceremony,
        Evaluation,
        LogEntry,
        MonthReport,
        PanelMember,
        ScoreSheet,
    )
    from pendamping.facilitators.services import evaluations, months, pay_runs
    from pendamping.facilitators.tests import exam_factories as exam
    from pendamping.facilitators.tests import ranking_factories as ranking

    now, office, coach = timezone.now(), *(Account.objects.get(username=name) for name in ("sekretariat", "budi"))
    asking = ranking.interviewing(city, title="Seleksi yang sedang diwawancarai")
    waits, strikes = ranking.applicant(asking), ranking.applicant(asking, name="Bela Contoh")
    for number, mark in enumerate((80, 82, 30), start=1):
        ranking.locked(strikes, number, mark)
    sheet = ScoreSheet.objects.get(application=strikes, is_outlier=True)
    scored = ranking.interviewing(city, title="Seleksi yang selesai dinilai")
    ranking.interviewed(ranking.applicant(scored))
    told = ranking.interviewing(city, title="Seleksi dalam masa sanggah")
    mine, other = ranking.applicant(told), ranking.applicant(told, exam=90, name="Citra Contoh")
    for one in (mine, other):
        ranking.interviewed(one)
    ranking.published(told, at=now)
    objected = ranking.objection(other, at=now)
    sat = exam.opened(exam.round(city, title="Seleksi yang selesai dites"))
    exam.begun(sat)
    tested = exam.closed(sat).round
    asked = Answer.objects.filter(seat__sitting__round=tested).earliest("id").question
    half = half_told(day(now))
    draft, replied = (
        evaluations.compute_evaluation(by=coach, at=now, account=Account.objects.get(username=name), half=half)
        for name in ("pendamping-1", "sari-panglayungan")
    )
    evaluations.show_evaluation(by=coach, at=now, evaluation=replied)
    evaluations.reply_to_evaluation(by=replied.account, at=now, evaluation=replied, reply="Banjir dua minggu")
    shown = Evaluation.objects.filter(account__username="sari-cilamajang").latest("id")
    evaluations.settle_evaluation(by=office, at=now, evaluation=shown, words="Diterima")
    returned = MonthReport.objects.filter(state="returned").latest("id")
    report = months.send_report(by=returned.account, at=now, year=returned.year, month=returned.month)
    while report.awaits != "secretariat":
        who = coach if report.awaits == "city_coordinator" else Account.objects.get(username="askot")
        report = months.recommend_report(by=who, at=now, report=report)
    months.approve_report(by=office, at=now, report=report)
    listed = pay_runs.make_run(by=office, at=now, city=city, year=report.year, month=report.month)
    by_itself = LogEntry.objects.filter(source__isnull=False, account__username="sari").latest("id")
    member = PanelMember.objects.filter(round=asking).earliest("id")
    panel = f"/kerja/seleksi/{asking.code}/wawancara"
    return {
        "": [f"/seleksi/{told.code}/peringkat/", f"/seleksi/{told.code}/peringkat/1/"],
        "terperingkat": [mine.code, "/seleksi/lamaran/", "/seleksi/lamaran/sanggah/"],
        "sekretariat": [
            f"{panel}/anggota/{member.uid}/",
            f"{panel}/catatan/{sheet.uid}/",
            f"{panel}/pelamar/{waits.code}/",
            f"{panel}/pelamar/{waits.code}/tutup/",
            f"/kerja/seleksi/{scored.code}/peringkat/umumkan/",
            f"/kerja/sanggahan/{objected.code}/",
            f"/kerja/seleksi/{tested.code}/ujian/umumkan/",
            f"/kerja/seleksi/{tested.code}/ujian/anulir/{asked.uid}/",
            f"/kerja/evaluasi/{shown.code}/kontrak/",
            f"/kerja/evaluasi/{replied.code}/tetapkan/",
            "/kerja/honor/buat/",
            f"/kerja/honor/{listed.code}/serahkan/",
            f"/kerja/pelantikan/{Ceremony.objects.latest('id').code}/sumpah/",
        ],
        "budi": [f"/kerja/evaluasi/{draft.code}/sampaikan/", f"/kerja/evaluasi/{draft.code}/hitung-ulang/"],
        "panel-1": [f"/kerja/wawancara/{waits.code}/", f"/kerja/wawancara/catatan/{sheet.uid}/"],
        "sari": [f"/pendamping-saya/buku-harian/{by_itself.code}/lengkapi/"],
    }
