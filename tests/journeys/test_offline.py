"""The certificate without a network: kept by a tap, shown, and gone when its holder signs out here or anywhere."""

import io
import json

import pytest
from django.test import Client
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.portal import look, speak, walk_in
from tests.journeys.test_portal import rider
from tests.portal.conftest import sign_in

__all__ = ["rider"]
# What lies in the browser's caches, by its path.
_KEPT = """async () => {
    const found = [];
    for (const name of await caches.keys()) {
        for (const request of await (await caches.open(name)).keys()) { found.push(new URL(request.url).pathname); }
    }
    return found.sort();
}"""
SHELL = ["/offline/", "/static/portal/icon.svg", "/static/portal/portal.css", "/static/portal/portal.js"]


@pytest.fixture
def service_workers() -> str:
    return "allow"


def keep(page: Page, worker) -> None:
    walk_in(page, worker)
    page.goto(f"/cover/{worker.cover.certificate_no}/")
    page.locator("[data-keep-it]").click()
    expect(page.locator("[data-said=kept]")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def test_a_kept_certificate_is_shown_without_a_network_and_nothing_else_is_kept(browser_page, rider):
    page = browser_page
    keep(page, rider)
    look(page, "portal-certificate-kept-here")
    for address in ("/", "/claims/", "/my-data/"):
        page.goto(address)
    assert page.evaluate(_KEPT) == ["/kept/", *SHELL]
    page.context.set_offline(True)
    page.goto("/")
    expect(page.get_by_role("heading", level=2)).to_have_text(rider.name)
    expect(page.locator("img.pass-code")).not_to_have_js_property("naturalWidth", 0)
    assert page.url.endswith("/kept/")
    look(page, "portal-certificate-offline")


@pytest.mark.parametrize("where", ["here", "everywhere"])
def test_signing_out_removes_it(browser_page, rider, where):
    page = browser_page
    keep(page, rider)
    if where == "here":
        page.get_by_role("button", name="退出").click()
    else:
        other = Client()
        sign_in(other, rider)
        other.post("/sign-ins/end/", {"which": "others"})
        page.goto("/help/")
        page.goto("/")
    expect(page.get_by_label("证件号码")).to_be_visible()
    assert "/kept/" not in page.evaluate(_KEPT)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    page.goto("/kept/")
    expect(page.get_by_role("heading", level=1)).to_have_text("没有网络")
    expect(page.get_by_role("heading", level=2)).to_have_text("No network")
    assert rider.name not in page.content()


def test_it_is_removed_by_a_tap(browser_page, rider):
    page = browser_page
    keep(page, rider)
    page.locator("[data-drop-it]").click()
    expect(page.locator("[data-said=dropped]")).to_be_visible()
    assert "/kept/" not in page.evaluate(_KEPT)
    page.goto("/kept/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert rider.name not in page.content()


@pytest.mark.parametrize(("language", "name"), [("zh-hans", "职工互助保障"), ("en", "Mutual-aid cover")])
def test_the_portal_can_be_installed(browser_page, rider, language, name):
    page = browser_page
    speak(page, language)
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    line = page.context.new_cdp_session(page)
    read = line.send("Page.getAppManifest")
    assert (read["errors"], json.loads(read["data"])["name"]) == ([], name)
    said = json.loads(read["data"])
    assert (said["start_url"], said["scope"], said["display"]) == ("/", "/", "standalone")
    sizes = set()
    for icon in said["icons"]:
        with Image.open(io.BytesIO(page.request.get(icon["src"]).body())) as picture:
            assert "x".join(map(str, picture.size)) == icon["sizes"]
        sizes.add((icon["sizes"], icon["purpose"]))
    assert sizes == {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")}
