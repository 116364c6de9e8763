"""The fields of the code of ethics and of cases: read by the panel of each case alone."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

_BASIS = ("public duty: discipline of facilitators", "five years after the decision")
_PANEL = "the panel of the case"


def _case(purpose: str, recipients: str = f"{_PANEL}, the person it is about") -> Personal:
    return Personal("masked", purpose, *_BASIS, recipients)


PERSONAL: dict[str, Personal] = {
    "EthicsCase.report": _case("what was reported", _PANEL),
    "EthicsCase.subject_key": Personal(
        "general", "makes the contact readable; destroyed to forget it", *_BASIS, "nobody"
    ),
    "EthicsCase.contact_cipher": Personal("general", "to ask the reporter more, if they wish", *_BASIS, _PANEL),
    "EthicsCase.allegation": _case("what the person answers to"),
    "EthicsCase.answer": _case("what the person answers"),
    "EthicsCase.statement": _case("what the person said at a hearing"),
    "EthicsCase.reason": _case("why the panel decided so"),
    "EthicsCase.skip_reason": _case("why a grade was skipped"),
    "EthicsCase.sent_back_reason": _case("why a member did not confirm a decision", _PANEL),
    "PanelSeat.left_reason": _case("why a member left", _PANEL),
}

PLAIN = frozenset(
    {"EthicsCode.text_id", "EthicsCode.text_en", "EthicsCode.legal_basis", "EthicsCode.reason"}
)  # fmt: skip
