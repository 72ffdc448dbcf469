"""Every address of the worker portal: who reaches it, and that nobody reaches another's things (invariant 9).

What is expected is written down here. A new address fails the last test until it is listed.
"""

import re
import uuid

import pytest
from django.urls import reverse

from tests.claims import scene
from tests.factories import UserFactory
from tests.portal.conftest import cover, sign_in
from tests.portal.test_claims import reachable
from unionbenefits.claims import actions
from unionbenefits.claims.models import Claim
from unionbenefits.portal.urls import urlpatterns
from unionbenefits.workers import data_requests

# For everybody, signed in or not.
PUBLIC = {
    "home", "sign_in", "code", "again", "sign_out", "estimate", "help", "language", "verify", "verify_keys",
    "verify_revoked", "certificate",
    "text_size", "manifest", "service_worker", "offline", "kept",
}  # fmt: skip
# For a signed-in worker, about nobody else.
OF_DATA = {"my_copy", "my_account_away", "my_request_back", "my_consent"}
OWN = {"my_data", "my_phone", "my_phone_codes", "my_account", "my_correction", "my_erasure"}
OWN |= {"messages", "gifts", "claims", "claim_start", "sign_ins"}
# Reached by forms only.
OF_SIGN_INS = {"sign_ins_end"}
OF_COVER = {"own_cover", "own_keep", "own_certificate", "own_qr", "own_check"}
OF_CLAIM = {
    "claim", "claim_answer", "claim_letter", "claim_appeal", "claim_drop_appeal", "claim_withdraw", "claim_account",
    "claim_discard", "claim_send", "claim_sent", "claim_paper_add",
}  # fmt: skip
OF_STEP = {"claim_step"}
OF_PAPER = {"claim_paper", "claim_paper_replace", "claim_paper_remove"}
READ_ONLY = {"claim", "claims", "claim_letter", "claim_paper"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(client):
    """A signed-in worker with a draft of their own."""
    desk = scene.build()
    sign_in(client, reachable(desk))
    return desk.draft()


@pytest.fixture
def theirs():
    """Another worker's claim, decided and paid for, and their papers."""
    desk = scene.build()
    claim = desk.filed()
    desk.approved(claim)
    desk.worker.cover = desk.coverage
    return claim


def addresses(claim, paper):
    """Every address about a claim."""
    of_claim = {name: reverse(f"portal:{name}", args=[claim.pk]) for name in OF_CLAIM}
    of_step = {name: reverse(f"portal:{name}", args=[claim.pk, 2]) for name in OF_STEP}
    return of_claim | of_step | of_paper(claim, paper)


def of_paper(claim, paper):
    return {name: reverse(f"portal:{name}", args=[claim.pk, paper.pk]) for name in OF_PAPER}


def answers(client, names):
    """Addresses that answered otherwise than “there is no such page”."""
    wrong = []
    for name, address in names.items():
        for method, send in (("get", client.get), ("post", client.post)):
            expected = 405 if method == "post" and name in READ_ONLY else 404
            status = send(address).status_code
            if status != expected:
                wrong.append((name, method, status))
    return wrong


def test_anothers_claim_is_not_there_by_any_address(client, mine, theirs):
    paper = theirs.papers.first()
    before = list(Claim.objects.filter(pk=theirs.pk).values())
    assert answers(client, addresses(theirs, paper)) == []
    assert list(Claim.objects.filter(pk=theirs.pk).values()) == before
    assert (theirs.appeals.count(), theirs.papers.count()) == (0, 3)


def test_anothers_paper_is_not_there_through_ones_own_claim(client, mine, theirs):
    paper = theirs.papers.first()
    assert answers(client, of_paper(mine, paper)) == []
    assert theirs.papers.filter(removed_at=None, replaced_by=None).count() == 3


def test_anothers_certificate_is_not_there(client, mine):
    other = scene.build().worker
    other_cover = cover(other, starts=400)
    for name in OF_COVER:
        address = reverse(f"portal:{name}", args=[other_cover.certificate_no])
        seen = {client.get(address).status_code, client.post(address).status_code}
        assert 404 in seen, name
        assert seen <= {404, 405}, name


def test_what_is_anothers_and_what_never_was_look_alike(client, mine, theirs):
    """C144: not even the words of the page tell that there is something behind an address."""
    paper, nobody = theirs.papers.first(), Claim(pk=2_000_000_001)
    there = addresses(theirs, paper)
    never = addresses(nobody, type(paper)(pk=2_000_000_002))
    for name, address in there.items():
        answers_ = []
        for each in (address, never[name]):
            body = client.get(each).content.decode().replace(each, "")
            answers_.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", body))
        assert answers_[0] == answers_[1], name


def test_the_key_of_anothers_draft_leads_nowhere(client, mine, theirs):
    """A form that is sent twice is one claim; a key that somebody else's form had is none of theirs."""
    before = list(Claim.objects.filter(pk=theirs.pk).values())
    client.post(reverse("portal:claim_start"), {"key": str(theirs.key)})
    assert list(Claim.objects.filter(pk=theirs.pk).values()) == before
    assert not Claim.objects.filter(worker=mine.worker, key=theirs.key).exists()


def test_files_lie_behind_no_address_of_their_own(client, theirs):
    paper = theirs.papers.first()
    for address in (
        f"/media/{paper.pk}",
        f"/media/papers/{paper.pk}.jpg",
        f"/files/{paper.pk}",
        "/static/../files/",
    ):
        assert client.get(address).status_code == 404, address


def test_what_an_officer_has_begun_is_the_officers_until_it_is_sent(client, mine, theirs):
    desk = scene.build()
    begun = actions.start_draft_for_worker(
        by=desk.people[0], worker=mine.worker, key=uuid.uuid4(), reason="本人不会用手机"
    )
    assert answers(client, {"claim": reverse("portal:claim", args=[begun.pk])}) == []
    assert [row.claim.pk for row in client.get("/claims/").context["rows"]] == [mine.pk]


@pytest.mark.parametrize("staff", [False, True], ids=["guest", "officer"])
def test_whoever_is_no_worker_lands_at_the_sign_in(client, theirs, staff):
    if staff:
        client.force_login(UserFactory(is_superuser=True))
    before = list(Claim.objects.filter(pk=theirs.pk).values())
    own = {name: reverse(f"portal:{name}") for name in OWN | OF_SIGN_INS}
    of_cover = {name: reverse(f"portal:{name}", args=[theirs.coverage.certificate_no]) for name in OF_COVER}
    for name, address in (addresses(theirs, theirs.papers.first()) | own | of_cover).items():
        for send in (client.get, client.post):
            answer = send(address)
            # Where a form goes, or none: the method is refused before anybody is looked at.
            assert answer.status_code == 405 or answer.headers.get("Location") == "/", (name, send)
    assert list(Claim.objects.filter(pk=theirs.pk).values()) == before
    for address in ("copy/", "account/delete/", "requests/1/back/", "consents/bank/"):
        assert client.post(f"/my-data/{address}").headers.get("Location") == "/", address


def test_anothers_request_is_not_there(client, mine):
    asked = data_requests.ask_erasure(by=mine.worker, worker=scene.build().worker)
    assert client.post(reverse("portal:my_request_back", args=[asked.pk])).status_code == 404
    asked.refresh_from_db()
    assert asked.state == "open"


def test_pages_of_ones_own_are_never_kept_by_the_browser(client, mine):
    for address in ["/claims/", "/claims/new/", "/messages/", "/my-data/", f"/claims/{mine.pk}/step/2/"]:
        assert "no-store" in client.get(address).headers["Cache-Control"], address


def test_every_address_of_the_portal_is_known_to_this_sweep():
    assert {
        pattern.name for pattern in urlpatterns
    } == PUBLIC | OWN | OF_DATA | OF_SIGN_INS | OF_COVER | OF_CLAIM | OF_STEP | OF_PAPER
