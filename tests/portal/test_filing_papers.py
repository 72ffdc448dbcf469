"""Photos and PDF files of one's own claim: what is taken, what is refused, and who sees it."""

import io

import pillow_heif
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.claims.scene import photo
from tests.portal.filing_steps import add, begun, ready, send, words
from unionbenefits.audit.models import Entry
from unionbenefits.claims.actions import papers as verbs
from unionbenefits.claims.models import Claim, Paper, PaperFile
from unionbenefits.claims.pictures import MAX_BYTES

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"


@pytest.fixture
def draft(phone):
    return begun(phone)


def upload(phone, pk, content, name="a.jpg", kind="statement", **headers):
    file = SimpleUploadedFile(name, content)
    return phone.post(f"/claims/{pk}/papers/", {"kind": kind, "files": file}, headers=headers)


def shown(phone, pk):
    """What the third step says of the statement."""
    return words(phone.get(f"/claims/{pk}/step/3/")).split("Hospital invoice")[0]


def heic(**options) -> bytes:
    """A photo as an iPhone keeps it, 4 wide and 3 high times 100."""
    out = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (400, 300), (200, 30, 30))).save(out, quality=80, **options)
    return out.getvalue()


def exif(orientation: int) -> bytes:
    """Where it was taken, with what, and how the phone was held."""
    data = Image.Exif()
    data[0x0112], data[0x010F] = orientation, "ExamplePhone"
    data.get_ifd(0x8825).update({1: "N", 2: (23.0, 1.0, 0.0)})
    return data.tobytes()


def test_several_photos_at_once_are_kept_and_listed(phone, draft):
    answer = add(phone, draft, "statement", photo(1), photo(2))
    assert answer.headers["Location"] == f"/claims/{draft}/step/3/#paper-statement"
    assert set(Paper.objects.values_list("claim_id", "kind", "content_type")) == {
        (draft, "statement", "image/jpeg")
    }
    assert "2 there" in shown(phone, draft)


def test_a_paper_is_streamed_logged_and_never_stored(phone, draft, patient):
    add(phone, draft, "statement", photo(1))
    paper = Paper.objects.get()
    answer = phone.get(f"/claims/{draft}/papers/{paper.pk}/")
    assert Image.open(io.BytesIO(answer.content)).size == (160, 120)
    headers = answer.headers
    assert (headers["Content-Type"], headers["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "no-store" in headers["Cache-Control"]
    assert headers["Content-Disposition"].startswith("inline")
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    small = phone.get(f"/claims/{draft}/papers/{paper.pk}/?small")
    assert Image.open(io.BytesIO(small.content)).size == (320, 320)
    looks = Entry.objects.filter(action="claim.view_paper")
    assert [(look.actor, look.object_id) for look in looks] == [(patient.audit_name, str(paper.pk))] * 2
    assert photo(1)[:40] not in bytes(PaperFile.objects.get().sealed)


def test_an_iphone_photo_becomes_an_upright_jpeg_without_its_place(phone, draft):
    upload(phone, draft, heic(exif=exif(1)), "IMG_0001.HEIC")
    paper = Paper.objects.get()
    kept = Image.open(io.BytesIO(phone.get(f"/claims/{draft}/papers/{paper.pk}/").content))
    assert (kept.format, kept.size, dict(kept.getexif())) == ("JPEG", (400, 300), {})


def test_a_photo_taken_sideways_stands_upright(phone, draft):
    out = io.BytesIO()
    Image.new("RGB", (400, 300)).save(out, "JPEG", exif=exif(6))
    upload(phone, draft, out.getvalue())
    kept = Image.open(io.BytesIO(phone.get(f"/claims/{draft}/papers/{Paper.objects.get().pk}/").content))
    assert (kept.size, dict(kept.getexif())) == ((300, 400), {})


def test_a_pdf_is_kept_as_it_is(phone, draft):
    upload(phone, draft, PDF, "发票.pdf", "invoice")
    paper = Paper.objects.get()
    answer = phone.get(f"/claims/{draft}/papers/{paper.pk}/?small")
    assert (answer.content, answer.headers["Content-Type"]) == (PDF, "application/pdf")
    page = phone.get(f"/claims/{draft}/step/3/").content.decode()
    assert "?small" not in page
    assert "sheet-pdf" in page


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"GIF89a" + bytes(100), "Only photos (JPEG, PNG, HEIC) and PDF files can be added."),
        (b"", "The file is empty."),
        (photo(1)[:900], "The photo is damaged. Take it again."),
        (PDF.replace(b"%%EOF", b""), "The PDF is not complete."),
        (PDF.replace(b"<<>>", b"<</Encrypt 2 0 R>>"), "The PDF has a password."),
        (bytes(MAX_BYTES + 1), "The file is larger than 15 MB."),
    ],
    ids=["type", "empty", "damaged", "half", "password", "large"],
)
def test_what_cannot_be_taken_is_said_beside_its_place_once(phone, draft, content, sentence):
    upload(phone, draft, content)
    assert sentence in shown(phone, draft)
    assert sentence not in shown(phone, draft)
    assert Paper.objects.count() == 0


