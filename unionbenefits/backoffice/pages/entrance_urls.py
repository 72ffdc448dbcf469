"""Addresses of the panel that are open before sign-in. They show nothing but what the visitor brought."""

from django.urls import URLPattern, path

from unionbenefits.backoffice.pages import entrance_password

urlpatterns: list[URLPattern] = [
    path("set-password/<str:who>/<str:token>/", entrance_password.password_set, name="password_set"),
]
