"""The official occupation groups, which are data: named lists that a campaign copies when it is set up."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.campaigns.models import OccupationGroup
from unionbenefits.campaigns.validators import check_occupations
from unionbenefits.core.errors import Refusal


def add_group(
    *, by: Actor, code: str, name: str, occupations: Sequence[str], source: str = ""
) -> OccupationGroup:
    """A new list. Raises Refusal `group_code_taken`, `group_empty` or `occupation_unknown`."""
    wanted = _checked(occupations)
    with act("occupation_group.add", by=by) as doing:
        if OccupationGroup.objects.filter(code=code).exists():
            raise Refusal(
                "group_code_taken", _("A group with this code exists already. Choose another code.")
            )
        group = OccupationGroup.objects.create(code=code, name=name, source=source, occupations=wanted)
        doing.about, doing.data = group, {"code": code, "occupations": wanted}
    return group


def change_group(
    *, by: Actor, group: OccupationGroup, name: str, occupations: Sequence[str], source: str = ""
) -> OccupationGroup:
    """Another name, source or list; campaigns that copied it stay as they are.

    Raises Refusal `group_empty` or `occupation_unknown`.
    """
    wanted = _checked(occupations)
    with act("occupation_group.change", by=by) as doing:
        locked: OccupationGroup = OccupationGroup.objects.select_for_update(no_key=True).get(pk=group.pk)
        before = list(locked.occupations)
        locked.name, locked.source, locked.occupations = name, source, wanted
        locked.save(update_fields=["name", "source", "occupations"])
        doing.about, doing.data = locked, {"occupations": wanted, "before": before}
    return locked


def _checked(occupations: Sequence[str]) -> list[str]:
    wanted = list(dict.fromkeys(occupations))
    if not wanted:
        raise Refusal("group_empty", _("Choose at least one occupation."))
    check_occupations(wanted)
    return wanted