def test_good_files_are_kept_where_others_are_refused_by_name(phone, draft):
    files = [SimpleUploadedFile("a.jpg", photo(1)), SimpleUploadedFile("病历.doc", b"\xd0\xcf\x11\xe0")]
    phone.post(f"/claims/{draft}/papers/", {"kind": "statement", "files": files})
    page = shown(phone, draft)
    assert ("1 there" in page, "病历.doc: Only photos" in page) == (True, True)


def test_nothing_chosen_is_said(phone, draft):
    phone.post(f"/claims/{draft}/papers/", {"kind": "statement"})
    assert "Choose a photo or a PDF file first." in shown(phone, draft)


def test_a_claim_takes_so_many_papers(phone, draft, monkeypatch):
    monkeypatch.setattr(verbs, "MAX_PAPERS", 2)
    add(phone, draft, "statement", photo(1), photo(2), photo(3))
    assert "A claim takes 2 papers at most" in shown(phone, draft)
    assert Paper.objects.count() == 2


def test_the_same_photo_again_is_the_same_paper(phone, draft):
    for _ in range(2):
        add(phone, draft, "statement", photo(1))
    assert Paper.objects.count() == 1


def test_the_script_is_answered_without_a_page(phone, draft):
    assert upload(phone, draft, photo(1), **{"X-Upload": "part"}).status_code == 204
    assert upload(phone, draft, b"", **{"X-Upload": "part"}).status_code == 204
    assert "The file is empty." in shown(phone, draft)


def test_a_paper_is_replaced_and_taken_out(phone, draft):
    add(phone, draft, "statement", photo(1))
    old = Paper.objects.get()
    base = f"/claims/{draft}/papers/{old.pk}"
    answer = phone.post(f"{base}/replace/", {"files": SimpleUploadedFile("b.jpg", photo(2))})
    assert answer.headers["Location"] == f"/claims/{draft}/step/3/#paper-statement"
    new = Paper.objects.get(replaces=old)
    phone.post(f"{base}/replace/", {"files": SimpleUploadedFile("c.jpg", photo(3))})
    assert "This paper was replaced or taken out already." in shown(phone, draft)
    for _ in range(2):
        assert phone.post(f"/claims/{draft}/papers/{new.pk}/remove/").status_code == 302
    page = shown(phone, draft)
    assert ("Still missing" in page, "already" in page) == (True, False)
    assert Paper.objects.filter(removed_at=None).get() == old


def test_addresses_opened_by_hand_change_nothing(phone, draft):
    add(phone, draft, "statement", photo(1))
    paper = Paper.objects.get()
    for page in ("", f"{paper.pk}/replace/", f"{paper.pk}/remove/"):
        assert phone.get(f"/claims/{draft}/papers/{page}").status_code == 302
    assert phone.post(f"/claims/{draft}/papers/", {"kind": "passport"}).status_code == 404
    assert Paper.objects.get().removed_at is None


def test_uploads_are_guarded_against_other_sites(phone, draft):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = phone.cookies
    for page in ("papers/", "step/1/", "send/", "discard/"):
        answer = (
            upload(strict, draft, photo(1)) if page == "papers/" else strict.post(f"/claims/{draft}/{page}")
        )
        assert answer.status_code == 403
    assert Paper.objects.count() == 0


def test_a_sent_claim_shows_the_upload_on_its_own_page(phone):
    pk = ready(phone)
    send(phone, pk)
    before = Claim.objects.get(pk=pk).version
    assert upload(phone, pk, photo(77)).headers["Location"] == f"/claims/{pk}/#paper-statement"
    assert Claim.objects.get(pk=pk).version == before + 1


def test_a_guest_sees_no_paper(phone, draft):
    add(phone, draft, "statement", photo(1))
    paper = Paper.objects.get()
    phone.post("/sign-out/")
    assert phone.get(f"/claims/{draft}/papers/{paper.pk}/").headers["Location"] == "/"
    assert Entry.objects.filter(action="claim.view_paper").count() == 0
