"""Claims officers of a district at work: three who decide, review and approve, and claims of a covered worker."""

from dataclasses import dataclass
from typing import Any

from tests.claims import scene
from tests.factories import EnterpriseFactory, MembershipFactory, PostFactory, UnionFactory, UserFactory
from unionbenefits.access.actions import sync_roles
from unionbenefits.access.roles import Role
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.claims import actions
from unionbenefits.claims.models import Claim, Decision
from unionbenefits.unions.enums import UnionKind


@dataclass
class ClaimsOffice:
    """`desk` makes claims of the own district's worker; `stranger` works at a sibling district."""

    desk: scene.Desk
    district: Any
    enterprise: Any
    officers: dict[str, Any]
    sibling: Any
    stranger: Any

    @property
    def decider(self) -> Any:
        return self.officers["claims_officer"]

    @property
    def reviewer(self) -> Any:
        return self.officers["claims_reviewer"]

    @property
    def approver(self) -> Any:
        return self.officers["claims_approver"]

    def decided(self, claim: Claim, **changes: Any) -> Decision:
        claim.refresh_from_db()
        return actions.decide(by=self.decider, claim=claim, version=claim.version, note="核对过", **changes)

    def reviewed(self, claim: Claim) -> Decision:
        decision = self.decided(claim)
        return actions.review(by=self.reviewer, decision=decision, version=decision.version)

    def approved(self, claim: Claim) -> Decision:
        decision = self.reviewed(claim)
        return actions.approve(by=self.approver, decision=decision, version=decision.version)

    def colleague(self, enterprise: Any = None) -> Any:
        """Another covered worker, of the own enterprise unless another is given."""
        worker = scene.WorkerFactory(name="同事测", name_key="同事测")
        MembershipFactory(worker=worker, enterprise=enterprise or self.enterprise)
        scene.CoverageFactory(
            worker=worker,
            plan_version=self.desk.coverage.plan_version,
            first_enrolment=False,
            period=self.desk.coverage.period,
        )
        return worker

    def elsewhere(self) -> Claim:
        """A claim of a worker of the sibling district alone."""
        return self.desk.filed(self.colleague(self.sibling))


def build(**terms: Any) -> ClaimsOffice:
    """The office with one officer per role of claims, in the open transaction."""
    sync_roles(by=SYSTEM)
    province = UnionFactory(name="省总工会", kind=UnionKind.PROVINCE)
    district = UnionFactory(name="甲区总工会", kind=UnionKind.COUNTY, parent=province)
    sibling = UnionFactory(name="乙区总工会", kind=UnionKind.COUNTY, parent=province)
    own = EnterpriseFactory(name="甲区快递公司", union=UnionFactory(name="甲企业工会", parent=district))
    other = EnterpriseFactory(name="乙区快递公司", union=UnionFactory(name="乙企业工会", parent=sibling))

    def post(role: Role, union: Any = district) -> Any:
        return PostFactory(role=role, union=union, user=UserFactory()).user

    roles = [
        Role.CLAIMS_OFFICER,
        Role.CLAIMS_REVIEWER,
        Role.CLAIMS_APPROVER,
        Role.CASHIER,
        Role.UNION_OFFICER,
        Role.AUDITOR,
    ]
    officers = {role.value: post(role) for role in roles}
    officers["second_officer"] = post(Role.CLAIMS_OFFICER)
    desk = scene.build(**terms)
    MembershipFactory(worker=desk.worker, enterprise=own)
    return ClaimsOffice(desk, district, own, officers, other, post(Role.CLAIMS_OFFICER, sibling))
