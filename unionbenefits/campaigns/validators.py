"""Whether the rules of a campaign are sound, for the verbs that set it up and change it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from unionbenefits.campaigns.enums import CampaignKind, GiftedBefore, StartRule
from unionbenefits.core.errors import Refusal
from unionbenefits.workers.enums import Occupation

# Rules that may be named when a campaign is opened, and what they ask where nothing is said.
RULES: Mapping[str, Any] = {
    "areas": [],
    "real_name_required": False,
    "insurance_required": False,
    "gifted_before": GiftedBefore.ALLOWED,
    "gifted_since": None,
    "minimum_share_required": False,
    "start_rule": StartRule.COMMON_DATE,
    "second_approval_above": None,
    "renews": None,
}


def check_occupations(codes: list[str]) -> None:
    """Only those of the list. Raises Refusal `occupation_unknown`."""
    if set(codes) - set(Occupation.values):
        raise Refusal("occupation_unknown", _("Choose occupations from the list."))


def check_rules(campaign: Any) -> None:
    """The rules of an unsaved or changed campaign agree with each other and with its plan.

    Raises Refusal `occupation_unknown`, `area_wrong`, `amount_negative`, `rules_need_plan`,
    `renews_other_plan` or `renewal_refuses_gifted`.
    """
    check_occupations(list(campaign.occupations))
    for area in campaign.areas:
        if not (area.isascii() and area.isdigit() and 2 <= len(area) <= 9):
            raise Refusal(
                "area_wrong", _("An area is the beginning of a division code: 2 to 9 digits, such as 440605.")
            )
    if campaign.second_approval_above is not None and campaign.second_approval_above < 0:
        raise Refusal("amount_negative", _("Write an amount of zero or more."))
    if campaign.kind != CampaignKind.COVERAGE and (
        campaign.minimum_share_required or campaign.start_rule == StartRule.CONTINUES or campaign.renews
    ):
        raise Refusal(
            "rules_need_plan",
            _("Minimum share and continued cover are rules of a plan: choose them for coverage only."),
        )
    if campaign.renews:
        _check_renewal(campaign)


def _check_renewal(campaign: Any) -> None:
    """A campaign continues an earlier one of the same plan; those gifted by that one are meant to get it."""
    renewed = campaign.renews
    if (
        renewed.pk == campaign.pk
        or renewed.plan_version is None
        or renewed.plan_version.plan_id != campaign.plan_version.plan_id
    ):
        raise Refusal(
            "renews_other_plan", _("A campaign can continue only another campaign of the same plan.")
        )
    if campaign.gifted_before == GiftedBefore.REFUSED:
        raise Refusal(
            "renewal_refuses_gifted",
            _(
                "A campaign that continues another gives to the same people again: allow those who were "
                "gifted before."
            ),
        )
