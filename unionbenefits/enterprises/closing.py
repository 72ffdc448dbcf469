"""Closed enterprises: they stay readable and accept nothing new."""

from collections.abc import Collection

from django.db import connection
from django.utils.translation import gettext as _

from unionbenefits.core.errors import Refusal


def hold_open(keys: Collection[int]) -> None:
    """Until the end of the transaction none of these enterprises can be closed: whoever adds members to them
    and whoever closes them take turns, and the second sees what the first did.

    Raises Refusal `enterprise_closed`.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, closed_on FROM enterprises_enterprise WHERE id = ANY(%s) ORDER BY id FOR SHARE",
            [sorted(keys)],
        )
        closed = [name for name, day in cursor.fetchall() if day is not None]
    if closed:
        raise Refusal(
            "enterprise_closed",
            _("%(name)s is closed and accepts nothing new. Choose another enterprise.")
            % {"name": "、".join(closed)},
        )
