"""Addresses of what changes the phone by which a worker signs in."""

from django.urls import URLPattern, path

from unionbenefits.backoffice.pages import phone_change, phone_watching

urlpatterns: list[URLPattern] = [
    path("phone-change/", phone_change.find, name="phone_find"),
    path("phone-change/<int:pk>/", phone_change.start, name="phone_change"),
    path("phone-change/<int:pk>/code/", phone_change.code, name="phone_code"),
    path("phone-changes/", phone_watching.changes, name="phone_changes"),
    path("phone-changes/<int:pk>/examined/", phone_watching.examined, name="phone_examined"),
    path("phone-changes/<int:pk>/take-back/", phone_watching.take_back, name="phone_take_back"),
]

PK_OF: dict[str, str] = {
    "phone_change": "workers.worker",
    "phone_code": "workers.worker",
    "phone_examined": "workers.phonechange",
    "phone_take_back": "workers.phonechange",
}
