"""Open311: what other offices' programs read and send, in XML and JSON."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from pendamping.access import tokens
from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.needs import services
from pendamping.needs.enums.categories import QuestionKind
from pendamping.needs.enums.moderation import HideReason
from pendamping.needs.enums.open311 import Status
from pendamping.needs.georeport import Several, answer
from pendamping.needs.models import Category, CategoryQuestion, Deadline, Following, Hiding, Solving, Voice
from pendamping.needs.rules import open311 as rules
from pendamping.needs.tests import factories as make
from pendamping.needs.views import open311
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

V2 = "/open311/v2"
JAKARTA = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "asked", "reopened", "status"),
    [
        ("heard", False, False, "open"), ("gathered", False, False, "open"), ("answered", False, False, "closed"),
        ("gathered", True, False, "closed"), ("gathered", True, True, "open"), ("heard", True, True, "open"),
        ("answered", True, True, "closed"),
    ],
)  # fmt: skip
def test_two_statuses(state: str, asked: bool, reopened: bool, status: str) -> None:
    assert rules.status_of(state=state, is_asked=asked, is_reopened=reopened) == status


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-03-02T10:00:00+07:00", NOW), ("2026-03-02T10:00:00 07:00", NOW), ("2026-03-02T03:00:00Z", NOW),
        ("2026-03-02T10:00:00", NOW), ("2026-03-02", datetime(2026, 3, 1, 17, tzinfo=UTC)), (" ", None),
    ],
)  # fmt: skip
def test_instants_are_read_as_programs_write_them(text: str, instant: datetime | None) -> None:
    assert rules.instant_of(text, JAKARTA) == instant


@pytest.mark.parametrize("text", ["kemarin", "2026-13-01", "0001-01-01T00:00:00+14:00", "T"])
def test_what_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=r"2026-03-02T10"):
        rules.instant_of(text, JAKARTA)


def test_span_is_ninety_days_at_most() -> None:
    days = timedelta(days=90)
    early, late = NOW - timedelta(days=200), NOW - timedelta(days=100)
    assert rules.span_of(start=None, end=None, now=NOW) == (NOW - days, NOW)
    assert rules.span_of(start=None, end=late, now=NOW) == (late - days, late)
    assert rules.span_of(start=early, end=None, now=NOW) == (early, early + days)
    assert rules.span_of(start=NOW - days / 2, end=None, now=NOW) == (NOW - days / 2, NOW)
    assert rules.span_of(start=early, end=early + days, now=NOW) == (early, early + days)
    edge = datetime.min.replace(tzinfo=UTC)
    assert rules.span_of(start=None, end=edge, now=NOW) == (edge, edge)
    for start, end in ((early, early + days + timedelta(seconds=1)), (NOW, early)):
        with pytest.raises(Refused):
            rules.span_of(start=start, end=end, now=NOW)


def test_statuses_and_ids_between_commas() -> None:
    assert rules.statuses_of("Closed, open") == [Status.CLOSED, Status.OPEN]
    assert rules.statuses_of("") == [Status.OPEN, Status.CLOSED]
    assert len(rules.ids_of(",".join(["S"] * 1000))) == 1000
    for wrong in (lambda: rules.statuses_of("done"), lambda: rules.ids_of(",".join(["S"] * 1001))):
        with pytest.raises(Refused):
            wrong()


def test_xml_holds_what_xml_can_hold() -> None:
    row = {"description": "Air \x0b& <lumpur>", "metadata": True, "lat": None, "formats": Several("format", ["a", "b"])}
    written = answer("xml", "services", Several("service", [row])).content.decode()
    assert written.startswith('<?xml version="1.0" encoding="utf-8"?>\n')
    found = ET.fromstring(written)
    assert [found.tag, found[0].tag, found.findtext("service/lat")] == ["services", "service", ""]
    assert (found.findtext("service/description"), found.findtext("service/metadata")) == ("Air & <lumpur>", "true")
    assert [one.text for one in found.iter("format")] == ["a", "b"]
    assert answer("json", "services", Several("service", [row])).content == (
        b'[{"description": "Air \\u000b& <lumpur>", "metadata": true, "lat": null, "formats": ["a", "b"]}]'
    )


@pytest.fixture
def ward() -> Region:
    made = places.ward(1)
    Region.objects.filter(pk=made.pk).update(latitude="-7.350000", longitude="108.220000")
    made.refresh_from_db()
    return made


def category(key: str = "drainase", **facts: Any) -> Category:
    given = {"title": {"id": "Selokan", "en": "Drains"}, "menu_item": make.menu(), "valid_from": "2020-01-01"}
    return Category.objects.create(created_at=NOW, key=key, **{**given, **facts})


def voice(place: Region, days: int = 1, **facts: Any) -> Voice:
    """A voice heard some days ago."""
    chosen = facts.pop("category", None)
    made = make.voice(place, heard_at=datetime.now(UTC) - timedelta(days=days), **facts)
    if chosen:
        Voice.everything.filter(pk=made.pk).update(category=chosen)
    return made


def rows(client: Client, path: str = "requests.json", **asked: Any) -> list[dict[str, Any]]:
    found = client.get(f"{V2}/{path}", asked)
    assert found.status_code == 200, found.content
    listed: list[dict[str, Any]] = found.json()
    return listed


def ids(client: Client, **asked: Any) -> list[str]:
    return [row["service_request_id"] for row in rows(client, **asked)]


@pytest.mark.django_db
def test_services_are_the_categories_of_the_city(client: Client, ward: Region) -> None:
    category()
    category("drainase", city=places.city(), title={"id": "Drainase kota", "en": "City drains"})
    category("orang", is_confidential=True)
    category("lama", valid_to="2021-01-01")
    category("asing", city=places.city("3279", "Kota Lain"))
    Category.objects.filter(city=None).exclude(key__in=["drainase", "orang", "lama"]).update(valid_to="2021-01-01")
    found = rows(client, "services.json")
    assert [(row["service_code"], row["service_name"], row["metadata"]) for row in found] == [
        ("drainase", "Drainase kota", False), ("other", "Hal lain", False),
    ]  # fmt: skip
    assert client.get(f"/en{V2}/services.json").json()[0]["service_name"] == "City drains"
    xml = ET.fromstring(client.get(f"{V2}/services.xml").content)
    assert [one.findtext("service_code") for one in xml.findall("service")] == ["drainase", "other"]
    assert xml.findtext("service/type") == "realtime"


@pytest.mark.django_db
def test_definition_says_what_is_asked(client: Client, ward: Region) -> None:
    asks = category()
    facts = {"label": {"id": "Sedalam apa?", "en": "How deep?"}, "position": 1, "is_required": True}
    options = [{"key": "lutut", "id": "Selutut", "en": "To the knee"}]
    CategoryQuestion.objects.create(
        created_at=NOW, category=asks, key="dalam", kind=QuestionKind.CHOICE, choices=options, **facts
    )
    CategoryQuestion.objects.create(
        created_at=NOW, category=asks, key="putus", kind=QuestionKind.YES_NO, position=2, label={"id": "Jalan putus?"}
    )
    found = client.get(f"{V2}/services/drainase.json").json()
    assert found["service_code"] == "drainase"
    depth, cut = found["attributes"]
    assert depth == {
        "variable": True, "code": "dalam", "datatype": "singlevaluelist", "required": True,
        "datatype_description": None, "order": 1, "description": "Sedalam apa?",
        "values": [{"key": "lutut", "name": "Selutut"}],
    }  # fmt: skip
    assert [one["key"] for one in cut["values"]] == ["yes", "no"]
    xml = ET.fromstring(client.get(f"{V2}/services/drainase.xml").content)
    assert [xml.tag, xml.findtext("attributes/attribute/values/value/key")] == ["service_definition", "lutut"]
    assert client.get(f"{V2}/services/tidak-ada.json").status_code == 404


@pytest.mark.django_db
def test_unread_words_pins_and_photos_stay_inside(client: Client, ward: Region) -> None:
    said: dict[str, Any] = {"text": "Rumah saya banjir", "place_words": "belakang warung", "photos": [make.picture()]}
    made = voice(ward, latitude="-7.351234", longitude="108.221234", **said)
    (unread,) = rows(client)
    assert unread["service_request_id"] == made.code
    assert (unread["description"], unread["media_url"], unread["address"]) == (None, None, "Kelurahan Sukamaju 1")
    assert (unread["lat"], unread["long"], unread["address_id"]) == (-7.35, 108.22, ward.path)
    assert (unread["status"], unread["status_notes"]) == ("open", "Didengar, menunggu")
    services.answer_voice(by=personas.lurah(ward), at=datetime.now(UTC), voice=made, answer="Sudah diperbaiki")
    (read,) = rows(client)
    assert (read["description"], read["status"], read["status_notes"]) == (
        "Rumah saya banjir", "closed", "Sudah diperbaiki",
    )  # fmt: skip
    assert read["address"] == "Kelurahan Sukamaju 1, belakang warung"
    everything = client.get(f"{V2}/requests.xml").content.decode()
    assert "7.351" not in everything


@pytest.mark.django_db
def test_what_is_hidden_or_about_persons_is_not_there(client: Client, ward: Region) -> None:
    hidden, about = voice(ward), voice(ward)
    Hiding.objects.create(created_at=NOW, voice=hidden, reason=HideReason.SPAM)
    Voice.everything.filter(pk=about.pk).update(is_confidential=True)
    foreign = voice(places.foreign_ward())
    assert ids(client) == []
    assert ids(client, jurisdiction_id="3279") == [foreign.code]
    for one in (hidden, about, foreign):
        assert ids(client, service_request_id=one.code) == []
        for path in (f"requests/{one.code}.json", f"tokens/{one.code}.json"):
            assert client.get(f"{V2}/{path}").status_code == 404


@pytest.mark.django_db
def test_filters(client: Client, ward: Region) -> None:
    drains = category()
    old, plain, filed = voice(ward, 120), voice(ward, 2), voice(ward, 1, category=drains)
    asked = voice(ward, 3)
    Solving.objects.create(created_at=NOW, voice=asked)
    assert ids(client) == [filed.code, plain.code, asked.code]
    assert ids(client, status="closed") == [asked.code]
    assert ids(client, status="open") == [filed.code, plain.code]
    assert ids(client, service_code="drainase") == [filed.code]
    assert ids(client, service_code="other,drainase") == [filed.code, plain.code, asked.code]
    assert ids(client, service_request_id=f"{old.code},{plain.code}", status="closed") == [plain.code, old.code]
    until = (datetime.now(UTC) - timedelta(days=100)).isoformat()
    assert ids(client, end_date=until) == [old.code]
    Solving.objects.update(answer="no", answered_at=NOW, reopened_at=NOW)
    assert ids(client, status="closed") == []
    assert len(ids(client, status="open")) == 3


@pytest.mark.django_db
def test_list_holds_a_thousand_at_most(client: Client, ward: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (rules.MOST, rules.DAYS) == (1000, 90)
    newer, _older = voice(ward, 1), voice(ward, 2)
    monkeypatch.setattr(rules, "MOST", 1)
    assert ids(client) == [newer.code]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("requests.json?status=selesai", 400), ("requests.xml?start_date=kemarin", 400),
        ("requests.json?start_date=2026-01-01&end_date=2026-12-31", 400), ("requests.csv", 404),
        ("requests/S26-00000-0.xml", 404), ("services.json?jurisdiction_id=9999", 404),
    ],
)  # fmt: skip
def test_refusals_are_errors_of_the_specification(client: Client, ward: Region, asked: str, status: int) -> None:
    found = client.get(f"{V2}/{asked}")
    assert found.status_code == status
    if ".json" in asked:
        (error,) = found.json()
    else:
        error = {part.tag: part.text for part in ET.fromstring(found.content).find("error") or []}
    assert str(error["code"]) == str(status)
    assert error["description"]


@pytest.mark.django_db
def test_expected_day_is_the_next_one_due(client: Client, ward: Region) -> None:
    made = voice(ward)
    made.deadlines.all().delete()
    for step, due in (("solve", "2026-05-01"), ("answer", "2026-04-01"), ("route", "2026-03-05")):
        met = NOW if step == "route" else None
        Deadline.objects.create(created_at=NOW, voice=made, step=step, days=3, starts_at=NOW, due_on=due, met_at=met)
    (row,) = rows(client)
    assert row["expected_datetime"] == "2026-04-01T23:59:59+07:00"


@pytest.mark.django_db
def test_list_costs_the_same_for_one_and_three(
    client: Client, ward: Region, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rt = places.rt(places.rw(ward))
    for count in (1, 3):
        while Voice.objects.count() < count:
            voice(rt)
        with django_assert_num_queries(3):
            assert len(rows(client)) == count


@pytest.mark.django_db
def test_discovery_and_pages_of_other_sites(client: Client, ward: Region) -> None:
    found = client.get("/open311/discovery.json")
    (endpoint,) = found.json()["endpoints"]
    assert endpoint["url"].endswith("/open311/v2")
    assert endpoint["formats"] == ["text/xml", "application/json"]
    assert found.headers["Access-Control-Allow-Origin"] == "*"
    assert not found.cookies
    assert (
        ET.fromstring(client.get("/open311/discovery.xml").content).findtext("endpoints/endpoint/type") == "production"
    )


def key_of(account: Account, *, reads_only: bool = False) -> str:
    return tokens.issue(account=account, label="hub", expires_on=date(2099, 1, 1), reads_only=reads_only)[1]


def send(client: Client, ward: Region, kind: str = "json", **changes: Any) -> Any:
    given = {
        "api_key": key_of(personas.secretariat(places.city())), "service_code": "other", "address_id": ward.path,
        "description": f"Lampu mati, telepon 0812-3456-7890, NIK {make.NIK}",
    }  # fmt: skip
    facts = {name: value for name, value in {**given, **changes}.items() if value is not None}
    return client.post(f"{V2}/requests.{kind}", facts)


@pytest.mark.django_db
def test_another_system_sends_a_request(client: Client, ward: Region) -> None:
    facts = {"first_name": "Sumirah", "last_name": "Rekaan", "phone": "0812-1111-2222", "device_id": "abc-device"}
    sent = send(client, ward, media=make.upload(), email="sumirah@contoh.id", **facts)
    (row,) = sent.json()
    made = Voice.objects.get()
    assert (sent.status_code, row["service_request_id"], made.channel) == (201, made.code, "open311")
    assert made.text == "Lampu mati, telepon [telepon], NIK [NIK]"
    assert (made.recorded_by, made.photos.count(), made.on_behalf) == (personas.secretariat(places.city()), 1, False)
    following = Following.objects.get(voice=made)
    assert (following.is_speaker, following.confirmed_at) == (True, None)
    kept = str(list(Voice.objects.values())) + str(list(JournalEntry.objects.values()))
    assert not [word for word in ("Sumirah", "Rekaan", "1111", "abc-device", "sumirah@") if word in kept]
    assert rows(client, f"tokens/{made.code}.json") == [{"service_request_id": made.code, "token": made.code}]


@pytest.mark.django_db
def test_answer_to_a_request_in_xml(client: Client, ward: Region) -> None:
    found = ET.fromstring(send(client, ward, "xml").content)
    assert found.findtext("request/service_request_id") == Voice.objects.get().code
    errors = ET.fromstring(send(client, ward, "xml", service_code="x").content)
    assert errors.findtext("error/code") == "404"


@pytest.mark.django_db
def test_keys_that_do_not_open(client: Client, ward: Region) -> None:
    reading = key_of(personas.secretariat(places.city()), reads_only=True)
    for key in (None, "", "pdp_salah", reading):
        sent = send(client, ward, api_key=key)
        assert (sent.status_code, sent.json()[0]["code"]) == (403, 403)
    good = key_of(personas.secretariat(places.city()))
    by_address = client.post(f"{V2}/requests.json?api_key={good}", {"service_code": "other", "address_id": ward.path})
    assert by_address.status_code == 403
    assert not Voice.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "status", "told"),
    [
        ({"service_code": None}, 404, "layanan"), ({"service_code": "conduct"}, 404, "layanan"),
        ({"address_id": None}, 400, "address_id"), ({"address_id": "3278011099"}, 400, "address_id"),
        ({"address_id": None, "lat": "-7.35"}, 400, "lat"), ({"lat": "x", "long": "y"}, 400, "lat"),
        ({"lat": "NaN", "long": "1"}, 400, "lat"), ({"lat": "91", "long": "108"}, 400, "lat"),
        ({"description": " "}, 400, "spasi"), ({"email": "bukan surel"}, 400, "surel"),
        ({"attribute[apa]": "x"}, 400, "attribute[apa]"),
        ({"lat": "-6.2", "long": "106.8"}, 400, "km"),
    ],
)  # fmt: skip
def test_requests_refused(client: Client, ward: Region, changes: dict[str, Any], status: int, told: str) -> None:
    sent = send(client, ward, **changes)
    assert sent.status_code == status
    assert told in sent.json()[0]["description"]
    assert not Voice.objects.exists()


@pytest.mark.django_db
def test_attributes_are_answers_of_the_category(client: Client, ward: Region) -> None:
    sent = send(client, ward, service_code="light", **{"attribute[lamps]": "3"})
    assert sent.status_code == 201
    made = Voice.objects.get()
    assert (made.category.key if made.category else "", made.extra) == ("light", {"lamps": "3"})
    wrong = send(client, ward, service_code="light", **{"attribute[lamps]": "banyak"})
    assert wrong.json()[0]["description"].startswith("attribute[lamps]: ")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "depth"),
    [
        ({"address_string": "Gang Melati, RT 2 RW 5, Kel. Sukamaju 1"}, 16), ({"lat": "-7.3512", "long": "108.22"}, 10),
    ],
)  # fmt: skip
def test_place_by_words_or_by_point(client: Client, ward: Region, facts: dict[str, str], depth: int) -> None:
    places.rt(places.rw(ward, 5), 2)
    assert send(client, ward, address_id=None, **facts).status_code == 201
    made = Voice.objects.get()
    assert (len(made.region_path), made.ward_path) == (depth, ward.path)
    assert made.place_words == facts.get("address_string", "")


@pytest.mark.django_db
def test_a_key_that_floods_waits(client: Client, ward: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open311, "REQUESTS_AN_HOUR", 1)
    assert [send(client, ward).status_code for _ in range(2)] == [201, 429]


@pytest.mark.django_db
def test_the_same_operation_is_one_request(client: Client, ward: Region) -> None:
    facts = {
        "api_key": key_of(personas.secretariat(places.city())), "service_code": "other", "address_id": ward.path,
        "description": "Lampu mati",
    }  # fmt: skip
    key = {"Idempotency-Key": str(uuid.uuid4())}
    first, second = (client.post(f"{V2}/requests.json", facts, headers=key).json() for _ in range(2))
    assert (first, Voice.objects.count()) == (second, 1)
    other = client.post(f"{V2}/requests.json", {**facts, "description": "Lain"}, headers=key)
    assert (other.status_code, other.json()[0]["code"]) == (409, 409)
    assert client.post(f"{V2}/requests.json", facts, headers={"Idempotency-Key": "x"}).status_code == 400
