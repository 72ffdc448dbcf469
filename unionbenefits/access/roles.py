"""Roles: named bundles of permissions, each with a sentence of what it may do; `sync_roles` writes groups."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a post lets its holder do; where is said by the post's union or enterprise."""

    PROVINCE_OFFICER = "province_officer", _("Association officer")
    UNION_OFFICER = "union_officer", _("Union officer")
    INDUSTRY_OFFICER = "industry_officer", _("Industry union officer")
    ENTERPRISE_CLERK = "enterprise_clerk", _("Enterprise union clerk")
    CLAIMS_OFFICER = "claims_officer", _("Claims officer")
    CLAIMS_REVIEWER = "claims_reviewer", _("Claims reviewer")
    CLAIMS_APPROVER = "claims_approver", _("Claims approver")
    CASHIER = "cashier", _("Cashier")
    MEDIATOR = "mediator", _("Mediator")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("System administrator")


@dataclass(frozen=True, slots=True)
class Bundle:
    """A role's permissions as `app.codename`, and the sentence that the panel shows."""

    sentence: str | Promise
    permissions: frozenset[str]


def _view(*models_: str) -> frozenset[str]:
    """View permissions of `app.model` names."""
    return frozenset(f"{app}.view_{model}" for app, model in (name.split(".") for name in models_))


REGISTERS = _view(
    "unions.union",
    "enterprises.enterprise",
    "enterprises.industryaffiliation",
    "workers.worker",
    "workers.identitydocument",
    "workers.membership",
    "workers.roster",
    "workers.rosterrow",
    "plans.plan",
    "plans.planversion",
    "plans.coverage",
    "plans.openingfigures",
    "campaigns.campaign",
    "campaigns.allotment",
    "campaigns.giftbatch",
    "campaigns.gift",
    "campaigns.revocation",
    "campaigns.giftoverride",
    "campaigns.occupationgroup",
)
MONEY = _view("funds.fund", "funds.entry", "campaigns.campaignfund")
# What workers ask about their data, and what went because its time was over.
OWN_DATA = _view("workers.datarequest", "workers.retentionrun")
REQUESTS = frozenset({"workers.view_datarequest", "workers.decide_datarequest"})
RETENTION = frozenset({"workers.view_retentionrun", "workers.run_retention"})
LOG = _view("audit.entry", "audit.seal", "access.post", "accounts.user")
CLAIMS = _view(
    "claims.claim",
    "claims.decision",
    "claims.appeal",
    "claims.question",
    "claims.finding",
    "claims.approvallimit",
    "claims.secondlook",
    "claims.lookrule",
)
PAYMENTS = _view(
    "claims.obligation",
    "claims.payment",
    "claims.paymentbatch",
    "claims.resultfile",
    "claims.refund",
    "claims.claimsfund",
    "claims.bankprofile",
)
# Nobody who decides or pays sets the limits, the funds and the bank's words by which it is done.
CLAIMS_SETTINGS = frozenset(
    {
        "claims.change_approvallimit",
        "claims.change_claimsfund",
        "claims.add_bankprofile",
        "claims.change_bankprofile",
        "claims.add_lookrule",
    }
)
# Whoever files for workers sees the claims filed, not the papers of others.
FILING = frozenset({"claims.view_claim", "claims.file_claim"})
ROSTERS = frozenset({"workers.upload_roster", "workers.apply_roster"})
# Which posts below one's own, and of which roles: HANDS_OUT.
POSTS = _view("access.post", "accounts.user") | {"access.add_post", "access.change_post"}
# Hidden values in full, each with a reason (workers.reveals); and examining what was unusual about it.
REVEALS = frozenset({"workers.reveal_worker"})
REVIEWS = frozenset({"workers.review_reveal"})
# Covered workers who never opened their page; sending them reminders; what became of text messages.
REACH = _view("campaigns.reminderwave")
REMIND = REACH | {"campaigns.add_reminderwave"}
TEXTS = _view("workers.message")
RESEND = TEXTS | {"workers.change_message"}
# A worker's new phone with the document in hand; putting the former number back where its holder objects.
PHONES = _view("workers.phonechange") | {"workers.change_phone"}
PHONES_BACK = PHONES | {"workers.take_back_phone"}
# Moving and merging unions (access.moving, access.merging); closing enterprises (workers.closing).
TREE = frozenset({"unions.restructure_union"})
CLOSING = frozenset({"enterprises.close_enterprise"})
# Having files made (access.exports); what a file holds needs its own permission besides.
EXPORTS = frozenset({"access.add_export"})

