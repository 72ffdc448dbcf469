"""One's own certificate: printed, shown as a code, seen as others see it."""

import datetime as dt
import subprocess
import xml.etree.ElementTree as ET

import pytest
from psycopg.types.range import DateRange

from tests.portal.conftest import cover, person, sign_in
from unionbenefits.audit.models import Entry
from unionbenefits.core import clock
from unionbenefits.plans.certificates import grouped
from unionbenefits.plans.papers import verify_address

pytestmark = pytest.mark.django_db


def words_of(content):
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode()


def address(worker, page):
    return f"/cover/{worker.cover.certificate_no}/{page}"


def test_the_certificate_opens_in_the_browser_and_is_never_kept(client, rider):
    sign_in(client, rider)
    answer = client.get(address(rider, "certificate.pdf"))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("inline; filename*=utf-8''%E4%BF%9D%E9%9A%9C")
    words = words_of(answer.content)
    for piece in ("保障凭证", "李风", grouped(rider.cover.certificate_no), "示例快递行业工会", "80%"):
        assert piece in words
    assert rider.number not in words
    assert rider.number[:3] + "***********" + rider.number[-4:] in words


def test_printing_is_logged_without_the_name(client, rider):
    sign_in(client, rider)
    client.get(address(rider, "certificate.pdf"))
    entry = Entry.objects.get(action="certificate.print")
    assert (entry.actor, entry.object_id, entry.data) == (rider.audit_name, str(rider.cover.pk), {})


def test_rare_characters_are_on_the_paper(client):
    worker = person("陈𬭎䶮")
    worker.cover = cover(worker)
    sign_in(client, worker)
    assert "陈𬭎䶮" in words_of(client.get(address(worker, "certificate.pdf")).content)


def test_the_code_is_a_picture_of_its_own_under_the_strict_policy(client, rider):
    sign_in(client, rider)
    answer = client.get(address(rider, "qr.svg"))
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert ET.fromstring(answer.content).tag.endswith("svg")
    page = client.get(address(rider, "")).content.decode()
    assert f'src="{address(rider, "qr.svg")}"' in page
    assert f'href="{address(rider, "certificate.pdf")}"' in page


def test_seeing_what_others_see_leads_to_the_signed_check(client, rider):
    sign_in(client, rider)
    answer = client.get(address(rider, "check/"), follow=True)
    assert answer.redirect_chain == [
        (verify_address(rider.cover, clock.today()).removeprefix("http://127.0.0.1:8000"), 302)
    ]
    assert answer.context["check"].is_signed


@pytest.mark.parametrize("page", ["", "certificate.pdf", "qr.svg", "check/"])
def test_nobody_gets_anothers(client, rider, stranger, page):
    assert client.get(address(rider, page)).status_code == 302
    sign_in(client, rider)
    assert client.get(address(stranger, page)).status_code == 404
    assert client.get(f"/cover/nonsense/{page}").status_code == 404
    assert client.post(address(rider, page)).status_code == 405


def test_a_cover_that_never_held_has_no_certificate(client, rider):
    type(rider.cover).objects.filter(pk=rider.cover.pk).update(
        live_period=DateRange(empty=True), status="cancelled", cancelled_from=rider.cover.period.lower
    )
    sign_in(client, rider)
    assert client.get(address(rider, "certificate.pdf")).status_code == 404


def test_a_cover_that_ended_early_is_printed_with_its_last_day(client, rider):
    tomorrow = clock.today() + dt.timedelta(days=1)
    type(rider.cover).objects.filter(pk=rider.cover.pk).update(
        live_period=DateRange(rider.cover.period.lower, tomorrow),
        status="cancelled",
        cancelled_from=tomorrow,
    )
    sign_in(client, rider)
    today = clock.today()
    words = words_of(client.get(address(rider, "certificate.pdf")).content)
    assert f"至 {today.year}年{today.month}月{today.day}日" in words
