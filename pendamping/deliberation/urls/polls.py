"""Addresses of ballots: working pages under the meeting, public ones beside it."""

from __future__ import annotations

from django.urls import path

from pendamping.deliberation.views import ballots, count_sheets, polls, rolls

_MEETING = "kerja/musyawarah/<str:code>/suara/"
_POLL = f"{_MEETING}<int:number>/"
_PUBLIC = "musyawarah/<str:code>/suara/<int:number>/"

urlpatterns = [
    path(_MEETING, polls.polls, name="polls"),
    path(f"{_MEETING}tidak-mufakat/", polls.no_consensus, name="no_consensus"),
    path(f"{_MEETING}mufakat/", polls.consensus, name="consensus"),
    path(f"{_MEETING}baru/", polls.poll_new, name="poll_new"),
    path(_POLL, polls.poll, name="poll"),
    path(f"{_POLL}umumkan/", polls.announce, name="poll_announce"),
    path(f"{_POLL}buka/", polls.open_, name="poll_open"),
    path(f"{_POLL}akhiri/", polls.end, name="poll_end"),
    path(f"{_POLL}hitung/", polls.count, name="poll_count"),
    path(f"{_POLL}batal/", polls.void, name="poll_void"),
    path(f"{_POLL}coret/", polls.strike, name="poll_strike"),
    path(f"{_POLL}kartu/", rolls.slips, name="slips"),
    path(f"{_POLL}kartu/cetak/", rolls.slips_file, name="slips_file"),
    path(f"{_POLL}pemilih/", rolls.roll, name="roll"),
    path(f"{_POLL}pemilih/tambah/", rolls.voter_add, name="voter_add"),
    path(f"{_POLL}pemilih/daftar/", rolls.roll_take, name="roll_take"),
    path(f"{_POLL}pemilih/tautan/", rolls.links_send, name="links_send"),
    path(f"{_POLL}pemilih/tautan/cetak/", rolls.links_file, name="links_file"),
    path(f"{_POLL}pemilih/<int:voter>/tandai/", rolls.voter_mark, name="voter_mark"),
    path(f"{_POLL}lembar/", count_sheets.sheets, name="count_sheets"),
    path(f"{_POLL}lembar/tambah/", count_sheets.sheet_add, name="count_sheet_add"),
    path(f"{_POLL}lembar/<int:sheet>/", count_sheets.sheet, name="count_sheet"),
    path(_PUBLIC, ballots.poll_public, name="poll_public"),
    path(f"{_PUBLIC}pilih/", ballots.vote, name="vote"),
    path(f"{_PUBLIC}tanda-terima/", ballots.receipts, name="receipts"),
]