BUNDLES: dict[Role, Bundle] = {
    Role.PROVINCE_OFFICER: Bundle(
        _("Sets plans, opens campaigns, allots places, approves batches and watches the funds."),
        REGISTERS
        | REMIND
        | RESEND
        | MONEY
        | ROSTERS
        | PHONES_BACK
        | EXPORTS
        | POSTS
        | CLAIMS
        | PAYMENTS
        | CLAIMS_SETTINGS
        | REVEALS
        | REVIEWS
        | REQUESTS
        | OWN_DATA
        | TREE
        | CLOSING
        | {"claims.run_replay"}
        | {
            "enterprises.add_enterprise",
            "enterprises.change_enterprise",
            "enterprises.add_industryaffiliation",
            "funds.add_fund",
            "funds.deposit_fund",
            "plans.add_plan",
            "plans.change_plan",
            "plans.add_openingfigures",
            "campaigns.add_campaign",
            "campaigns.change_campaign",
            "campaigns.add_occupationgroup",
            "campaigns.change_occupationgroup",
            "campaigns.allot_campaign",
            "campaigns.put_forward_giftbatch",
            "campaigns.approve_giftbatch",
            "campaigns.issue_giftbatch",
            "campaigns.allow_giftoverride",
            "workers.change_worker",
            "campaigns.propose_revocation",
            "campaigns.confirm_revocation",
        },
    ),
    Role.UNION_OFFICER: Bundle(
        _("Checks rosters of unions below, puts gift batches forward, approves those of others, issues."),
        REGISTERS
        | REMIND
        | RESEND
        | MONEY
        | ROSTERS
        | PHONES_BACK
        | EXPORTS
        | POSTS
        | FILING
        | REVEALS
        | REVIEWS
        | REQUESTS
        | CLOSING
        | {
            "enterprises.add_enterprise",
            "enterprises.change_enterprise",
            "enterprises.add_industryaffiliation",
            "campaigns.put_forward_giftbatch",
            "campaigns.approve_giftbatch",
            "campaigns.issue_giftbatch",
            "campaigns.allow_giftoverride",
            "workers.change_worker",
            "campaigns.propose_revocation",
            "campaigns.confirm_revocation",
        },
    ),
    Role.INDUSTRY_OFFICER: Bundle(
        _("Collects the rosters of member enterprises and puts gift batches forward for them."),
        REGISTERS
        | REMIND
        | TEXTS
        | ROSTERS
        | PHONES
        | EXPORTS
        | FILING
        | REVEALS
        | {"campaigns.put_forward_giftbatch", "workers.change_worker"},
    ),
    Role.ENTERPRISE_CLERK: Bundle(
        _("Uploads the enterprise's roster, mends what is wrong, and sees who is covered."),
        REGISTERS | REACH | ROSTERS | EXPORTS,
    ),
    Role.CLAIMS_OFFICER: Bundle(
        _("Checks claims, asks for what is missing, and proposes decisions."),
        REGISTERS
        | CLAIMS
        | REVEALS
        | {
            "workers.reveal_account",
            "claims.file_claim",
            "claims.ask_claim",
            "claims.clear_claim",
            "claims.read_paper",
            "claims.decide_decision",
            "claims.decide_appeal",
        },
    ),
    Role.CLAIMS_REVIEWER: Bundle(
        _("Reviews the decisions that claims officers propose."),
        REGISTERS
        | CLAIMS
        | REVEALS
        | {
            "claims.clear_claim",
            "claims.read_paper",
            "claims.review_decision",
            "claims.take_secondlook",
            "claims.decide_appeal",
        },
    ),
    Role.CLAIMS_APPROVER: Bundle(
        _("Approves reviewed decisions, within the amounts of the role."),
        REGISTERS
        | CLAIMS
        | {
            "claims.read_paper",
            "claims.approve_decision",
            "claims.take_secondlook",
            "claims.decide_appeal",
            "claims.run_replay",
        },
    ),
    Role.CASHIER: Bundle(
        _("Makes payment batches, checks those of others, and reads the bank's answers."),
        REGISTERS
        | MONEY
        | PAYMENTS
        | {
            "workers.reveal_account",
            "claims.view_claim",
            "claims.make_paymentbatch",
            "claims.check_paymentbatch",
            "claims.submit_paymentbatch",
            "claims.reconcile_paymentbatch",
        },
    ),
    Role.MEDIATOR: Bundle(
        _(
            "Mediates labour disputes of workers below. Cases are not kept here yet: for now the role reads "
            "units, people and memberships."
        ),
        _view(
            "unions.union",
            "enterprises.enterprise",
            "enterprises.industryaffiliation",
            "workers.worker",
            "workers.membership",
        ),
    ),
    Role.AUDITOR: Bundle(
        _("Reads everything under the post, changes nothing, and verifies the audit log."),
        REGISTERS
        | REACH
        | TEXTS
        | MONEY
        | LOG
        | OWN_DATA
        | _view("workers.phonechange")
        | EXPORTS
        | CLAIMS
        | PAYMENTS,
    ),
    Role.ADMINISTRATOR: Bundle(
        _("Keeps users, posts, unions and enterprises. Touches no money."),
        REGISTERS
        | RESEND
        | LOG
        | RETENTION
        | TREE
        | CLOSING
        | {
            "accounts.add_user",
            "accounts.change_user",
            "access.add_post",
            "access.change_post",
            "unions.add_union",
            "unions.change_union",
            "enterprises.add_enterprise",
            "enterprises.change_enterprise",
            "enterprises.add_industryaffiliation",
        },
    ),
}

