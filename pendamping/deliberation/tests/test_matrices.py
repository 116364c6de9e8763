"""The priority matrix as acts: fixed before scoring, read by nobody before the close, by the words of the needs."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.deliberation import seat_keys, services
from pendamping.deliberation.enums.matrices import MatrixReason, MatrixState
from pendamping.deliberation.enums.meetings import Reason
from pendamping.deliberation.models import MatrixCriterion, MatrixScore, MatrixSeat
from pendamping.deliberation.queries import matrices as queries
from pendamping.deliberation.tests.before import closed_matrix, frozen, matrix_begun, points, scored, seat
from pendamping.deliberation.tests.factories import AT, called, closed, decided
from pendamping.needs import services as needs
from pendamping.needs.criteria import CRITERIA
from pendamping.needs.models import Criterion, Need
from pendamping.needs.tests.factories import NOW
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward() -> Region:
    return places.ward()


def refusal(service: Callable[..., Any], **facts: Any) -> Any:
    with pytest.raises(Refused) as caught:
        service(at=AT, **facts)
    return caught.value.reason


def last(verb: str) -> JournalEntry:
    return JournalEntry.objects.filter(verb=verb).latest("id")


def test_it_begins_with_the_words_needs_are_weighed_by(ward: Region) -> None:
    matrix = matrix_begun(ward)
    assert [one.key for one in matrix.criteria.all()] == [key for key, *_rest in CRITERIA]
    first = matrix.criteria.first()
    assert first is not None
    assert (first.source.levels, first.source.key) == (first.levels, "urgency")  # type: ignore[union-attr]
    facts = {"by": personas.sari(ward), "meeting": matrix.meeting}
    assert refusal(services.begin_matrix, **facts) == MatrixReason.EXISTS


def test_weights_change_until_they_are_fixed(ward: Region) -> None:
    matrix = matrix_begun(ward)
    sari, lurah = personas.sari(ward), personas.lurah(ward)
    facts = {"by": sari, "meeting": matrix.meeting}
    services.weigh_criteria(at=AT, weights={"urgency": 3, "distance": 0}, **facts)
    assert refusal(services.weigh_criteria, weights={"urgency": 10}, **facts) == MatrixReason.WEIGHT_LARGE
    assert refusal(services.weigh_criteria, weights={"harga": 1}, **facts) == MatrixReason.NO_SUCH_CRITERION
    services.freeze_matrix(by=lurah, at=AT, meeting=matrix.meeting)
    assert set(matrix.criteria.values_list("key", "weight")) >= {("urgency", 3)}
    assert not matrix.criteria.filter(key="distance").exists()
    assert refusal(services.weigh_criteria, weights={"urgency": 1}, **facts) == MatrixReason.FROZEN
    assert refusal(services.freeze_matrix, by=lurah, meeting=matrix.meeting) == MatrixReason.FROZEN


def test_a_criterion_of_the_meetings_own(ward: Region) -> None:
    matrix = matrix_begun(ward)
    levels = [(place, {"id": f"swadaya {place}"}) for place in range(5)]
    facts = {"by": personas.sari(ward), "meeting": matrix.meeting, "weight": 2, "levels": levels}
    services.add_criterion(at=AT, title={"id": "Swadaya warga"}, **facts)
    made = matrix.criteria.get(key="swadaya-warga")
    assert (made.source, min(made.level_words)) == (None, 0)
    assert refusal(services.add_criterion, title={"id": "Swadaya warga"}, **facts) == MatrixReason.KEY_TAKEN


def test_nothing_is_scored_before_it_is_fixed(ward: Region) -> None:
    matrix = matrix_begun(ward)
    made = seat(matrix.meeting)
    assert refusal(services.send_scores, by=None, seat=made, points={}) == MatrixReason.NOT_FROZEN


def test_what_is_fixed_is_journaled_with_its_digest(ward: Region) -> None:
    matrix = frozen(ward)
    entry = last("deliberation.matrix_frozen")
    assert (entry.changes["digest"], entry.is_public, entry.changes["proposals"]) == (matrix.digest, True, 2)
    assert queries.digest_now(matrix) == matrix.digest


def test_a_weight_changed_behind_the_back_stops_the_close(ward: Region) -> None:
    matrix = frozen(ward)
    scored(seat(matrix.meeting), (5, 1))
    MatrixCriterion.objects.filter(matrix=matrix, key="urgency").update(weight=9)
    facts = {"by": personas.lurah(ward), "meeting": matrix.meeting}
    assert refusal(services.close_matrix, **facts) == MatrixReason.CHANGED
    MatrixCriterion.objects.filter(matrix=matrix, key="urgency").update(weight=1)
    assert services.close_matrix(at=AT, **facts).state == MatrixState.CLOSED


def test_one_proposal_makes_no_ranking(ward: Region) -> None:
    matrix = matrix_begun(ward, 1)
    facts = {"by": personas.lurah(ward), "meeting": matrix.meeting}
    assert refusal(services.freeze_matrix, **facts) == MatrixReason.TOO_FEW_PROPOSALS


def test_all_cells_or_none(ward: Region) -> None:
    matrix = frozen(ward)
    made, whole = seat(matrix.meeting), points(matrix, (5, 1))
    first, second = whole
    del whole[second]["growth"]
    facts = {"by": None, "seat": made}
    assert refusal(services.send_scores, points=whole, **facts) == MatrixReason.NOT_WHOLE
    whole[second]["growth"] = 6
    assert refusal(services.send_scores, points=whole, **facts) == MatrixReason.NO_SUCH_LEVEL
    assert (MatrixScore.objects.count(), first in whole) == (0, True)


def test_sent_again_replaces_and_the_journal_says_never_what(ward: Region) -> None:
    matrix = frozen(ward)
    made = seat(matrix.meeting)
    scored(made, (5, 1))
    scored(made, (2, 3))
    assert set(made.scores.values_list("points", flat=True)) == {2, 3}
    entry = last("deliberation.matrix_scored")
    assert (entry.changes, entry.is_public) == ({"seat": 1, "again": True}, False)


def test_before_the_close_nobody_reads_a_score(ward: Region) -> None:
    matrix = frozen(ward)
    for label in ("RW 01", "RW 02", "RW 03"):
        scored(seat(matrix.meeting, label), (5, 1))
    assert queries.result(matrix) == []
    assert list(queries.exported(matrix)) == []
    assert queries.matrix_for_minutes(matrix.meeting) == {}
    services.close_matrix(by=personas.lurah(ward), at=AT, meeting=matrix.meeting)
    matrix.refresh_from_db()
    assert [(row.rank, row.total) for row in queries.result(matrix)] == [(1, 105), (2, 21)]


def test_the_close_waits_for_every_seat_or_takes_it_back(ward: Region) -> None:
    matrix = frozen(ward)
    lurah = personas.lurah(ward)
    facts = {"by": lurah, "meeting": matrix.meeting}
    assert refusal(services.close_matrix, **facts) == MatrixReason.NOBODY_SENT
    sent, waits = seat(matrix.meeting), seat(matrix.meeting, "PKK")
    scored(sent, (5, 1))
    with pytest.raises(Refused) as caught:
        services.close_matrix(at=AT, **facts)
    assert (caught.value.reason, "2 (PKK)" in caught.value.message) == (MatrixReason.SEATS_WAIT, True)
    assert refusal(services.take_seat_back, number=sent.number, **facts) == MatrixReason.SEAT_SENT
    assert refusal(services.take_seat_back, number=9, **facts) == MatrixReason.NO_SUCH_SEAT
    services.take_seat_back(at=AT, number=waits.number, **facts)
    assert services.matrix_open(matrix.meeting).reason == MatrixReason.STILL_OPEN
    services.close_matrix(at=AT, **facts)
    assert services.matrix_open(matrix.meeting)
    assert refusal(services.send_scores, by=None, seat=sent, points={}) == MatrixReason.CLOSED
    assert refusal(services.give_seat, label="LPM", **facts) == MatrixReason.CLOSED


def test_a_matrix_that_nobody_scored_keeps_no_meeting_open(ward: Region) -> None:
    matrix = frozen(ward)
    waits = seat(matrix.meeting)
    for item in matrix.meeting.items.all():
        decided(item)
    done = closed(matrix.meeting)
    assert (done.state, queries.matrix_for_minutes(done)) == ("closed", {})
    late = {"by": None, "seat": waits, "points": points(matrix, (5, 1))}
    assert refusal(services.send_scores, **late) == Reason.MEETING_CLOSED
    assert refusal(services.give_seat, by=None, meeting=done, label="PKK") == Reason.MEETING_CLOSED


def test_spread_and_order_are_shown_without_who(ward: Region) -> None:
    matrix = closed_matrix(ward, ((5, 1), (1, 4), (2, 4)))
    told = queries.matrix_for_minutes(matrix.meeting)
    first, second = told["rows"]
    assert (told["seats"], first["rank"], first["total"], first["least"], first["most"]) == (3, 1, 63, 7, 28)
    assert (second["total"], second["iqr"], (first["best"], first["worst"])) == (56, "14", (1, 2))
    assert all(
        name not in str(row[key]) for row in told["rows"] for key in row.keys() - {"code"} for name in ("RW", "PKK")
    )
    entry = last("deliberation.matrix_closed")
    assert entry.changes["ranks"][0][1:] == [1, 63]


def test_the_file_sums_up_to_the_ranking_and_names_no_seat(ward: Region) -> None:
    matrix = closed_matrix(ward)
    head, weights, *rows = list(queries.exported(matrix))
    assert (head[0], weights[0], len(rows)) == ("seat", "weight", 6)
    sums: dict[str, int] = {}
    for row in rows:
        counted = sum(weight * value for weight, value in zip(weights[2:-1], row[2:-1], strict=True))
        assert counted == row[-1]
        sums[row[1]] = sums.get(row[1], 0) + counted
    assert sums == {row.item.proposal.code: row.total for row in queries.result(matrix)}
    assert not any("RW" in str(cell) for seat, _code, *cells in rows for cell in (seat, *cells))


def test_among_two_seats_no_file_and_no_spread(ward: Region) -> None:
    matrix = closed_matrix(ward, ((5, 1), (1, 4)))
    assert (list(queries.exported(matrix)), {row.least for row in queries.result(matrix)}) == ([], {None})


def test_a_seat_is_opened_by_its_code_however_it_is_typed(ward: Region) -> None:
    made = seat(matrix_begun(ward).meeting)
    key = seat_keys.seat_key(made.uid)
    assert queries.seat_for(key) == queries.seat_for(f"  {key.lower().replace('-', ' ')} ") == made
    assert queries.seat_for("0000-0000") is None
    assert queries.seat_for("") is None
    assert key.replace("-", "") not in made.key_hash.upper()


def test_a_person_has_one_seat_and_a_seat_bears_no_name(ward: Region) -> None:
    meeting = matrix_begun(ward).meeting
    sari = personas.sari(ward)
    seat(meeting, account=sari)
    facts = {"by": personas.lurah(ward), "meeting": meeting}
    assert refusal(services.give_seat, label="Lagi", account=sari, **facts) == MatrixReason.SEAT_TAKEN
    assert refusal(services.give_seat, label=" ", **facts) == MatrixReason.LABEL_MISSING
    made = services.give_seat(at=AT, label="PKK 0812-3456-7890", **facts)
    assert "0812" not in made.label
    op = uuid.uuid4()
    once, twice = (services.give_seat(at=AT, op=op, label="LPM", **facts) for _time in range(2))
    assert once == twice
    assert MatrixSeat.objects.count() == 3


def test_what_the_site_check_gave_stands_beside_where_the_scale_is_the_same(ward: Region) -> None:
    matrix = frozen(ward)
    items, criteria = queries.items_of(matrix), list(matrix.criteria.all())
    scores = {"people": (3, "Dihitung 120 orang"), "urgency": (4, "Hujan dekat")}
    need = Need.objects.get(pk=items[0].proposal.need_id)
    needs.score_need(by=personas.sari(ward), at=NOW, need=need, scores=scores)
    found = queries.evidence(items, criteria)
    by_key = {one.pk: one.key for one in criteria}
    assert {(item, by_key[one]): known.points for (item, one), known in found.items()} == {
        (items[0].pk, "people"): 3, (items[0].pk, "urgency"): 4,
    }  # fmt: skip
    other = next(one for one in criteria if one.key == "people")
    other.levels = [{**level, "text": {"id": "lain"}} for level in other.levels]
    assert (items[0].pk, other.pk) not in queries.evidence(items, criteria)


def test_a_city_without_criteria_begins_none(ward: Region) -> None:
    Criterion.objects.all().delete()
    facts = {"by": personas.sari(ward), "meeting": called(ward)}
    assert refusal(services.begin_matrix, **facts) == MatrixReason.NO_CRITERIA_IN_FORCE
