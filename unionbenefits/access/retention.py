"""How long files that officers had made are kept."""

from django.utils.translation import gettext, gettext_lazy as _

from unionbenefits.access.exports import KEPT, expire_exports
from unionbenefits.access.models import ExportFile
from unionbenefits.core import clock
from unionbenefits.core.retention import Rule, register

register(
    Rule(
        code="exports",
        what=_("Files that officers had made"),
        period=lambda: gettext("%(hours)s hours") % {"hours": int(KEPT.total_seconds() // 3600)},
        source=_("Our own rule: a copy is fetched or it is not needed (PIPL art. 19)"),
        waiting=lambda: ExportFile.objects.filter(export__expires_at__lte=clock.now()).count(),
        purge=lambda by: expire_exports(by=by),
    )
)
