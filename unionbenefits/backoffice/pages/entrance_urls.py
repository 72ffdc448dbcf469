"""Addresses of the panel that are open before sign-in. They show nothing but what the visitor brought."""

from django.urls import URLPattern, path

from unionbenefits.backoffice.pages import entrance, entrance_password

urlpatterns: list[URLPattern] = [
    path("login/", entrance.sign_in, name="login"),
    path("login/second/", entrance.second_step, name="second_step"),
    path("login/passkey/begin/", entrance.passkey_begin, name="passkey_begin"),
    path("login/passkey/", entrance.passkey_enter, name="passkey_enter"),
    path("set-password/<str:who>/<str:token>/", entrance_password.password_set, name="password_set"),
]
