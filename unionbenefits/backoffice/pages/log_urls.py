"""Addresses of what guards personal data, and of the log: reveals, history, audit log, chain."""

from django.urls import URLPattern, path

from unionbenefits.backoffice.pages import audit_log, chain_head, history, reveals, unusual_looks

urlpatterns: list[URLPattern] = [
    path("reveal/document/<int:pk>/", reveals.document, name="reveal_document"),
    path("reveal/phone/<int:pk>/", reveals.phone, name="reveal_phone"),
    path("reveal/account/<int:pk>/", reveals.account, name="reveal_account"),
    path("claims-desk/<int:pk>/history/", history.claim, name="claim_history"),
    path("payment-batches/<int:pk>/history/", history.payment_batch, name="payment_batch_history"),
    path("appeals/<int:pk>/history/", history.appeal, name="appeal_history"),
    path("audit-log/", audit_log.log, name="audit_log"),
    path("audit-log/export/", audit_log.export, name="audit_export"),
    path("audit-log/<int:pk>/", audit_log.entry, name="audit_entry"),
    path("chain-head/", chain_head.head, name="chain_head"),
    path("chain-head/paper/", chain_head.paper, name="chain_head_paper"),
    path("unusual-looks/", unusual_looks.looks, name="unusual_looks"),
    path("unusual-looks/<int:pk>/close/", unusual_looks.close, name="unusual_look_close"),
]

PK_OF: dict[str, str] = {
    "reveal_document": "workers.identitydocument",
    "reveal_phone": "workers.worker",
    "reveal_account": "claims.claim",
    "claim_history": "claims.claim",
    "payment_batch_history": "claims.paymentbatch",
    "appeal_history": "claims.appeal",
    "audit_entry": "audit.entry",
    "unusual_look_close": "workers.reveal",
}
