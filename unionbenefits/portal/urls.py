"""Addresses of the worker portal."""

from django.urls import path

from unionbenefits.portal.views import (
    certificates,
    claim_account,
    claims,
    estimates,
    filing,
    filing_check,
    messages,
    own_papers,
    pages,
    papers,
    sign_in,
)

app_name = "portal"
urlpatterns = [
    path("", pages.home, name="home"),
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/code/", sign_in.code, name="code"),
    path("sign-in/again/", sign_in.again, name="again"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("how-much/", estimates.estimates, name="estimate"),
    path("messages/", messages.messages, name="messages"),
    path("help/", pages.explanations, name="help"),
    path("language/", pages.language, name="language"),
    path("cover/<str:number>/certificate.pdf", own_papers.pdf, name="own_certificate"),
    path("cover/<str:number>/qr.svg", own_papers.qr_picture, name="own_qr"),
    path("cover/<str:number>/check/", own_papers.public_check, name="own_check"),
    path("claims/", claims.claims, name="claims"),
    path("claims/new/", filing.start, name="claim_start"),
    path("claims/<int:pk>/", claims.claim, name="claim"),
    path("claims/<int:pk>/answer/", claims.answer, name="claim_answer"),
    path("claims/<int:pk>/letter.pdf", claims.letter, name="claim_letter"),
    path("claims/<int:pk>/appeal/", claims.appeal, name="claim_appeal"),
    path("claims/<int:pk>/appeal/back/", claims.drop_appeal, name="claim_drop_appeal"),
    path("claims/<int:pk>/withdraw/", claims.withdraw, name="claim_withdraw"),
    path("claims/<int:pk>/account/", claim_account.account, name="claim_account"),
    path("claims/<int:pk>/step/<int:step>/", filing.step, name="claim_step"),
    path("claims/<int:pk>/discard/", filing.discard, name="claim_discard"),
    path("claims/<int:pk>/send/", filing_check.send, name="claim_send"),
    path("claims/<int:pk>/sent/", filing_check.sent, name="claim_sent"),
    path("claims/<int:pk>/papers/", papers.add, name="claim_paper_add"),
    path("claims/<int:pk>/papers/<int:paper>/", papers.show, name="claim_paper"),
    path("claims/<int:pk>/papers/<int:paper>/replace/", papers.replace, name="claim_paper_replace"),
    path("claims/<int:pk>/papers/<int:paper>/remove/", papers.remove, name="claim_paper_remove"),
    path("verify/", certificates.check, name="verify"),
    path("verify/keys.json", certificates.keys, name="verify_keys"),
    path("verify/revoked.json", certificates.revoked, name="verify_revoked"),
    path("verify/<str:number>", certificates.show, name="certificate"),
]
