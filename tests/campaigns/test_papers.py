"""Certificates by the thousand, sign-off lists, presentation certificates: what is on them, for whom, how many."""

import io
import re
import subprocess
import zipfile
from decimal import Decimal

import pytest

from tests.campaigns.scene import members, scene
from tests.factories import EnterpriseFactory, IdentityDocumentFactory, PostFactory, UnionFactory
from unionbenefits.access import exports
from unionbenefits.access.actions import sync_roles
from unionbenefits.access.export_models import ExportState
from unionbenefits.access.queries import scope_of
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.audit.models import Entry
from unionbenefits.campaigns import builders, papers
from unionbenefits.campaigns.actions import allot, put_forward
from unionbenefits.campaigns.models import Gift
from unionbenefits.core.errors import NotFound, Refusal
from unionbenefits.core.scope import EVERYTHING
from unionbenefits.plans.certificates import grouped
from unionbenefits.unions.enums import UnionKind

pytestmark = pytest.mark.django_db


def words_of(content):
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode()


def pages_of(content):
    done = subprocess.run(["pdfinfo", "-"], input=content, capture_output=True, check=True)
    return int(re.search(r"Pages:\s+(\d+)", done.stdout.decode())[1])


@pytest.fixture
def given():
    """Three riders of one enterprise with documents and phones, and their issued batch."""
    made = scene(workers=0)
    made.workers = members(made.enterprise, 3, phone="13800138000")
    for worker, name in zip(made.workers, ("李风", "陈𬭎䶮", "王雨晴"), strict=True):
        worker.name = name
        worker.save()
        worker.number = IdentityDocumentFactory(worker=worker).number
    made.batch = made.issue_all()
    return made


@pytest.fixture
def officer(given):
    sync_roles(by=SYSTEM)
    return PostFactory(union=given.union).user


def built(officer, kind, batch, **params):
    export = exports.request_export(by=officer, kind=kind, title="仪式", params={"batch": batch.pk} | params)
    exports.build_export(export_id=export.pk)
    export.refresh_from_db()
    assert (export.state, export.failure) == (ExportState.READY, "")
    return exports.fetch_export(by=officer, pk=export.pk)


def test_everybody_of_a_batch_gets_a_certificate_page(given, officer):
    made = built(officer, builders.CERTIFICATES, given.batch)
    assert (made.content_type, pages_of(made.content)) == ("application/pdf", 3)
    words = words_of(made.content)
    for gift in Gift.objects.filter(batch=given.batch):
        assert gift.worker.name in words
        assert grouped(gift.coverage.certificate_no) in words
    assert [number for number in (worker.number for worker in given.workers) if number in words] == []


def test_a_large_batch_comes_as_a_zip_of_parts(given, officer, monkeypatch):
    monkeypatch.setattr(builders, "PER_FILE", 2)
    made = built(officer, builders.CERTIFICATES, given.batch)
    assert made.content_type == "application/zip"
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        assert archive.testzip() is None
        parts = [archive.read(name) for name in archive.namelist()]
        assert [name[-15:] for name in archive.namelist()] == ["00001-00002.pdf", "00003-00003.pdf"]
    assert [pages_of(part) for part in parts] == [2, 1]


def test_undone_gifts_and_covers_that_never_held_get_none(given, officer):
    gift = Gift.objects.filter(batch=given.batch).first()
    Gift.objects.filter(pk=gift.pk).update(state="revoked")
    assert pages_of(built(officer, builders.CERTIFICATES, given.batch).content) == 2


def test_the_signoff_list_has_the_audit_columns_and_masks_all_but_the_name(given, officer):
    words = words_of(built(officer, builders.SIGNOFF, given.batch, why="发放").content)
    for head in (
        "序号",
        "姓名",
        "单位/平台",
        "群体",
        "联系电话",
        "物品",
        "数量",
        "领取时间",
        "领取人签名",
        "经办人",
    ):
        assert head in words
    for foot in ("经办：", "证明人：", "负责人：", "盖章", "第 1 页，共 1 页"):
        assert foot in words
    for head in (given.campaign.name, given.enterprise.name, given.fund.name, "95.00", "285.00", "发放"):
        assert head in words
    for worker in given.workers:
        assert worker.name in words
        assert worker.number not in words
    assert "138****8000" in words
    assert "13800138000" not in words
    assert officer.audit_name in words


