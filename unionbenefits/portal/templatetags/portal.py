"""How the portal writes dates, shares and amounts."""

import datetime as dt
from decimal import Decimal
from functools import lru_cache

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from unionbenefits.core import money
from unionbenefits.portal.tabs import tabs

register = template.Library()


@register.filter
def day(value: dt.date) -> str:
    """A date in full: 31 December 2026, 2026年12月31日."""
    return _day_in(get_language(), value)


@lru_cache(maxsize=8192)
def _day_in(_language: str | None, value: dt.date) -> str:
    """In the language that is active; a page writes a dozen dates, most of them those of a whole campaign."""
    return date_format(value, gettext("j F Y"))


@register.filter
def percent(rate: Decimal) -> str:
    """A share as people say it: 0.80 is 80%, 0.755 is 75.5%."""
    return f"{(rate * 100).normalize():f}%"


@register.filter
def yuan(amount: Decimal) -> str:
    """An amount with its commas; whole 元 without the two zeros."""
    return money.show(amount).removesuffix(".00")


register.simple_tag(tabs, name="tabs")
