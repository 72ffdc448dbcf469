"""A roster dropped onto the field, and the whole way from upload to confirmation without touching the mouse."""

import base64

from playwright.sync_api import expect

from tests.journeys.conftest import in_thread
from tests.journeys.panel import sign_in
from tests.journeys.test_panel import desk, office
from tests.web.office import person, workbook
from unionbenefits.core import jobs
from unionbenefits.workers.models import Roster, Worker

__all__ = ["desk", "office"]

DROP = """([zone, content]) => {
    const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0));
    const held = new DataTransfer();
    held.items.add(new File([bytes], "名册.xlsx"));
    for (const name of ["dragenter", "dragover", "drop"]) {
        zone.dispatchEvent(new DragEvent(name, { bubbles: true, cancelable: true, dataTransfer: held }));
    }
}"""


def test_a_dropped_roster_is_confirmed_from_the_keyboard_alone(office, desk):
    sign_in(desk, office.clerk)
    desk.goto("/admin/roster-upload/")
    content = base64.b64encode(workbook([person(1), person(2)])).decode()
    zone = desk.locator("[data-drop]").element_handle()
    desk.evaluate(DROP, [zone, content])
    assert desk.locator("input[type=file]").evaluate("(input) => input.files[0].name") == "名册.xlsx"
    chosen = desk.locator("select[name=enterprise]")
    chosen.focus()
    while chosen.evaluate("(field) => !field.value"):
        desk.keyboard.press("ArrowDown")
    press(desk, ".pg-form button[type=submit]")
    expect(desk.get_by_text("Waiting for its turn")).to_be_visible()
    in_thread(jobs.run_waiting)
    expect(desk.get_by_text("What happens when you confirm")).to_be_visible()
    press(desk, "button[form=confirm]")
    expect(desk.get_by_text("Taking the confirmed rows over")).to_be_visible()
    in_thread(jobs.run_waiting)
    expect(desk.get_by_text("Taken over.", exact=True)).to_be_visible()
    assert Roster.objects.get().file_name == "名册.xlsx"
    assert set(Worker.objects.values_list("name", flat=True)) == {person(1)[0], person(2)[0]}


def press(page, selector):
    """Tab until the button has the focus, then Enter: what no Tab reaches, no keyboard reaches."""
    for _step in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            page.keyboard.press("Enter")
            return
    raise AssertionError(selector)
