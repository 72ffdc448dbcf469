"""Addresses of the worker portal."""

from django.urls import path

from unionbenefits.portal.views import certificates, messages, pages, sign_in

app_name = "portal"
urlpatterns = [
    path("", pages.home, name="home"),
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/code/", sign_in.code, name="code"),
    path("sign-in/again/", sign_in.again, name="again"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("messages/", messages.messages, name="messages"),
    path("help/", pages.explanations, name="help"),
    path("language/", pages.language, name="language"),
    path("verify/", certificates.check, name="verify"),
    path("verify/<str:number>", certificates.show, name="certificate"),
]
