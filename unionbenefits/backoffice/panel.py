"""The panel's look and menu, as data for unfold."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from unionbenefits.backoffice.menu import item
from unionbenefits.backoffice.pages.menu import CLAIMS, WORK

MENU: list[dict[str, Any]] = [
    {
        "title": _("Work"),
        "items": [item(_("Home"), "admin:index", "home"), *WORK],
    },
    {"title": _("Claims"), "separator": True, "items": CLAIMS},
    {
        "title": _("People"),
        "separator": True,
        "items": [
            item(_("Workers"), "admin:workers_worker_changelist", "groups", "workers.view_worker"),
            item(_("New phone of a worker"), "admin:phone_find", "smartphone", "workers.change_phone"),
            item(_("Changes of phones"), "admin:phone_changes", "phonelink_ring", "workers.view_phonechange"),
            item(_("Memberships"), "admin:workers_membership_changelist", "badge", "workers.view_membership"),
            item(_("Rosters"), "admin:workers_roster_changelist", "table", "workers.view_roster"),
        ],
    },
    {
        "title": _("Cover and gifts"),
        "separator": True,
        "items": [
            item(
                _("Coverages"), "admin:plans_coverage_changelist", "health_and_safety", "plans.view_coverage"
            ),
            item(_("Campaigns"), "admin:campaigns_campaign_changelist", "redeem", "campaigns.view_campaign"),
            item(
                _("Allotments"),
                "admin:campaigns_allotment_changelist",
                "pie_chart",
                "campaigns.view_allotment",
            ),
            item(
                _("Gift batches"),
                "admin:campaigns_giftbatch_changelist",
                "inventory",
                "campaigns.view_giftbatch",
            ),
            item(
                _("Gifts"),
                "admin:campaigns_gift_changelist",
                "featured_seasonal_and_gifts",
                "campaigns.view_gift",
            ),
            item(
                _("Occupation groups"),
                "admin:campaigns_occupationgroup_changelist",
                "category",
                "campaigns.change_occupationgroup",
            ),
            item(_("Plans"), "admin:plans_plan_changelist", "description", "plans.view_plan"),
        ],
    },
    {
        "title": _("Money"),
        "separator": True,
        "items": [
            item(_("Funds"), "admin:funds_fund_changelist", "account_balance", "funds.view_fund"),
            item(_("Ledger"), "admin:funds_entry_changelist", "receipt_long", "funds.view_entry"),
        ],
    },
    {
        "title": _("Organisation"),
        "separator": True,
        "items": [
            item(_("Union tree"), "admin:union_tree", "account_tree", "unions.view_union"),
            item(_("Register of unions"), "admin:unions_union_changelist", "lan", "unions.view_union"),
            item(
                _("Enterprises"),
                "admin:enterprises_enterprise_changelist",
                "apartment",
                "enterprises.view_enterprise",
            ),
        ],
    },
    {
        "title": _("Access and log"),
        "separator": True,
        "items": [
            item(_("Staff users"), "admin:accounts_user_changelist", "person", "accounts.view_user"),
            item(_("Locked sign-ins"), "admin:locked_list", "lock_person", "accounts.change_user"),
            item(_("Posts"), "admin:post_list", "assignment_ind", "access.view_post"),
            item(_("Who can see a unit"), "admin:unit_access_find", "visibility", "access.view_post"),
            item(_("Roles"), "admin:role_list", "badge"),
            item(_("Audit log"), "admin:audit_log", "history", "audit.view_entry"),
            item(_("Head of the log"), "admin:chain_head", "qr_code_2", "audit.view_seal"),
            item(_("Seals of the log"), "admin:audit_seal_changelist", "link", "audit.view_seal"),
        ],
    },
]


def menu(request: HttpRequest) -> list[dict[str, Any]]:
    """The groups in which the person may open something."""
    return [group for group in MENU if any(entry["permission"](request) for entry in group["items"])]


# Deep teal for acts, warm grey paper: calm for a day of work, and AA contrast in both themes.
UNFOLD: dict[str, Any] = {
    "SITE_TITLE": _("Union benefits"),
    "SITE_HEADER": _("Union benefits"),
    "SITE_SUBHEADER": _("Staff panel"),
    "SITE_URL": None,
    "SITE_ICON": lambda _request: static("panel/mark.svg"),
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda _request: static("panel/mark.svg")}
    ],
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_LANGUAGES": True,
    "LANGUAGES": {"action": reverse_lazy("portal:language")},
    "SHOW_BACK_BUTTON": True,
    "ACCOUNT": {
        "navigation": [
            {"title": _("My sign-in"), "link": reverse_lazy("admin:my_sign_in")},
            {"title": _("Change my password"), "link": reverse_lazy("admin:password_change")},
        ]
    },
    "BORDER_RADIUS": "6px",
    "STYLES": [lambda _request: static("panel/panel.css")],
    "SCRIPTS": [lambda _request: static("panel/keys.js")],
    "DASHBOARD_CALLBACK": "unionbenefits.backoffice.pages.home.dashboard",
    "SIDEBAR": {"show_search": False, "show_all_applications": False, "navigation": menu},
    "COLORS": {
        "primary": {
            "50": "#eefaf7",
            "100": "#d4f2ea",
            "200": "#aae4d5",
            "300": "#76cfbb",
            "400": "#43b39c",
            "500": "#259782",
            "600": "#177a69",
            "700": "#146256",
            "800": "#134e46",
            "900": "#12413b",
            "950": "#052622",
        }
    },
}
