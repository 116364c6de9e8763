"""Every page of the address map, in both languages, on a phone and a desk: reachable, readable, usable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.access.routes import views
from tests.browser.crawl import Seen
from tests.browser.look import COLOURS, SETTLED, ZOOMED, axe, small_targets, too_wide
from tests.browser.site import NOBODY
from tests.harness.browser import DESK, PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Windows

FILES = "no page: a file or an answer for machines"
FORM_ONLY = "takes a form, shows no page of its own"
LEADS_ON = "only leads on to another page"
PIN = "behind the PIN of a candidate in a running sitting; test_exam_pages.py walks through it"
FACTOR = "shown by the library to people with a second factor; test_passkey.py walks through it"
IGNORED = {
    "deliberation:public_state": FILES, "deliberation:control_worker": FILES, "deliberation:show": FORM_ONLY,
    "deliberation:lead_point": FORM_ONLY,
    "healthz": FILES, "access:photo": FILES, "assets:minutes": FILES, "assets:plate": FILES,
    "deliberation:minutes": FILES, "portal:journey_feed": FILES, "portal:records_feed": FILES, "portal:robots": FILES,
    "portal:sitemap": FILES, "portal:manifest": FILES, "mfa_download_recovery_codes": FILES,
    "deliberation:slips_file": FILES, "deliberation:links_file": FILES, "deliberation:poll_open": FORM_ONLY,
    "deliberation:poll_end": FORM_ONLY, "deliberation:voter_mark": FORM_ONLY, "deliberation:links_send": FORM_ONLY,
    **dict.fromkeys(
        (f"deliberation:{name}" for name in (
            "result_file", "result_ballots", "result_annex", "priority_pdf", "priority_csv",
        )), FILES,
    ),
    "deliberation:result_run": FORM_ONLY, "deliberation:take_off": FORM_ONLY,
    "planning:approve": FORM_ONLY, "delivery:verify": FORM_ONLY,
    "delivery:send_back": FORM_ONLY, "benefits:count": FORM_ONLY, "access:stop_viewing": FORM_ONLY,
    "mfa_login_webauthn": FORM_ONLY, "deliberation:decide_next": LEADS_ON, "account_set_password": LEADS_ON,
    "account_logout": FORM_ONLY, "account_reauthenticate": FACTOR,
    "mfa_authenticate": FACTOR, "mfa_reauthenticate": FACTOR,
    "mfa_deactivate_totp": FACTOR, "mfa_view_recovery_codes": FACTOR, "mfa_generate_recovery_codes": FACTOR,
    "mfa_list_webauthn": FACTOR, "mfa_reauthenticate_webauthn": FACTOR, "mfa_remove_webauthn": FACTOR,
    "mfa_edit_webauthn": FACTOR, "facilitators:exam_paper": PIN,
    **dict.fromkeys(
        (f"facilitators:{name}" for name in (
            "applicant_file", "application_file", "application_paper_file", "exam_analysis_file", "exam_seating",
            "decree_annex", "appointment_certificate", "my_certificate", "ceremony_invitation", "my_invitation",
            "my_takeover_paper", "public_ranking_file", "my_month_pdf", "my_month_xlsx", "month_pdf", "month_xlsx",
            "pay_run_pdf", "pay_desk_pdf", "my_log_photo",
        )), FILES,
    ),
    **dict.fromkeys(
        (f"facilitators:{name}" for name in (
            "applicant_accept", "applicant_answer", "applicant_mail_code", "applicant_mail_again",
            "applicant_withdraw", "applicant_sign_out", "round_advance", "round_post_remove",
            "round_requirement_publish", "round_requirement_drop", "round_requirement_examples",
            "round_requirement_remove", "application_verify", "application_renew", "application_submit",
            "application_answer", "application_withdraw", "application_object",
            "application_conclude", "exam_seat_all", "exam_sitting_open", "exam_begin", "exam_answer", "exam_hand_in",
            "ceremony_invite", "interview_declare", "interview_score", "interview_lock", "month_recommend",
            "month_approve", "month_return", "month_reject", "pay_file", "pay_paid", "pay_line_fail", "pay_line_answer",
            "pay_line_reveal", "deduction_set", "deduction_end",
        )), FORM_ONLY,
    ),
    "facilitators:question_export": FILES,
    "deliberation:price_list_file": FILES, "deliberation:matrix_file": FILES,
    **dict.fromkeys(
        (f"deliberation:{name}" for name in (
            "price_list_fix", "check_line_drop", "check_discard", "matrix_begin", "matrix_freeze",
            "matrix_seat_take_back", "matrix_close",
        )), FORM_ONLY,
    ),
    **dict.fromkeys(
        (f"needs:{name}" for name in (
            "gateway", "open311_discovery", "open311_services", "open311_service", "open311_requests",
            "open311_request", "open311_token", "give_worker", "voice_file", "case_photo",
        )), FILES,
    ),
    **dict.fromkeys(
        (f"deliberation:{name}" for name in ("sheet_paper", "sheet_picture", "answer_calendar")), FILES,
    ),
    **dict.fromkeys(
        (f"deliberation:{name}" for name in (
            "invitation_paper", "send_invitations", "invitation_withdraw", "begin_point", "end_point", "count_register",
        )), FORM_ONLY,
    ),
    "portal:place_feed": FILES, "portal:place_calendar": FILES, "needs:preview": FORM_ONLY,
    **dict.fromkeys(
        (f"training:{name}" for name in (
            "badge_achievement", "badge_issuer", "badge_picture", "signing_key", "signing_keys", "status_list",
            "certificate_file", "my_certificate_file", "calendar_feed", "session_calendar", "my_session_calendar",
            "session_sheet", "material", "my_material", "task_photo", "my_task_photo", "version_package",
            "effect_pdf", "effect_xlsx", "learning_worker",
        )), FILES,
    ),
    **dict.fromkeys(
        (f"training:{name}" for name in (
            "curriculum_take_in", "version_publish", "version_drop", "module_move", "module_drop", "activity_move",
            "activity_drop", "material_drop", "session_place_all", "session_place_free", "my_place_take",
            "my_place_give_up", "my_step_done", "my_step_place", "my_quiz_begin", "my_answer", "my_attempt_end",
        )), FORM_ONLY,
    ),
}  # fmt: skip
COOKIES = (
    "account_login",
    "account_inactive",
    "gallery",
)  # with forms that carry a token: the cookie is its other half
PAGES = sorted({name for name, _pattern in views() if not name.startswith("api-")} - set(IGNORED))


def test_every_page_of_the_map_is_looked_at(seen: dict[str, list[Seen]]) -> None:
    unseen = [name for name in PAGES if name not in seen]
    assert unseen == [], "\n".join(unseen)


def test_no_link_leads_nowhere(seen: dict[str, list[Seen]]) -> None:
    lost = [page for pages in seen.values() for page in pages if page.status != 200]
    assert lost == [], "\n".join(map(str, lost))


def fullest_and_barest(pages: list[Seen]) -> list[Seen]:
    """The page with most on it and, when it is plainly another state, the one with least."""
    ordered = sorted((page for page in pages if page.size), key=lambda page: page.size)
    differ = ordered[-1].size > ordered[0].size * 1.3
    return [ordered[-1], ordered[0]] if differ else ordered[-1:]


@pytest.mark.parametrize("name", PAGES)
def test_page(name: str, windows: Windows, seen: dict[str, list[Seen]]) -> None:
    found: list[str] = []
    for nth, place in enumerate(fullest_and_barest(seen[name])):
        page, watch = windows(place.who)
        for look in (_closely, _in_english) if nth == 0 else (_at_a_glance,):
            problems = [*look(page, place.address, public=place.who == NOBODY), *watch.heard()]
            found += [f"{place.who or 'anyone'} {place.address} {problem}" for problem in problems]
        if place.who == NOBODY and page.context.cookies() and name not in COOKIES:
            found.append(f"{place.address} sets a cookie")
    assert not found, "\n".join(found)


def _at_a_glance(page: Page, address: str, *, public: bool, colours: bool = False) -> list[str]:
    answer = page.goto(address)
    found = [] if answer and answer.ok else [f"answers {answer and answer.status}"]
    return [*found, *axe(page, colours=colours), *too_wide(page), *small_targets(page)]


def _in_english(page: Page, address: str, *, public: bool) -> list[str]:
    """The same bones, other words: what axe asks of the bones was answered; visitors' pages are asked twice."""
    page.set_viewport_size(PHONE)
    answer = page.goto(f"/en{address}")
    found = [] if answer and answer.ok else [f"answers {answer and answer.status} in English"]
    return [*found, *(f"English {one}" for one in [*(axe(page, colours=False) if public else ()), *too_wide(page)])]


def _closely(page: Page, address: str, *, public: bool) -> list[str]:
    """Also at 200 % and on a desk; visitors' pages with their colours there and in the dark."""
    found = _at_a_glance(page, address, public=public, colours=True)
    if public:
        page.emulate_media(color_scheme="dark")
        page.evaluate(SETTLED)
        found += [f"dark {one}" for one in axe(page, COLOURS)]
        page.emulate_media(color_scheme="light")
    page.set_viewport_size(ZOOMED)
    found += [f"zoomed {one}" for one in too_wide(page)]
    page.set_viewport_size(DESK)
    page.evaluate(SETTLED)
    return found + [f"desk {one}" for one in [*(axe(page, COLOURS) if public else ()), *too_wide(page)]]
