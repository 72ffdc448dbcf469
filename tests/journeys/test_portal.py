"""The worker's journeys on a phone: in, see, out; and every page for everybody, in both languages."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import UnionFactory
from tests.journeys.conftest import screenshot
from tests.journeys.portal import ask_for_code, enter, look, received_code, speak, walk_in
from tests.portal.conftest import cover, person
from unionbenefits.plans.models import PlanVersion

LANGUAGES = ["zh-hans", "en"]


@pytest.fixture
def sms_file(settings, tmp_path):
    settings.SMS_BACKEND, settings.SMS_FILE = "file", tmp_path / "sms.log"
    return settings.SMS_FILE


@pytest.fixture
def rider(transactional_db):
    worker = person("陈建国")
    worker.cover = cover(
        worker, starts=-100, given_by=UnionFactory(name="佛山市南海区快递物流行业工会联合会")
    )
    return worker


def test_rider_signs_in_sees_the_cover_and_signs_out(browser_page, rider, sms_file):
    page = browser_page
    page.goto("/")
    page.get_by_label("证件号码").fill(rider.number)
    page.get_by_label("手机号码").fill("138 0013 8000")
    page.get_by_role("button", name="获取验证码").click()
    expect(page.get_by_label("短信验证码")).to_be_focused()
    page.keyboard.type(received_code(sms_file))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("您有保障")
    expect(page.get_by_text("还有 265 天")).to_be_in_viewport()
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("status")).to_have_text("您已退出登录。")
    page.go_back()
    page.reload()
    expect(page.get_by_label("证件号码")).to_be_visible()


def test_rider_reads_english_and_goes_back(browser_page, rider, sms_file):
    page = browser_page
    enter(page, rider, sms_file)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are covered")
    page.goto(f"/cover/{rider.cover.certificate_no}/")
    page.get_by_role("link", name="See what they will see").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Valid today")
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("今天有效")


def test_wrong_code_five_times_then_a_new_one(browser_page, rider, sms_file):
    page = browser_page
    ask_for_code(page, rider)
    code = received_code(sms_file)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    # Each answer says how many tries are left; after the fifth the right code opens nothing either.
    for typed, said in [
        *((wrong, f"{left} 次") for left in (4, 3, 2, 1)),
        (wrong, "不能再用"),
        (code, "不能再用"),
    ]:
        page.locator("input[name=code]").fill(typed)
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text(said)
        expect(page.locator("input[name=code]")).to_have_value("")
    screenshot(page, "portal-code-blocked")
    page.get_by_role("button", name="重新发送").click()
    expect(page.get_by_role("status")).to_be_visible()
    page.locator("input[name=code]").fill(received_code(sms_file))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("您有保障")


def test_works_by_keyboard_alone(browser_page, rider, sms_file):
    page = browser_page
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type(rider.number)
    page.keyboard.press("Tab")
    page.keyboard.type(rider.phone)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/sign-in/code/$"))


def people() -> dict[str, object]:
    """One person for each answer of the home page."""
    union = UnionFactory(name="佛山市南海区快递物流行业工会联合会")
    covered, waiting, coming = (
        person("陈建国", "13800138001"),
        person("梁小燕", "13800138002"),
        person("阿依古丽·买买提", "13800138003"),
    )
    lapsed, never = person("黄志强", "13800138004"), person("何静", "13800138005")
    made = cover(covered, starts=-100, given_by=union)
    PlanVersion._default_manager.filter(pk=made.plan_version_id).update(waiting_days=30)
    version = PlanVersion._default_manager.get(pk=made.plan_version_id)
    for worker, starts in [(covered, -465), (waiting, -5), (coming, 12), (lapsed, -400)]:
        cover(worker, starts=starts, given_by=union, plan_version=version, first_enrolment=True)
    return {"covered": covered, "waiting": waiting, "coming": coming, "lapsed": lapsed, "never": never}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_of_the_home_page_is_accessible(browser_page, transactional_db, language):
    page = browser_page
    speak(page, language)
    for name, worker in people().items():
        walk_in(page, worker)
        page.goto("/")
        expect(page.get_by_text(worker.name).first).to_be_visible()
        look(page, f"portal-home-{name}-{language}", accessible=language == "zh-hans")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_a_stranger_is_accessible(browser_page, rider, language):
    """Those that test_portal_pages does not see: of the door, and of what goes wrong there."""
    page = browser_page
    speak(page, language)
    pages = {
        "sign-in": "/",
        "verify-empty": "/verify/?certificate=",
        "certificate-unknown": "/verify/202600000001785",
        "404": "/no-such-page",
    }
    accessible = language == "zh-hans"
    for name, url in pages.items():
        page.goto(url)
        look(page, f"portal-{name}-{language}", accessible=accessible)
    page.goto("/")
    page.locator("input[name=document]").fill("440699")
    page.locator("main form .button").click()
    expect(page.locator("main .wrong").first).to_be_visible()
    look(page, f"portal-sign-in-wrong-{language}", accessible=accessible)
    ask_for_code(page, rider)
    look(page, f"portal-code-{language}", accessible=accessible)
    for _ in range(3):
        page.locator("form[action='/sign-in/again/'] button").click()
        expect(page.locator("main .notice").first).to_be_visible()
    look(page, f"portal-code-limit-{language}", accessible=accessible)


def test_dark_is_readable(browser_page, rider):
    page = browser_page
    page.emulate_media(color_scheme="dark")
    walk_in(page, rider)
    for name, url in {"home": "/", "own-cover": f"/cover/{rider.cover.certificate_no}/"}.items():
        page.goto(url)
        look(page, f"portal-{name}-dark")


def test_large_print_stays_and_nothing_sticks_out(browser_page, rider):
    page = browser_page
    walk_in(page, rider)
    page.goto("/")
    before = page.evaluate("getComputedStyle(document.querySelector('h1')).fontSize")
    page.locator("button[value=large]").click()
    expect(page.locator("button[value=usual]")).to_be_visible()
    page.goto(f"/cover/{rider.cover.certificate_no}/")
    page.goto("/")
    after = page.evaluate("getComputedStyle(document.querySelector('h1')).fontSize")
    assert float(after.removesuffix("px")) == 1.25 * float(before.removesuffix("px"))
    look(page, "portal-home-large-print")
    page.locator("button[value=usual]").click()
    expect(page.locator("button[value=large]")).to_be_visible()


def test_a_printed_certificate_is_the_certificate_alone(browser_page, rider):
    page = browser_page
    walk_in(page, rider)
    page.goto(f"/cover/{rider.cover.certificate_no}/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name=rider.name)).to_be_visible()
    expect(page.locator("img.pass-code")).to_be_visible()
    for around in (".bar-tools", ".tabs", ".foot", "main .button >> nth=0", "main .small >> nth=0"):
        expect(page.locator(around)).to_be_hidden()


def test_picture_for_the_readme(browser_page, rider):
    page = browser_page
    walk_in(page, rider)
    page.goto("/")
    screenshot(page, "worker")
