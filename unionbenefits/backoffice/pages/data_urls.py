"""Addresses of requests about own data and of retention."""

from django.urls import URLPattern, path

from unionbenefits.backoffice.pages import data_requests, retention

urlpatterns: list[URLPattern] = [
    path("data-requests/", data_requests.requests, name="data_request_list"),
    path("data-requests/<int:pk>/", data_requests.data_request, name="data_request"),
    path("retention/", retention.retention, name="retention"),
]
PK_OF: dict[str, str] = {"data_request": "workers.datarequest"}
