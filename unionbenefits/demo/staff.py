"""The scenario's staff: one person per role, with a password that the demo prints."""

from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import Group
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionbenefits.access.actions import appoint, sync_roles
from unionbenefits.access.roles import BUNDLES, Role
from unionbenefits.accounts.models import User
from unionbenefits.demo.organisation import FOUNDED, SETUP, Organisation
from unionbenefits.demo.units import Industry
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.unions.models import Union

PASSWORD: Final = "nanhai-demo-2026"  # noqa: S105 - printed on purpose; the demo listens on loopback only


@dataclass(frozen=True, slots=True)
class SignIn:
    """A ready-made sign-in, as the demo prints it."""

    username: str
    name: str
    role: Role
    place: Union | Enterprise
    task: str | Promise


@dataclass(frozen=True, slots=True)
class Staff:
    """The people who act in the scenario, and the list of all sign-ins."""

    sign_ins: tuple[SignIn, ...]
    users: dict[str, User]

    def __getitem__(self, username: str) -> User:
        """The user of that sign-in name."""
        return self.users[username]


def employ(organisation: Organisation, first_enterprise: Enterprise) -> Staff:
    """Writes the roles down and makes every user with their post; what already stands is left alone."""
    if not _roles_stand():
        sync_roles(by=SETUP)
    sign_ins = _sign_ins(organisation, first_enterprise)
    users = {sign_in.username: _user(sign_in) for sign_in in sign_ins}
    return Staff(sign_ins, users)


def _sign_ins(o: Organisation, first_enterprise: Enterprise) -> tuple[SignIn, ...]:
    transport = o.industry_unions[Industry.TRANSPORT]
    return (
        SignIn("province", "陈岚", Role.PROVINCE_OFFICER, o.province, _("approves and issues")),
        SignIn("nanhai", "何恒", Role.UNION_OFFICER, o.district, _("uploads and puts forward")),
        SignIn("nanhai2", "梁雪", Role.UNION_OFFICER, o.district, _("approves and issues")),
        SignIn("transport", "区航", Role.INDUSTRY_OFFICER, transport, _("puts batches forward")),
        SignIn("clerk", "招禾", Role.ENTERPRISE_CLERK, first_enterprise, _("uploads a roster")),
        SignIn("claims", "苏禾", Role.CLAIMS_OFFICER, o.province, _("checks claims and proposes decisions")),
        SignIn("reviewer", "祝安", Role.CLAIMS_REVIEWER, o.province, _("reviews proposed decisions")),
        SignIn("approver", "梅正", Role.CLAIMS_APPROVER, o.province, _("approves reviewed decisions")),
        SignIn("cashier", "钱谨", Role.CASHIER, o.province, _("makes payment batches")),
        SignIn("cashier2", "金核", Role.CASHIER, o.province, _("checks payment batches")),
        SignIn("mediator", "柯和", Role.MEDIATOR, o.district, _("reads units, people and memberships")),
        SignIn("auditor", "孔衡", Role.AUDITOR, o.province, _("reads everything, changes nothing")),
        SignIn("admin", "关毅", Role.ADMINISTRATOR, o.province, _("keeps users and posts")),
        SignIn("tester", "麦试", Role.UNION_OFFICER, o.test_union, _("tries rosters")),
    )  # fmt: skip


def _roles_stand() -> bool:
    """Whether every role's group holds exactly its bundle, so that there is nothing to write."""
    groups = {
        group.name: {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.all()}
        for group in Group.objects.prefetch_related("permissions__content_type")
    }
    return all(groups.get(role.value, set()) == set(bundle.permissions) for role, bundle in BUNDLES.items())


def _user(sign_in: SignIn) -> User:
    standing = User.objects.filter(username=sign_in.username).first()
    if standing is not None:
        return standing
    place = sign_in.place
    return appoint(
        by=SETUP,
        username=sign_in.username,
        name=sign_in.name,
        password=PASSWORD,
        role=sign_in.role,
        union=place if isinstance(place, Union) else None,
        enterprise=place if isinstance(place, Enterprise) else None,
        starts_on=FOUNDED,
    )
