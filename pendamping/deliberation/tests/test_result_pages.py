"""Pages and API of results, as people come to them."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pendamping import cli
from pendamping.access.tests import personas
from pendamping.core.money import rupiah
from pendamping.deliberation import papers_results, services
from pendamping.deliberation.allocation import Contest, parse_pabulib
from pendamping.deliberation.models import Decision, Result
from pendamping.deliberation.queries.results import Shown
from pendamping.deliberation.rules.results import Choice
from pendamping.deliberation.tests.factories import called, closed, decided, put, ready
from pendamping.deliberation.tests.result_factories import DRAIN, OVER, counted_poll, worked_out
from pendamping.deliberation.tests.result_factories import result as run
from pendamping.deliberation.tests.test_api import ask
from pendamping.needs.models import Proposal
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
README = Path(__file__).parents[3] / "README.md"
MILLION = 1_000_000


def at(result: Result, name: str, *more: Any) -> str:
    return reverse(f"deliberation:{name}", args=[result.meeting.code, result.number, *more])


# What anyone reads.


def test_the_public_page_tells_the_list_the_reasons_and_how_to_check(client: Client, ward: Region) -> None:
    result = worked_out(ward)
    answer = client.get(at(result, "public_result"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not answer.cookies
    for words in ("Usulan 1", rupiah(40 * MILLION), Shown(result).lost[0].sentence, result.file_hash, "recompute.js",
                  at(result, "result_file"), at(result, "result_ballots")):  # fmt: skip
        assert words in page
    meeting = client.get(reverse("deliberation:public", args=[result.meeting.code])).content.decode()
    assert at(result, "public_result") in meeting
    assert reverse("deliberation:poll_public", args=[result.meeting.code, result.poll.number]) in meeting
    english = client.get(f"/en{at(result, 'public_result')}").content.decode()
    assert Shown(result, "en").lost[0].sentence in english


def test_what_people_look_for_stands_first_and_each_reason_is_folded_under_its_sentence(
    client: Client, ward: Region
) -> None:
    result = worked_out(ward)
    page = client.get(at(result, "public_result")).content.decode()
    assert re.findall(r'<section class="section" id="(\w+)"', page)[:3] == ["didanai", "periksa", "tidak"]
    assert "sisa dana para pendukungnya" in page
    lost = Shown(result).lost
    assert len(lost) == 2
    for one in lost:
        assert one.brief in one.sentence
        assert f'<details class="district"><summary><b>{one.title}</b><span>{one.brief}</span></summary>' in page


def test_page_and_paper_tell_the_command_as_a_reader_of_the_readme_has_it(client: Client, ward: Region) -> None:
    result = worked_out(ward)
    program = re.search(r"^pendamping\(\) \{ (\S+ -m pendamping) ", README.read_text(encoding="utf-8"), re.M)
    assert program is not None
    command = f"{program[1]} recompute hasil-{result.meeting.code}-{result.number}.json"
    assert f"<pre>{command}</pre>" in client.get(at(result, "public_result")).content.decode()
    assert command in json.dumps(papers_results.annex(result))


@pytest.mark.parametrize(
    ("method", "funded", "first"),
    [("mes", "1,2", "Usulan 1 [suara terbanyak]"), ("greedy_votes", "1,3", "Usulan 1 [dibeli pendukungnya]")],
)
def test_each_command_on_the_page_runs_on_the_files_it_names_as_they_are_downloaded(
    client: Client, ward: Region, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any,
    method: str, funded: str, first: str,
) -> None:  # fmt: skip
    costs = (40 * MILLION, 40 * MILLION, 30 * MILLION, 50 * MILLION)
    result = run(counted_poll(ward, costs, 100 * MILLION, DRAIN, rule={"method": method}))
    page = client.get(at(result, "public_result")).content.decode()
    for address in re.findall(r'href="([^"]+/(?:hasil.json|suara.pb))"', page):
        answer = client.get(address)
        name = re.search(r'filename="([^"]+)"', answer["Content-Disposition"])
        assert name is not None
        (tmp_path / name[1]).write_bytes(answer.content)
    monkeypatch.chdir(tmp_path)
    again, other = re.findall(r"<pre>\S+ -m pendamping ([^<]+)</pre>", page)
    assert (again.split()[0], cli.main(again.split())) == ("recompute", 0)
    assert "SAMA dengan hasil hitung ulang" in capsys.readouterr().out
    assert (other.split()[0], cli.main(other.split())) == ("allocate", 0)
    told = capsys.readouterr().out
    assert first in told  # by the other rule, not by the one of this ballot
    assert re.findall(r"^ +\d\. .* Usulan (\d) ", told, re.M) == funded.split(",")


def test_a_departure_is_public_once_its_meeting_is_closed(client: Client, ward: Region) -> None:
    result, head = worked_out(ward), personas.lurah(ward)
    services.decide_from_result(by=head, at=OVER, result=result)
    code = Proposal.objects.get(title="Usulan 3").code
    said = Choice(code, "rejected", None, "Lahan masih bersengketa")
    services.depart_from_result(by=head, at=OVER, result=result, choice=said)
    open_page = client.get(at(result, "public_result")).content.decode()
    assert "Lahan masih bersengketa" not in open_page
    assert 'id="beda"' not in open_page
    inside = Client()
    inside.force_login(head)
    assert "Lahan masih bersengketa" in inside.get(at(result, "result")).content.decode()
    closed(result.meeting)
    assert "Lahan masih bersengketa" in client.get(at(result, "public_result")).content.decode()


def test_the_ballot_leads_to_its_result_and_back_to_its_meeting(client: Client, ward: Region) -> None:
    result = worked_out(ward)
    code = result.meeting.code
    said = client.get(reverse("deliberation:poll_public", args=[code, result.poll.number])).content.decode()
    assert reverse("deliberation:public_result", args=[code, result.number]) in said
    assert f'href="{reverse("deliberation:public", args=[code])}"' in said


def test_the_files_are_what_their_hashes_say(client: Client, ward: Region) -> None:
    result = worked_out(ward)
    file = client.get(at(result, "result_file")).content
    assert hashlib.sha256(file).hexdigest() == result.file_hash
    published = json.loads(file)
    assert published["decision"]["funded"] == [one.code for one in Shown(result).won]
    ballots = client.get(at(result, "result_ballots"))
    read = parse_pabulib(ballots.content.decode(), Contest.from_json(published["contest"]).rule)
    assert read.ballots.residents == 100
    assert ballots.content == client.get(at(result, "result_ballots")).content  # drawn once, not for each reader


def test_no_result_and_no_list_before_their_time(client: Client, ward: Region) -> None:
    poll = counted_poll(ward, (10 * MILLION, 20 * MILLION), 20 * MILLION, "1 × 4")
    code = poll.meeting.code
    for path in (f"/musyawarah/{code}/hasil/1/", f"/musyawarah/{code}/hasil/1/hasil.json",
                 f"/musyawarah/{code}/prioritas.csv", f"/musyawarah/{code}/prioritas.pdf"):  # fmt: skip
        assert client.get(path).status_code == 404


def test_the_papers_are_printed_once_and_for_everybody(client: Client, ward: Region) -> None:
    result = worked_out(ward)
    assert client.get(at(result, "result_annex")).status_code == 404  # looking prints nothing
    paper = papers_results.issue_annex(result, at=OVER)
    assert papers_results.issue_annex(result, at=OVER) == paper
    annex = client.get(at(result, "result_annex"))
    assert annex.content.startswith(b"%PDF")
    services.decide_from_result(by=personas.lurah(ward), at=OVER, result=result)
    meeting = closed(result.meeting)
    papers_results.issue_priority_list(meeting, at=OVER)
    address = reverse("deliberation:priority_pdf", args=[meeting.code])
    assert client.get(address).content.startswith(b"%PDF")
    lines = client.get(reverse("deliberation:priority_csv", args=[meeting.code])).content.decode().splitlines()
    titles = [line.split(",")[2] for line in lines[1:]]
    assert titles == [*(one.title for one in Shown(result).won), "Usulan 2", "Usulan 4"]


def test_a_cell_is_no_formula(ward: Region) -> None:
    meeting = called(ward)
    decided(put(meeting, ready(ward, title="=HYPERLINK(1)")))
    assert ",'=HYPERLINK(1)," in papers_results.priority_csv(closed(meeting))


# What people work with.


def test_the_ward_head_works_out_the_result_and_decides_by_it(client: Client, ward: Region) -> None:
    poll = counted_poll(ward, (40 * MILLION, 40 * MILLION, 30 * MILLION, 50 * MILLION), 100 * MILLION, DRAIN)
    code = poll.meeting.code
    client.force_login(personas.lurah(ward))
    listed = client.get(reverse("deliberation:results", args=[code])).content.decode()
    run = reverse("deliberation:result_run", args=[code, poll.number])
    assert run in listed
    address = client.post(run)["Location"]
    result = Result.objects.get()
    assert address == at(result, "result")
    assert result.annex is not None
    page = client.get(address).content.decode()
    assert at(result, "result_decide") in page
    decide = at(result, "result_decide")
    assert "Usulan 3" in client.get(decide).content.decode()
    assert client.post(decide, {"unfunded": "deferred"}).status_code == 302
    assert Decision.objects.count() == 4
    other = at(result, "result_depart", Proposal.objects.get(title="Usulan 3").code)
    wrong = client.post(other, {"outcome": "funded", "amount": "90.000.000", "reason": "Mendesak sekali"})
    assert wrong.status_code == 422
    assert b"Mendesak sekali" in wrong.content  # nothing typed is lost
    assert client.post(other, {"outcome": "rejected", "reason": "Lahan bersengketa"})["Location"] == address
    assert "Lahan bersengketa" in client.get(at(result, "result")).content.decode()


def test_a_recount_by_page_tells_both_results(client: Client, ward: Region) -> None:
    first = worked_out(ward)
    client.force_login(personas.lurah(ward))
    again = at(first, "result_recount")
    assert client.post(again, {"reason": ""}).status_code == 422
    client.post(again, {"reason": "Keberatan warga diterima"})
    second = Result.objects.get(number=2)
    assert "Keberatan warga diterima" in client.get(at(second, "public_result")).content.decode()
    assert at(second, "public_result") in client.get(at(first, "public_result")).content.decode()


def test_a_facilitator_sees_the_result_and_cannot_act_on_it(client: Client, ward: Region) -> None:
    result = worked_out(ward)
    client.force_login(personas.sari(ward))
    page = client.get(at(result, "result")).content.decode()
    assert at(result, "result_decide") not in page
    assert client.get(at(result, "result_decide")).status_code == 403
    client.force_login(personas.person("ward_facilitator", places.ward(2), "wati"))
    assert client.get(at(result, "result")).status_code == 404


def test_what_was_deferred_goes_on_from_two_pages(client: Client, ward: Region) -> None:
    meeting = called(ward)
    for title in ("Usulan A", "Usulan B"):
        decided(put(meeting, ready(ward, title=title)), "deferred", None)
    closed(meeting)
    first, second = Proposal.objects.order_by("id")
    client.force_login(personas.sari(ward))
    carry = reverse("deliberation:carry_over", args=[meeting.code])
    assert "Usulan A" in client.get(carry).content.decode()
    assert client.post(carry, {"proposals": [first.pk]}).status_code == 302
    client.force_login(personas.lurah(ward))
    up = reverse("deliberation:pass_up", args=[meeting.code])
    assert client.post(up, {"proposals": [second.pk], "reason": ""}).status_code == 422
    assert client.post(up, {"proposals": [second.pk], "reason": "Melintasi dua kelurahan"}).status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.fiscal_year, second.state) == (2027, "passed_on")


# Over the API.


def test_results_over_the_api(client: Client, ward: Region) -> None:
    poll = counted_poll(ward, (40 * MILLION, 40 * MILLION, 30 * MILLION, 50 * MILLION), 100 * MILLION, DRAIN)
    head, path = personas.lurah(ward), f"/meetings/{poll.meeting.code}/results"
    assert ask(client, personas.sari(ward), "POST", path, {"poll": 1}).status_code == 403
    made, again = (ask(client, head, "POST", path, {"poll": 1}) for _time in range(2))
    assert (made.status_code, made.json()) == (201, again.json())
    told = made.json()
    assert [one["title"] for one in told["funded"]] == ["Usulan 1", "Usulan 3"]
    assert {one["reason"] for one in told["not_funded"]} <= {"too_few_for_price", "supporters_spent_elsewhere"}
    code = told["not_funded"][0]["proposal"]
    other = {"proposal": code, "outcome": "funded", "amount": 1_000_000, "reason": "Mendesak"}
    decide = f"{path}/1/decisions"
    done = ask(client, head, "POST", decide, {"choices": [other]}, str(uuid.uuid4()))
    assert (done.status_code, done.json()["departures"]) == (201, [code])
    recount = ask(client, head, "POST", f"{path}/1/recount", {"reason": "Keberatan diterima"})
    assert (recount.status_code, recount.json()["recount_of"]) == (201, 1)
    assert [one["number"] for one in ask(client, head, "GET", path).json()] == [1, 2]
    assert ask(client, head, "GET", f"{path}/9").status_code == 404


def test_what_is_left_goes_on_over_the_api(client: Client, ward: Region) -> None:
    meeting = called(ward)
    for _number in range(2):
        decided(put(meeting), "deferred", None)
    closed(meeting)
    first, second = Proposal.objects.order_by("id")
    head, path = personas.lurah(ward), f"/meetings/{meeting.code}"
    up = ask(client, head, "POST", f"{path}/pass-up", {"proposals": [first.code], "reason": "Terlalu besar"})
    assert (up.status_code, up.json()) == (201, [second.code])
    over = ask(client, head, "POST", f"{path}/carry-over", {})
    assert over.status_code == 201
    second.refresh_from_db()
    assert second.fiscal_year == 2027
    refused = ask(client, head, "POST", f"{path}/carry-over", {})
    assert refused.json()["code"] == "nothing_to_carry"
