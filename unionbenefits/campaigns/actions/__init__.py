"""Every write of campaigns, as verbs: setting up, batches, issuing."""

from unionbenefits.campaigns.actions.batches import approve_batch, put_forward, return_batch
from unionbenefits.campaigns.actions.drafting import (
    discard_draft,
    draft_batch,
    put_back,
    put_draft_forward,
    refresh_draft,
    take_out,
)
from unionbenefits.campaigns.actions.groups import add_group, change_group
from unionbenefits.campaigns.actions.issuing import IssueOutcome, issue_batch
from unionbenefits.campaigns.actions.long_runs import (
    ask_to_stop,
    start_draft,
    start_draft_forward,
    start_issue,
    start_put_forward,
    start_refresh,
    start_undo,
)
from unionbenefits.campaigns.actions.overrides import allow_override, ask_override, withdraw_override
from unionbenefits.campaigns.actions.quotas import Reclaimed, move_places, reclaim_unused, set_deadline
from unionbenefits.campaigns.actions.rules import change_rules
from unionbenefits.campaigns.actions.setup import (
    AUTO,
    allot,
    close_campaign,
    open_campaign,
    set_funds,
    start_campaign,
)
from unionbenefits.campaigns.actions.undoing import confirm_revocation, decline_revocation, propose_revocation

__all__ = [
    "AUTO",
    "IssueOutcome",
    "Reclaimed",
    "add_group",
    "allot",
    "allow_override",
    "approve_batch",
    "ask_override",
    "ask_to_stop",
    "change_group",
    "change_rules",
    "close_campaign",
    "confirm_revocation",
    "decline_revocation",
    "discard_draft",
    "draft_batch",
    "issue_batch",
    "move_places",
    "open_campaign",
    "propose_revocation",
    "put_back",
    "put_draft_forward",
    "put_forward",
    "reclaim_unused",
    "refresh_draft",
    "return_batch",
    "set_deadline",
    "set_funds",
    "start_campaign",
    "start_draft",
    "start_draft_forward",
    "start_issue",
    "start_put_forward",
    "start_refresh",
    "start_undo",
    "take_out",
    "withdraw_override",
]