def test_the_heading_of_the_signoff_list_comes_on_every_page(given):
    lines = [
        [str(at), "李风", "甲区快递公司", "快递员", "440***********0010", "138****8000", "凭证"]
        for at in range(60)
    ]
    content = papers.signoff_pdf(given.batch, lines, copies=60, scope=EVERYTHING, mark="")
    pages = words_of(content).split("\f")[:-1]
    assert len(pages) > 1
    assert all("领取人签名" in page for page in pages)
    assert sum("证明人：" in page for page in pages) == 1


def test_a_clerk_reads_no_fund_on_the_list(given):
    sync_roles(by=SYSTEM)
    clerk = PostFactory(role="enterprise_clerk", enterprise=given.enterprise).user
    words = words_of(built(clerk, builders.SIGNOFF, given.batch).content)
    assert given.fund.name not in words


def test_lists_and_certificates_of_a_batch_not_ready_are_refused_with_a_sentence(given, officer):
    allotment = given.allotment
    members(given.enterprise, 1)
    waiting = put_forward(by=given.preparer, allotment=allotment)
    for kind in (builders.CERTIFICATES, builders.SIGNOFF):
        export = exports.request_export(by=officer, kind=kind, title="x", params={"batch": waiting.pk})
        exports.build_export(export_id=export.pk)
        export.refresh_from_db()
        assert (export.state, bool(export.failure)) == (ExportState.FAILED, True)
    with pytest.raises(Refusal) as refused:
        papers.print_batch_presentation(by=officer, batch=waiting)
    assert refused.value.code == "nothing_given"


def test_another_units_batch_is_not_found(given, officer):
    other = scene(workers=1).issue_all()
    for kind in (builders.CERTIFICATES, builders.SIGNOFF):
        with pytest.raises(NotFound):
            exports.request_export(by=officer, kind=kind, title="x", params={"batch": other.pk})


def test_the_presentation_certificate_says_copies_amount_and_capitals(given, officer):
    content = papers.print_batch_presentation(by=officer, batch=given.batch)
    words = words_of(content)
    for piece in (
        "赠送证书",
        given.enterprise.name,
        "285.00",
        "贰佰捌拾伍元整",
        given.campaign.name,
        given.union.name,
    ):
        assert piece in words
    entry = Entry.objects.get(action="presentation.print")
    assert (entry.actor, entry.object_id) == (officer.audit_name, str(given.batch.pk))


def test_totals_add_up_along_the_tree_and_stay_inside_the_scope():
    made = scene(workers=2, money="10000.00", places=5)
    district = UnionFactory(parent=made.union, kind=UnionKind.COUNTY, name="乙区总工会")
    enterprise = EnterpriseFactory(union=UnionFactory(parent=district, name="乙企业工会"), name="乙快递公司")
    members(enterprise, 3)
    made.issue_all()
    made.allotment = allot(by=SYSTEM, campaign=made.campaign, copies=5, enterprise=enterprise)
    made.issue_all()
    totals = {
        str(one.unit): (one.copies, one.amount) for one in papers.unit_totals(made.campaign, EVERYTHING)
    }
    assert totals == {
        made.union.name: (5, Decimal("475.00")),
        made.enterprise.name: (2, Decimal("190.00")),
        "乙区总工会": (3, Decimal("285.00")),
        "乙企业工会": (3, Decimal("285.00")),
        "乙快递公司": (3, Decimal("285.00")),
    }
    district_officer = PostFactory(union=district).user
    seen = papers.unit_totals(made.campaign, scope_of(district_officer))
    assert {str(one.unit) for one in seen} == {"乙区总工会", "乙企业工会", "乙快递公司"}
