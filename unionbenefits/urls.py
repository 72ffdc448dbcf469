"""Addresses: the worker portal at the root, the staff panel under /admin/, health checks."""

from django.contrib import admin
from django.urls import include, path

from unionbenefits.backoffice import health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("admin/", admin.site.urls),
    path("", include("unionbenefits.portal.urls")),
]
