"""A claim from the question to the money: a paper is missing, is added, the claim is decided, the letter is read,
an appeal is written. On a phone, in both languages, readable for everybody.
"""

import datetime as dt
import re

import pytest
from django.utils.translation import gettext, override
from playwright.sync_api import Page, expect

from tests.claims import scene
from tests.journeys.portal import look, speak, walk_in
from tests.portal.test_claims import asked, paid_to, reachable
from unionbenefits.claims import actions
from unionbenefits.claims.enums import PaperKind
from unionbenefits.claims.models import Claim
from unionbenefits.core import clock


def words(msgid: str, **values: object) -> str:
    """What the page says for it in Chinese."""
    with override("zh-hans"):
        return gettext(msgid) % values if values else gettext(msgid)


@pytest.fixture
def desk(transactional_db):
    built = scene.build()
    reachable(built)
    return built


def look_in_both(page: Page, name: str) -> None:
    """The state of a claim that no address shows by itself (those test_portal_pages looks at)."""
    for language in ("en", "zh-hans"):
        speak(page, language)
        page.reload()
        look(page, f"portal-claim-{name}-{language}", accessible=language == "zh-hans")


def test_a_claim_is_asked_about_answered_decided_and_appealed(browser_page, desk, tmp_path):
    page, worker = browser_page, desk.worker
    walk_in(page, worker)
    claim = desk.filed()
    asked(desk, claim, text="出院小结第二页看不清，请重新拍一张。")
    page.goto("/")
    page.get_by_role("link", name=re.compile(claim.number)).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words("We need something from you"))

    photo = tmp_path / "page2.jpg"
    photo.write_bytes(scene.photo(4711, size=(1200, 1600)))
    slot = page.locator(f"#paper-{PaperKind.DISCHARGE}")
    slot.locator("form").last.locator("[data-taps] input").last.set_input_files(photo)
    expect(slot.locator(".sheet")).to_have_count(2)
    page.get_by_role("button", name=words("Send the answer")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words("We are looking at your claim"))
    expect(page.get_by_text(words("You answered."))).to_be_visible()
    look_in_both(page, "filed")

    desk.approved(Claim.objects.get(pk=claim.pk))
    page.goto("/messages/")
    page.get_by_role("link", name=words("See the claim")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        words("You get %(amount)s yuan", amount="5,600")
    )
    letter = page.request.get(
        page.get_by_role("link", name=words("Decision letter (PDF)")).get_attribute("href")
    )
    assert letter.body().startswith(b"%PDF")

    page.get_by_role("link", name=words("Appeal"), exact=True).click()
    page.get_by_label(words("What do you think is wrong?")).fill("自付金额少算了，应为 8000 元。")
    page.get_by_role("button", name=words("Send the appeal")).click()
    expect(page.get_by_text("自付金额少算了，应为 8000 元。")).to_be_visible()
    made = Claim.objects.get(pk=claim.pk).appeals.get()
    actions.decide_appeal(
        by=desk.people[4], appeal=made, grant=False, answer="金额与结算单一致，维持原核定。"
    )
    paid_to(desk, "failed", reason="户名与账号不符")
    page.reload()
    expect(page.get_by_text("金额与结算单一致，维持原核定。").first).to_be_visible()
    page.get_by_role("link", name=words("Put the account right")).first.click()
    page.get_by_label(words("Number of the account or card")).fill("6222 0212 3456 7890 128")
    page.get_by_role("button", name=words("Pay to this account")).click()
    expect(
        page.get_by_text(words("You put the account right. It is paid again with the next payment."))
    ).to_be_visible()


def test_claims_that_ended_and_the_list_are_accessible(browser_page, desk):
    page = browser_page
    walk_in(page, desk.worker)
    stays = [dt.date(2026, month, 3) for month in (2, 4, 5, 6)]
    rejected, paid, back, late = [
        desk.filed(admitted=str(day), discharged=str(day + dt.timedelta(days=6)), settled=str(day + dt.timedelta(days=6)))
        for day in stays
    ]  # fmt: skip
    decision = actions.reject(
        by=desk.people[0], claim=rejected, version=1, reason="这次住院已由工伤保险支付，不再重复给付。"
    )
    actions.review(by=desk.people[1], decision=decision, version=1)
    actions.approve(by=desk.people[2], decision=decision, version=1)
    desk.approved(paid)
    paid_to(desk, "succeeded", paid_on=clock.today())
    actions.withdraw(by=desk.worker, claim=back, reason="填错了，重新申请")
    Claim.objects.filter(pk=late.pk).update(promised_on=clock.today() - dt.timedelta(days=3))
    desk.draft(admitted="2026-07-01", discharged="2026-07-04", settled="2026-07-04")
    page.goto("/claims/")
    for name, claim in {"rejected": rejected, "paid": paid, "withdrawn": back, "late": late}.items():
        page.goto(f"/claims/{claim.pk}/")
        look_in_both(page, name)
    page.emulate_media(color_scheme="dark")
    page.goto(f"/claims/{paid.pk}/")
    look(page, "portal-claim-paid-dark")
