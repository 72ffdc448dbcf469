"""Two cashiers of a district and one of its sibling, a bank, and approved claims whose money is held."""

from decimal import Decimal

from tests.claims.test_payments import Office
from tests.factories import (
    CoverageFactory,
    FundFactory,
    MembershipFactory,
    PostFactory,
    UserFactory,
    WorkerFactory,
)
from tests.factories.claims import (
    ACCOUNT,
    BankProfileFactory,
    ClaimFactory,
    ClaimVersionFactory,
    DecisionFactory,
    ObligationFactory,
)
from tests.web import office as offices
from unionbenefits.access.roles import Role
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.claims import actions
from unionbenefits.claims.models import ObligationEntry
from unionbenefits.claims.querysets import account_digest
from unionbenefits.funds import actions as ledger


class Cashiers(Office):
    """`maker` and `checker` pay for the district, `stranger` for another one."""

    def __init__(self):
        self.place = offices.build()
        self.union = self.place.district
        self.profile = BankProfileFactory(code="test")
        self.maker, self.checker = (self._post(Role.CASHIER, self.union) for _time in range(2))
        self.stranger = self._post(Role.CASHIER, self.place.officers["sibling_officer"].posts.get().union)
        self.filer = self._post(Role.CLAIMS_OFFICER, self.union)
        self.fund = FundFactory(owner=self.union, name="互助金专户")
        ledger.deposit(by=SYSTEM, fund=self.fund, amount=Decimal("100000.00"))
        self._made = 0

    def _post(self, role, union):
        return PostFactory(role=role, user=UserFactory(), union=union).user

    def owed(self, count=1, amount="80.00", enterprise=None, **claim):
        """Money owed to workers of their own, at the district\'s enterprise unless another is given."""
        return [
            self._owed(Decimal(amount), enterprise or self.place.enterprise, claim) for _at in range(count)
        ]

    def _owed(self, amount, enterprise, values):
        self._made += 1
        name = f"陈{'甲乙丙丁戊己庚辛壬癸'[self._made % 10]}{'一二三四五六七八九十'[self._made // 10 % 10]}"
        worker = WorkerFactory(name=name, name_key=name)
        MembershipFactory(worker=worker, enterprise=enterprise)
        number = ACCOUNT[:-4] + f"{self._made:04d}"
        given = {"account": number, "account_digest": account_digest(number)} | values
        claim = ClaimFactory(
            coverage=CoverageFactory(worker=worker, first_enrolment=False), state="approved", **given
        )
        actions.set_claims_funds(by=SYSTEM, plan=claim.coverage.plan, funds=[self.fund])
        decision = DecisionFactory(claim_version=ClaimVersionFactory(claim=claim), amount=amount)
        obligation = ObligationFactory(decision=decision)
        entries = ledger.hold(
            by=SYSTEM, funds=[self.fund], amount=amount, copies=0, reference=obligation.reference
        )
        ObligationEntry.objects.bulk_create(
            ObligationEntry(obligation=obligation, entry=entry) for entry in entries
        )
        return obligation

    def correct(self, owed, tail="9999"):
        """Another account for the same holder."""
        claim = owed.claim
        return actions.correct_payee(
            by=self.filer,
            claim=claim,
            payee_name=claim.payee_name,
            account=ACCOUNT[:-4] + tail,
            bank_name="另一银行",
        )