# A clerk serves an enterprise; everybody else serves a union.
ENTERPRISE_ROLES = frozenset({Role.ENTERPRISE_CLERK})


@dataclass(frozen=True, slots=True)
class Conflict:
    """One person never holds a role of `roles` and another one of `others` over the same places at a time."""

    roles: frozenset[Role]
    others: frozenset[Role]
    why: str | Promise

    def is_between(self, one: Role, other: Role) -> bool:
        """Whether this row of the table speaks of the two; no role is in conflict with itself."""
        there, back = (one in self.roles, other in self.others), (other in self.roles, one in self.others)
        return one != other and (all(there) or all(back))


# The steps that one claim goes through (invariant 7).
_STEPS = frozenset({Role.CLAIMS_OFFICER, Role.CLAIMS_REVIEWER, Role.CLAIMS_APPROVER, Role.CASHIER})
_MONEY_ROLES = _STEPS | {Role.PROVINCE_OFFICER, Role.UNION_OFFICER, Role.INDUSTRY_OFFICER}

# 等保 2.0 keeps administration, business and audit apart; invariant 7 keeps the steps of a payment
# apart. A trigger on the posts holds the same table (`models.py`), so it also holds against races.
INCOMPATIBLE: tuple[Conflict, ...] = (
    Conflict(_STEPS, _STEPS, _("Claims are proposed, reviewed, approved and paid by four different people.")),
    Conflict(
        frozenset({Role.PROVINCE_OFFICER}),
        _STEPS,
        _("Whoever sets plans, limits and funds neither decides claims nor pays them."),
    ),
    Conflict(
        frozenset({Role.ADMINISTRATOR}), _MONEY_ROLES, _("Whoever keeps users and posts touches no money.")
    ),
    Conflict(
        frozenset({Role.AUDITOR}),
        frozenset(Role) - {Role.AUDITOR},
        _("An auditor changes nothing of what is audited, under no post."),
    ),
)

# Which roles the holder of a role grants, ends and hands over: strictly below the own place.
_UNION_POSTS = frozenset({Role.UNION_OFFICER, Role.INDUSTRY_OFFICER, Role.ENTERPRISE_CLERK, Role.MEDIATOR})
HANDS_OUT: dict[Role, frozenset[Role]] = {
    Role.PROVINCE_OFFICER: _UNION_POSTS,
    Role.UNION_OFFICER: _UNION_POSTS,
    Role.ADMINISTRATOR: frozenset(Role),
}
# At the own place too, since nobody stands above it in the installation: all but the own role.
HANDS_OUT_AT_OWN_PLACE: dict[Role, frozenset[Role]] = {
    Role.ADMINISTRATOR: frozenset(Role) - {Role.ADMINISTRATOR},
}
