"""Every page of the portal by its address, found by the list of addresses itself: a new page cannot be forgotten."""

import datetime as dt
import itertools
import re

import pytest
from django.urls import NoReverseMatch, reverse
from playwright.sync_api import Page, expect

from tests.claims import scene
from tests.journeys.portal import look, overflows, speak, walk_in
from tests.portal.test_claims import asked, paid_to, reachable
from unionbenefits.claims import actions
from unionbenefits.portal.urls import urlpatterns
from unionbenefits.workers.enums import ConsentKind

# Where forms go, files, and what machines read: no pages.
NOT_PAGES = {
    "again", "sign_out", "sign_ins_end", "language", "text_size", "manifest", "service_worker", "own_keep",
    "own_certificate", "own_qr", "own_check", "my_request_back", "claim_answer", "claim_letter", "claim_discard", "claim_send",
    "claim_paper_add", "claim_paper", "claim_paper_replace", "claim_paper_remove", "verify_keys", "verify_revoked",
}  # fmt: skip
# Seen only by those whom a form led there: test_portal looks at the first two, the last test here at the third.
LED_TO = {"sign_in", "code", "my_phone_codes"}
# The headings of a page, read one after the other, leave no level out.
_ORDER = (
    """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(each => Number(each.tagName[1]))"""
)


# A sentence that a twelve-year-old reads in one breath: so many Chinese characters at most.
BREATH = 44
_LONG = r"""most => document.querySelector("main").innerText.split(/[。！？；\n]/)
    .filter(each => (each.match(/[\u4e00-\u9fff]/g) || []).length > most)"""


def stay(month: int) -> dict[str, str]:
    first = dt.date(2026, month, 3)
    return {
        "admitted": str(first),
        "discharged": str(first.replace(day=9)),
        "settled": str(first.replace(day=9)),
    }


@pytest.fixture
def pages(transactional_db) -> dict[str, tuple[str, list[str]]]:
    """Of a worker with claims in every state: what each page's address needs to be made."""
    desk = scene.build()
    worker = reachable(desk)
    back, decided, open_ = (desk.filed(**stay(month)) for month in (2, 4, 5))
    desk.approved(back)
    paid_to(desk, "failed", reason="户名与账号不符")
    actions.appeal(by=worker, claim=back, text="自付金额少算了。")
    desk.approved(decided)
    asked(desk, open_, text="出院小结第二页看不清，请重新拍一张。")
    draft = desk.draft(**stay(6))
    number = desk.coverage.certificate_no
    return worker, {
        "own_cover": [[number]],
        "certificate": [[number]],
        "my_consent": [[kind] for kind in ConsentKind.values],
        "claim": [[back.pk], [decided.pk], [open_.pk]],
        "claim_appeal": [[decided.pk]],
        "claim_drop_appeal": [[back.pk]],
        "claim_withdraw": [[open_.pk]],
        "claim_account": [[back.pk]],
        "claim_sent": [[open_.pk]],
        "claim_step": [[draft.pk, step] for step in range(1, 6)],
    }


def addresses(name: str, needs: dict[str, list[list[object]]]) -> list[str]:
    """Where the page is."""
    try:
        return [reverse(f"portal:{name}", args=given) for given in needs.get(name, [[]])]
    except NoReverseMatch:
        pytest.fail(f"Say in `pages` what the address of portal:{name} needs, or list it in NOT_PAGES.")


def visit(page: Page, name: str, address: str, label: str, *, accessible: bool) -> None:
    answer = page.goto(address)
    if answer.status == 405:
        return  # Where a form goes: it says so itself.
    there = page.url.endswith(address) and (answer.header_value("content-type") or "").startswith("text/html")
    assert there, f"portal:{name} shows no page at {address}: list it in NOT_PAGES, or give it what it needs."
    levels = page.evaluate(_ORDER)
    assert levels.count(1) == 1, f"{name}: one heading says what the page is"
    assert levels[0] == 1, f"{name}: the first heading is the page's"
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), name
    if accessible:
        look(page, label)
        assert page.evaluate(_LONG, BREATH) == [], label
    else:
        assert not overflows(page), label
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert not overflows(page), f"{label} with letters twice as large"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_of_the_portal_is_for_everybody(browser_page, pages, language):
    page, (worker, needs) = browser_page, pages
    speak(page, language)
    walk_in(page, worker)
    inside = [one.name for one in urlpatterns if one.name not in NOT_PAGES | LED_TO]
    for name in inside:
        for n, address in enumerate(addresses(name, needs), start=1):
            label = f"portal-page-{name.replace('_', '-')}-{n}-{language}"
            visit(page, name, address, label, accessible=language == "zh-hans")


def test_the_page_for_the_codes_of_a_new_phone_is_for_everybody(browser_page, pages):
    page, (worker, _) = browser_page, pages
    walk_in(page, worker)
    page.goto("/my-data/phone/")
    page.locator("[name=phone]").fill("13900139009")
    page.locator("main form .button").first.click()
    expect(page).to_have_url(re.compile("/codes/$"))
    look(page, "portal-page-my-phone-codes-1-zh-hans")
