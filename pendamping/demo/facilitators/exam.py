"""The computer test of the demo city: a small bank, one sitting taken, closed and released."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pendamping.access.models import Account
from pendamping.facilitators.enums.rounds import RoundStage
from pendamping.facilitators.models import Answer, QuestionBank, Round, Seat, Sitting
from pendamping.facilitators.rules.draw import Line
from pendamping.facilitators.services import exam_papers, exam_results, sittings
from pendamping.facilitators.services.questions import add_question, make_bank
from pendamping.regions.models import Region

TOPICS = {
    "Pemerintahan": (
        ("Siapa yang memimpin kelurahan?", "Lurah", "Camat", "Ketua RW", "Ketua LPM"),
        ("Kelurahan adalah bagian dari wilayah …", "kecamatan", "desa", "provinsi", "kabupaten lain"),
        ("Musyawarah perencanaan tingkat kelurahan disebut …", "musrenbang", "rapat kerja", "pleno", "rembuk RT"),
        ("Swakelola tipe IV dilaksanakan oleh …", "kelompok masyarakat", "kontraktor", "dinas", "bank"),
    ),
    "Sikap kerja": (
        ("Warga marah karena usulannya ditunda. Anda …", "mendengar dan menjelaskan alasannya", "pergi",
         "menyalahkan lurah", "menjanjikan uang"),
        ("Anda menemukan nota yang tidak cocok. Anda …", "mencatat dan melapor", "diam", "mengganti nota",
         "menunggu tahun depan"),
        ("Ibu-ibu jarang bicara dalam rapat. Anda …", "memberi mereka giliran", "melanjutkan rapat",
         "menunda rapat", "meminta suami menjawab"),
        ("Teman meminta usulannya didahulukan. Anda …", "menolak dan mengikuti urutan", "setuju",
         "meminta imbalan", "menghapus usulan lain"),
    ),
}  # fmt: skip
WRONG_EVERY = 4  # how seldom the weakest candidates of the demo know the answer
SEATS = 40


def build(city: Region, people: Mapping[str, Account], today: date, say: Callable[[str], None]) -> None:
    """Give the test of the round that stands at it. `people`: committee (secretariat) and checker, by role key."""
    round = Round.objects.filter(region=city, stage=RoundStage.TESTING).order_by("-id").first()
    if round is None:
        return
    committee, checker = people.get("secretariat"), people.get("selection_checker")
    held_on = round.exam_on or today - timedelta(days=30)
    starts = datetime.combine(held_on, time(9), ZoneInfo(city.zone))
    before = starts - timedelta(days=3)
    bank = _bank(city, committee, before)
    sittings.set_blueprint(
        by=committee, at=before, round=round, bank=bank, minutes=60,
        lines=[Line(topic, 3) for topic in TOPICS],
    )  # fmt: skip
    sitting = sittings.plan_sitting(
        by=committee, at=before, round=round, place="Lab komputer SMK Contoh", starts_at=starts, seats=SEATS
    )
    sittings.seat_applicants(by=checker, at=before, round=round)
    sittings.open_sitting(by=checker, at=starts, sitting=sitting)
    _take(sitting, starts)
    over = starts + timedelta(minutes=sitting.minutes + sitting.late_minutes)
    exam_results.close_sitting(by=checker, at=over, sitting=sitting)
    exam_results.release_exam(by=committee, at=over + timedelta(hours=2), round=round)
    say(f"Seleksi {round.code}: tes komputer selesai dan diumumkan")


def _bank(city: Region, by: Account | None, at: datetime) -> QuestionBank:
    bank = make_bank(by=by, at=at, region=city, name="Bank soal seleksi (contoh)")
    for topic, items in TOPICS.items():
        for text, *options in items:
            kept = [{"text": said, "weight": "0" if place else "100"} for place, said in enumerate(options)]
            add_question(by=by, at=at, bank=bank, kind="single", topic=topic, text=text, options=kept)
    return bank


def _take(sitting: Sitting, starts: datetime) -> None:
    """Everybody but the last comes; some know more than others."""
    seats = list(Seat.objects.filter(sitting=sitting).order_by("number"))
    for place in seats[:-1] if len(seats) > 1 else seats:
        seat = exam_papers.enter_exam(by=None, at=starts, seat=place)
        exam_papers.begin_exam(by=None, at=starts, seat=seat, entry=seat.entry)
        for answer in Answer.objects.filter(seat=seat).order_by("position"):
            knows = (answer.position + seat.number) % (WRONG_EVERY + seat.number % 3) != 0
            exam_papers.save_answer(
                by=None, at=starts + timedelta(minutes=answer.position), seat=seat, entry=seat.entry,
                position=answer.position, given=[str(answer.order.index(0 if knows else 1))], sequence=answer.position,
            )  # fmt: skip
        exam_papers.hand_in(by=None, at=starts + timedelta(minutes=40), seat=seat, entry=seat.entry)
