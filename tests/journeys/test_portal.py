"""The worker's journeys on a phone: in, see, out; and every page for everybody, in both languages."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.factories import UnionFactory
from tests.journeys.conftest import DESK, PHONE, in_thread, screenshot, violations
from tests.portal.conftest import cover, person
from unionbenefits.core import jobs
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


def speak(page: Page, language: str) -> None:
    page.context.add_cookies(
        [{"name": "django_language", "value": language, "url": page.url or "http://localhost"}]
    )


def received_code(sms_file) -> str:
    """What the phone shows after the jobs have run."""
    in_thread(jobs.run_waiting)
    last = json.loads(sms_file.read_text(encoding="utf-8").splitlines()[-1])
    return re.search(r"\d{6}", last["text"])[0]


def ask_for_code(page: Page, worker) -> None:
    page.goto("/")
    page.locator("input[name=document]").fill(worker.number)
    page.locator("input[name=phone]").fill(worker.phone)
    page.locator("main form .button").click()
    expect(page).to_have_url(re.compile("/sign-in/code/$"))


def enter(page: Page, worker, sms_file) -> None:
    ask_for_code(page, worker)
    page.locator("input[name=code]").fill(received_code(sms_file))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page).to_have_url(re.compile(r"\d/$"))


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
    for _ in range(5):
        page.locator("input[name=code]").fill(f"{(int(code) + 1) % 1_000_000:06}")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_be_visible()
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
def test_every_answer_of_the_home_page_is_accessible(browser_page, sms_file, language):
    page = browser_page
    page.goto("/")
    speak(page, language)
    for name, worker in people().items():
        enter(page, worker, sms_file)
        for size, viewport in (("phone", PHONE), ("desk", DESK)):
            page.set_viewport_size(viewport)
            screenshot(page, f"portal-home-{name}-{language}-{size}")
            assert violations(page) == [], name
            assert not overflows(page), name
        page.set_viewport_size(PHONE)
        page.locator("form[action='/sign-out/'] button").click()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_public_page_is_accessible(browser_page, rider, language):
    page = browser_page
    page.goto("/")
    speak(page, language)
    pages = {
        "sign-in": "/",
        "help": "/help/",
        "verify": "/verify/",
        "verify-empty": "/verify/?certificate=",
        "certificate": f"/verify/{rider.cover.certificate_no}",
        "certificate-unknown": "/verify/202600000001785",
        "404": "/no-such-page",
    }
    for name, url in pages.items():
        page.goto(url)
        look(page, f"portal-{name}-{language}")
    page.goto("/")
    page.locator("input[name=document]").fill("440699")
    page.locator("main form .button").click()
    look(page, f"portal-sign-in-wrong-{language}")
    ask_for_code(page, rider)
    look(page, f"portal-code-{language}")
    for _ in range(3):
        page.locator("form[action='/sign-in/again/'] button").click()
    look(page, f"portal-code-limit-{language}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_may_be_doubled_and_dark_is_readable(browser_page, rider, sms_file, scheme):
    page = browser_page
    page.emulate_media(color_scheme=scheme)
    enter(page, rider, sms_file)
    assert violations(page) == []
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not overflows(page)
    screenshot(page, f"portal-home-doubled-{scheme}")


def test_targets_are_large_enough_for_a_thumb(browser_page, rider, sms_file):
    page = browser_page
    enter(page, rider, sms_file)
    for url in ("/", "/help/", "/verify/"):
        page.goto(url)
        sizes = page.locator("a:visible, button:visible, input:visible").evaluate_all(
            "all => all.filter(each => each.className !== 'skip')"
            ".map(each => [each.textContent.trim(), Math.round(each.getBoundingClientRect().height)])"
        )
        assert [each for each in sizes if each[1] < 44] == []


def test_picture_for_the_readme(browser_page, rider, sms_file):
    page = browser_page
    enter(page, rider, sms_file)
    screenshot(page, "worker")


def look(page: Page, name: str) -> None:
    """Both sizes: a picture, no violation, nothing that sticks out."""
    for size, viewport in (("phone", PHONE), ("desk", DESK)):
        page.set_viewport_size(viewport)
        screenshot(page, f"{name}-{size}")
        assert violations(page) == [], name
        assert not overflows(page), name


def overflows(page: Page) -> bool:
    """Whether one would have to scroll sideways."""
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
