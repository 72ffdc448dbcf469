"""The panel's frame around a page, and that of the pages before sign-in."""

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


def render_entrance(
    request: HttpRequest, template: str, *, title: str | Promise, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """`template` (which extends `admin/entrance.html`), for somebody who may not be signed in."""
    everything = site.each_context(request) | {"title": title} | context
    return TemplateResponse(request, template, everything, status=status)
