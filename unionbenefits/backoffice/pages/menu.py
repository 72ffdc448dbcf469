"""Menu entries of the workflow pages. Plain data: settings read it before any model exists."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from unionbenefits.backoffice.menu import item

WORK: list[dict[str, Any]] = [
    item(_("Upload a roster"), "admin:roster_upload", "upload_file", "workers.upload_roster"),
    item(_("Check rosters"), "admin:roster_list", "fact_check", "workers.view_roster"),
    item(_("Approve and issue"), "admin:batch_list", "approval", "campaigns.view_giftbatch"),
    item(_("New gift batch"), "admin:batch_choose", "add_box", "campaigns.put_forward_giftbatch"),
    item(
        _("Exceptions: gifted before"),
        "admin:override_list",
        "how_to_reg",
        "campaigns.allow_giftoverride",
        "campaigns.put_forward_giftbatch",
    ),
    item(_("New campaign"), "admin:campaign_setup", "campaign", "campaigns.add_campaign"),
    item(_("My exports"), "admin:export_list", "download", "access.add_export"),
    item(_("My lists"), "admin:saved_lists", "bookmark"),
    item(
        _("My changes to many rows"),
        "admin:bulk_changes",
        "checklist",
        "workers.apply_roster",
        "workers.change_worker",
    ),
    item(_("Campaign figures"), "admin:campaign_list", "bar_chart", "campaigns.view_campaign"),
    item(_("Who knows of their cover"), "admin:reach_newest", "campaign", "campaigns.view_reminderwave"),
    item(_("Text messages to workers"), "admin:texts", "sms", "workers.view_message"),
    item(_("Funds"), "admin:fund_list", "savings", "funds.view_fund"),
    item(_("Requests about own data"), "admin:data_request_list", "contact_page", "workers.view_datarequest"),
    item(_("Retention"), "admin:retention", "auto_delete", "workers.view_retentionrun"),
    item(_("Unusual looks"), "admin:unusual_looks", "visibility", "workers.review_reveal"),
    item(_("Cumulative statistics"), "admin:statistics", "query_stats", "plans.view_openingfigures"),
]
# The group "Claims": filing, desk, appeals, payments and their settings.
CLAIMS: list[dict[str, Any]] = [
    item(_("Claims desk"), "admin:claims_desk", "assignment", "claims.view_claim"),
    item(_("File for a worker"), "admin:claim_filing_find", "note_add", "claims.file_claim"),
    item(_("Appeals"), "admin:appeal_list", "balance", "claims.view_appeal"),
    item(_("Differences"), "admin:difference_list", "rule", "claims.view_decision"),
    item(_("Second looks"), "admin:look_list", "visibility", "claims.view_secondlook"),
    item(_("Replay of decisions"), "admin:replay_list", "history", "claims.run_replay"),
    item(_("Payments due"), "admin:payment_due", "payments", "claims.view_obligation"),
    item(_("Payment batches"), "admin:payment_batches", "send_money", "claims.view_paymentbatch"),
    item(_("Results from the bank"), "admin:payment_results", "receipt_long", "claims.view_resultfile"),
    item(_("Reconciliation"), "admin:reconciliation", "price_check", "claims.view_paymentbatch"),
    item(_("Limits of approval"), "admin:claims_limits", "verified_user", "claims.view_approvallimit"),
    item(_("Funds for claims"), "admin:claims_fund_plans", "savings", "claims.view_claimsfund"),
    item(_("Bank profiles"), "admin:bank_profiles", "account_balance", "claims.view_bankprofile"),
]
