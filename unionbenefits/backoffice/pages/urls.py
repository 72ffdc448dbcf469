"""Addresses of the workflow pages, under /admin/ and in the namespace `admin`. Every view carries `@page`."""

from django.urls import URLPattern, path

from unionbenefits.backoffice.pages import batches, cover, figures, proposals, roster_decide, rosters

urlpatterns: list[URLPattern] = [
    path("cover/", cover.cover, name="cover"),
    path("rosters/", rosters.rosters, name="roster_list"),
    path("roster-upload/", rosters.upload, name="roster_upload"),
    path("roster-upload/template/", rosters.template, name="roster_template"),
    path("rosters/<int:pk>/", rosters.review, name="roster_review"),
    path("rosters/<int:pk>/progress/", rosters.progress, name="roster_progress"),
    path("rosters/<int:pk>/sheets/", rosters.sheets, name="roster_sheets"),
    path("rosters/<int:pk>/remap/", rosters.remap, name="roster_remap"),
    path("rosters/<int:pk>/report/", rosters.marked_workbook, name="roster_report"),
    path("rosters/<int:pk>/confirm/", rosters.confirm, name="roster_confirm"),
    path("rosters/<int:pk>/discard/", rosters.discard, name="roster_discard"),
    path("rosters/<int:pk>/decide/", roster_decide.decide, name="roster_decide"),
    path("rosters/<int:pk>/decide-all/", roster_decide.decide_all, name="roster_decide_all"),
    path("rosters/<int:pk>/undo/", roster_decide.undo, name="roster_undo"),
    path("rosters/<int:pk>/apply-settled/", roster_decide.apply_settled, name="roster_apply_settled"),
    path("decided-pairs/", roster_decide.decided_pairs, name="roster_pairs"),
    path("decided-pairs/<int:pk>/withdraw/", roster_decide.withdraw_pair, name="roster_pair_withdraw"),
    path("batches/", batches.batches, name="batch_list"),
    path("new-batch/", proposals.choose, name="batch_choose"),
    path("new-batch/<int:pk>/", proposals.preview, name="batch_preview"),
    path("new-batch/<int:pk>/put-forward/", proposals.put_forward, name="batch_put_forward"),
    path("batches/<int:pk>/", batches.review, name="batch_review"),
    path("batches/<int:pk>/approve/", batches.approve, name="batch_approve"),
    path("batches/<int:pk>/return/", batches.send_back, name="batch_return"),
    path("batches/<int:pk>/issue/", batches.issue, name="batch_issue"),
    path("figures/", figures.campaigns, name="campaign_list"),
    path("figures/<int:pk>/", figures.campaign, name="campaign_figures"),
]

# Which object the address names: the sweep asks for own ones and for those of others.
PK_OF: dict[str, str] = {
    "roster_review": "workers.roster",
    "roster_progress": "workers.roster",
    "roster_sheets": "workers.roster",
    "roster_remap": "workers.roster",
    "roster_report": "workers.roster",
    "roster_confirm": "workers.roster",
    "roster_discard": "workers.roster",
    "roster_decide": "workers.roster",
    "roster_decide_all": "workers.roster",
    "roster_undo": "workers.roster",
    "roster_apply_settled": "workers.roster",
    "roster_pair_withdraw": "workers.pairdecision",
    "batch_preview": "campaigns.allotment",
    "batch_put_forward": "campaigns.allotment",
    "batch_review": "campaigns.giftbatch",
    "batch_approve": "campaigns.giftbatch",
    "batch_return": "campaigns.giftbatch",
    "batch_issue": "campaigns.giftbatch",
    "campaign_figures": "campaigns.campaign",
}
