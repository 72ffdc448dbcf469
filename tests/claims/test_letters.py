"""The decision letter: what it says, that it says it in Chinese, and when there is none."""

import re
import subprocess
from decimal import Decimal

import pytest
from django.utils.translation import override

from tests.claims import scene
from tests.factories import IdentityDocumentFactory, resident_number
from unionbenefits.audit.models import Entry
from unionbenefits.claims import actions
from unionbenefits.claims.enums import DifferenceState
from unionbenefits.claims.letters import letter_of, notes_beside, print_letter
from unionbenefits.core.errors import NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db):
    return scene.build()


def words_of(content):
    """The text of a PDF, without the breaks of its lines."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return re.sub(r"\s+", "", done.stdout.decode())


def letter_words(claim):
    return words_of(letter_of(claim)[1])


def rejected(desk, claim, reason="同一住院已由工伤保险支付，不再重复给付。"):
    decision = actions.reject(by=desk.people[0], claim=claim, version=claim.version, reason=reason)
    actions.review(by=desk.people[1], decision=decision, version=decision.version)
    return actions.approve(by=desk.people[2], decision=decision, version=decision.version)


def test_a_letter_says_who_what_how_much_and_why(desk):
    number = resident_number(701)
    IdentityDocumentFactory(worker=desk.worker, number=number)
    claim = desk.filed()
    desk.approved(claim)
    with override("en"):
        name, content = letter_of(claim)
    assert name == f"核定通知书-{claim.number}.pdf"
    words = words_of(content)
    for piece in [
        "互助金核定通知书", "陈测试同志", claim.number, number[:3] + "***********" + number[-4:], desk.coverage.plan.name,
        "测试人民医院", "2026年3月10日至2026年3月18日", "第1次住院", "5,600.00元", "人民币（大写）伍仟陆佰元整",
        "按本期第1次住院的比例80%计算", "应给付", "户名为“陈测试”、尾号0014的账户", "如有异议", "12351", desk.fund.owner.name,
    ]:  # fmt: skip
        assert piece in words
    for piece in (number, scene.ACCOUNT, "不予给付", "本次支付"):
        assert piece not in words


def test_a_rejection_gives_the_reason_and_the_way_to_appeal_and_no_sum(desk):
    claim = desk.filed()
    rejected(desk, claim)
    words = letter_words(claim)
    assert "核定结果：不予给付" in words
    assert "同一住院已由工伤保险支付" in words
    assert "可以申诉" in words
    assert "5,600.00" not in words


def test_a_rejection_by_the_rules_gives_their_reasons(desk):
    claim = desk.filed(admitted="2025-12-01", discharged="2025-12-05", settled="2025-12-05")
    desk.approved(claim)
    words = letter_words(claim)
    assert "不予给付的原因" in words
    assert "2025-12-01" in words


def test_what_is_deducted_and_was_paid_before_is_shown_down_to_what_is_paid_now(desk):
    later = desk.filed()
    desk.approved(later)
    earlier = desk.filed(admitted="2026-02-01", discharged="2026-02-05", settled="2026-02-05")
    decision = desk.decided(earlier)
    [difference] = decision.differences.all()
    actions.settle_difference(by=desk.people[0], difference=difference, how=DifferenceState.DEDUCTED)
    actions.review(by=desk.people[1], decision=decision, version=1)
    actions.approve(by=desk.people[2], decision=decision, version=1)
    words = letter_words(earlier)
    assert f"扣回申请{later.number}多付部分（住院次序有变）-700.00" in words
    assert "本次支付4,900.00" in words
    assert "需结清" not in words
    assert difference.amount == Decimal("-700.00")


def test_what_a_person_settled_is_said_to_be_settled(desk):
    claim = desk.filed(total="36000")
    desk.approved(claim)
    with override("en"):
        [note] = notes_beside(claim.decisions.get())
    assert note.startswith("An officer looked into this: The statement does not add up")
    assert "看过了" not in letter_words(claim)


def test_there_is_no_letter_before_approval_and_none_once_the_decision_is_void(desk):
    claim = desk.filed()
    desk.reviewed(claim)
    with pytest.raises(NotFound) as refused:
        letter_of(claim)
    assert refused.value.code == "no_decision"
    decision = claim.decisions.get()
    actions.approve(by=desk.people[2], decision=decision, version=1)
    assert letter_of(claim)[1].startswith(b"%PDF")
    actions.reopen(by=desk.people[3], claim=claim, version=1, reason="发票作废")
    with pytest.raises(NotFound):
        letter_of(claim)


def test_the_letter_keeps_the_account_it_was_decided_with(desk):
    claim = desk.filed()
    desk.approved(claim)
    first = letter_words(claim)
    type(claim).objects.filter(pk=claim.pk).update(payee_name="别人")
    assert letter_words(claim) == first


def test_printing_is_logged_without_the_name(desk):
    claim = desk.filed()
    desk.approved(claim)
    print_letter(by=desk.people[4], claim=claim)
    entry = Entry.objects.get(action="claim.letter")
    assert (entry.actor, entry.object_id, entry.data) == (desk.people[4].audit_name, str(claim.pk), {})


def test_rare_characters_and_many_words_fit(desk):
    worker = desk.worker
    type(worker).objects.filter(pk=worker.pk).update(name="陈𬭎䶮")
    claim = desk.filed()
    rejected(
        desk, claim, "经核对，该次住院的医保结算单与发票金额不一致，且医院证明发票已作废并重新开具。" * 9
    )
    words = letter_words(claim)
    assert "陈𬭎䶮" in words
    assert words.count("重新开具") == 9
