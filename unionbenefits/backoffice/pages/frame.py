"""The panel's frame around a page."""

from typing import Any

from django.contrib.admin import site
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise


def render_page(
    request: HttpRequest,
    template: str,
    *,
    title: str | Promise,
    context: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """`template` (which extends `admin/page.html`) inside the panel's frame."""
    everything = site.each_context(request) | {"title": title} | (context or {})
    return TemplateResponse(request, template, everything, status=status)
