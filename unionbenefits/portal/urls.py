"""Addresses of the worker portal."""

from django.urls import URLPattern

app_name = "portal"
urlpatterns: list[URLPattern] = []
