"""A real browser against a real server, for every journey: portal and staff panel.

Fixtures: `browser_page` (a phone-sized page on the live server; `page.set_viewport_size` for others) and
helpers `screenshot`, `violations`, `in_thread`. Pictures land in var/screenshots/. Where no Chromium is
found the journeys skip and say so; in CI that is a failure.
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connections
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
_AXE = Axe().axe_script
# The portal's tabs stay at the bottom of the screen: in a picture of the whole page they would lie across its middle, and
# axe does not know that what is half under them can be scrolled up.
_UNPIN = "document.querySelectorAll('.tabs').forEach(tabs => { tabs.style.position = 'static'; })"
# The first is the same browser without its window, and takes half the time to start and to draw.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a journey and commits to the database."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.django_db(transaction=True))


def chromium() -> str:
    """The browser's path; skips the test without one, fails it in CI."""
    for name in _NAMES:
        path = shutil.which(name)
        if path:
            return path
    if os.environ.get("CI") == "true":
        pytest.fail("No Chromium found, and CI must run the browser journeys: apt-get install chromium")
    pytest.skip("NO BROWSER: the journey was not run. apt-get install chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the journeys of a module: starting it takes longer than many a journey."""
    path = chromium()
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright leaves an event loop on this thread, which Django takes for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        found = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield found
        found.close()
        # Django keeps other connections for code under an event loop than for the rest of the thread.
        connections.close_all()


@pytest.fixture
def service_workers() -> str:
    """Whether the portal's service worker may run. It only matters without a network, and each new visitor fetches it."""
    return "block"


@pytest.fixture
def browser_page(
    live_server: Any, browser: Browser, service_workers: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Page]:
    """A page at phone size, of a visitor never seen before, whose addresses are relative to the live server.

    At the end the test fails if a script crashed or the content policy had to stop something.
    """
    # Requests and jobs close their connections when they end, so that the database can be dropped afterwards.
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    faults: list[str] = []
    context = browser.new_context(
        base_url=live_server.url,
        viewport=PHONE,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        service_workers=service_workers,
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console",
        lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None,
    )
    yield page
    context.close()
    connections.close_all()
    assert faults == []


def screenshot(page: Page, name: str) -> None:
    """Keeps a picture of the whole page as var/screenshots/<name>.png and makes sure that it shows something."""
    folder = settings.VAR_DIR / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    page.evaluate(_UNPIN)
    page.screenshot(path=path, full_page=True)
    with Image.open(path) as picture:
        # A sample of the points is enough to tell a page from a blank one, and takes a hundredth of the time.
        sample = picture.resize((200, 400), Image.Resampling.NEAREST).convert("RGB")
        assert len(sample.getcolors(maxcolors=200 * 400)) > 20, f"{path} is blank"


def violations(page: Page, within: str = "html", *, best_practice: bool = True) -> list[str]:
    """What axe finds wrong for people with disabilities (WCAG 2.2 A and AA, and its best practices), as sentences."""
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] + ["best-practice"] * best_practice
    # Fetching styles and media again first serves a rule about turning the phone and one about sound.
    options = {"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"], "preload": False}
    # A page that is still arriving has no such part yet: on a busy machine axe came first.
    page.wait_for_load_state()
    expect(page.locator(within)).to_be_attached()
    page.evaluate(_UNPIN)
    # It is long, and takes as much time to arrive as to run.
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    # Only what is wrong comes back: the list of all that is right is megabytes long.
    found = page.evaluate(
        "([within, options]) => axe.run(within, options).then(all => all.violations)", [within, options]
    )
    return [
        f"{rule['id']}: {rule['help']}: {[node['html'][:160] for node in rule['nodes']]}" for rule in found
    ]


def in_thread(work: Callable[[], Any]) -> Any:
    """Runs something that starts an event loop of its own, such as `jobs.run_waiting`, beside Playwright's."""
    answers: list[Any] = []

    def run() -> None:
        try:
            answers.append(work())
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return answers[0]
