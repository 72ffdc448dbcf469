"""Files made in the background for one officer: asked for, built, kept sealed for a while, fetched, gone.

An app that offers a file registers a builder in its own `builders.py`:

    @builder("certificates", permission="campaigns.view_giftbatch", check=_batch)
    def certificates(making: Making) -> Made: ...

`check` runs when the file is asked for, when it is built and when it is fetched: whoever lost the post or the
permission in between gets nothing (invariant 9).
"""

import datetime as dt
import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from unionbenefits.access.export_models import Export, ExportFile, ExportState
from unionbenefits.access.queries import role_for, scope_of
from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.audit.queries import people_of
from unionbenefits.core import clock, jobs
from unionbenefits.core.copy import copy_rows
from unionbenefits.core.crypto.keyring import keyring
from unionbenefits.core.errors import NotFound, Refusal
from unionbenefits.core.progress import Progress
from unionbenefits.core.scope import Scope

MAY_EXPORT: Final = "access.add_export"
"""Having files made is a permission of its own, besides that of what the file holds."""
KEPT: Final = dt.timedelta(hours=72)
_REMEMBERED: Final = dt.timedelta(days=180)
"""How long the row outlives its file. What was asked for, and fetched, stays in the audit log."""
_AT_ONCE: Final = 5
BUILD_TASK: Final = "access.build_export"
_LABEL: Final = "access.exportfile.sealed"
_UNFINISHED: Final = (ExportState.WAITING, ExportState.RUNNING)

logger = logging.getLogger(__name__)


def _silent(done: int, total: int) -> None:
    """Nobody waits at a progress bar."""


@dataclass(frozen=True, slots=True)
class Making:
    """What a builder works with. `told(done, total)` moves the progress bar; call it as often as you like."""

    by: User
    scope: Scope
    params: dict[str, Any]
    title: str = ""
    number: int = 0
    told: Callable[[int, int], None] = _silent

    @property
    def mark(self) -> str:
        """The watermark: who had the file made, when, why, and under which number."""
        return _("Made by %(who)s on %(when)s for: %(why)s (export %(number)s)") % {
            "who": f"{self.by.name or self.by.username} ({self.by.audit_name})",
            "when": f"{clock.local(clock.now()):%Y-%m-%d %H:%M}",
            "why": self.params.get("why") or self.title,
            "number": self.number,
        }


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file. `people` are the keys of the workers who stand in it: they may ask who fetched it."""

    name: str
    content_type: str
    content: bytes = field(repr=False)
    people: Collection[int] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class _Kind:
    permissions: tuple[str, ...]
    check: Callable[[Making], object]
    build: Callable[[Making], Made]


_KINDS: dict[str, _Kind] = {}


def builder(
    kind: str, *, permission: str, check: Callable[[Making], object]
) -> Callable[[Callable[[Making], Made]], Callable[[Making], Made]]:
    """Registers what makes files of this kind, and what must be in scope: `check` raises NotFound.

    A builder reads only through `making.scope`, writes nothing, and may run twice. Refusals become the
    sentence that the officer reads.
    """

    def register(build: Callable[[Making], Made]) -> Callable[[Making], Made]:
        _KINDS[kind] = _Kind((MAY_EXPORT, permission), check, build)
        return build

    return register


def request_export(*, by: User, kind: str, title: str, params: dict[str, Any]) -> Export:
    """Queues a file for `by`. The same wish, made again while the first is unfinished, is that one.

    Raises Refusal `export_not_allowed` or `exports_too_many`, and what the kind's check raises; KeyError for
    an unknown kind.
    """
    _check(kind, _making(by, params))
    with act("export.request", by=by) as doing:
        # One at a time per officer: two clicks at once must find each other.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        unfinished = list(Export.objects.of(by).filter(state__in=_UNFINISHED))
        export = next((one for one in unfinished if (one.kind, one.params) == (kind, params)), None)
        if export is None:
            if len(unfinished) >= _AT_ONCE:
                raise Refusal(
                    "exports_too_many",
                    _("Several of your files are still being made. Wait until they are ready."),
                )
            export = _queue(by, kind, title, params)
        doing.about, doing.data = export, {"kind": kind, "params": params}
    return export


def _queue(by: User, kind: str, title: str, params: dict[str, Any]) -> Export:
    now = clock.now()
    export = Export.objects.create(
        kind=kind,
        title=title[:200],
        params=params,
        language=translation.get_language() or "zh-hans",
        made_by=by,
        made_at=now,
        expires_at=now + KEPT,
    )
    jobs.enqueue(BUILD_TASK, key=f"export:{export.pk}", export=export.pk)
    return export


def _making(by: User, params: dict[str, Any], **more: Any) -> Making:
    return Making(by=by, scope=scope_of(by), params=params, **more)


def _check(kind: str, making: Making) -> None:
    known = _KINDS[kind]
    if not (making.by.is_active and making.by.has_perms(known.permissions)):
        raise Refusal("export_not_allowed", _("Your role may not have this file made."))
    known.check(making)


def build_export(*, export_id: int) -> None:
    """Builds the file. Run by a job, perhaps twice, perhaps after a killed one: the end is the same."""
    export = _begin(export_id)
    if export is None:
        return
    with translation.override(export.language):
        try:
            made = _build(export)
        except Refusal as refusal:
            _fail(export, str(refusal))
        except Exception:
            logger.exception("export failed", extra={"export": export.pk})
            _fail(export, _("The file could not be made; the fault has been logged. Please try again."))
        else:
            _keep(export, made)


def _begin(export_id: int) -> Export | None:
    """The export, marked as running; None where it is finished or gone."""
    with transaction.atomic():
        export: Export | None = Export.objects.select_for_update().filter(pk=export_id).first()
        if export is None or export.state not in _UNFINISHED:
            return None
        export.state, export.done = ExportState.RUNNING, 0
        export.save(update_fields=["state", "done"])
    return export


def _build(export: Export) -> Made:
    """With permissions and scope of now, read afresh: they may have ended since the file was asked for."""
    by = User.objects.get(pk=export.made_by_id)
    with Progress(Export._meta.db_table, export.pk) as told:
        making = _making(by, export.params, title=export.title, number=export.pk, told=told)
        _check(export.kind, making)
        return _KINDS[export.kind].build(making)


def _fail(export: Export, sentence: str) -> None:
    Export.objects.filter(pk=export.pk, state=ExportState.RUNNING).update(
        state=ExportState.FAILED, failure=sentence[:300]
    )


def _keep(export: Export, made: Made) -> None:
    sealed = keyring().seal_bytes(made.content, _LABEL)
    with act("export.ready", by=export.made_by) as doing:
        kept = Export.objects.filter(pk=export.pk, state=ExportState.RUNNING).update(
            state=ExportState.READY,
            file_name=made.name[-200:],
            content_type=made.content_type,
            size=len(made.content),
            expires_at=clock.now() + KEPT,
        )
        if kept:
            # Through COPY: as a literal of an INSERT, a file of 60 MB takes 400 MB more.
            copy_rows(ExportFile._meta.db_table, ["export_id", "sealed"], [(export.pk, sealed)])
        doing.about, doing.data = export, {"kind": export.kind, "size": len(made.content)}
        doing.seen = made.people


def own_exports(user: User) -> QuerySet[Export]:
    """What the user had made, the newest first."""
    return Export.objects.of(user)


def own_export(user: User, pk: int) -> Export:
    """One of the user's own. Raises NotFound `export_unknown` for anybody else's."""
    export = own_exports(user).filter(pk=pk).first()
    if export is None:
        raise NotFound("export_unknown", _("There is no such file."))
    return export


def fetch_export(*, by: User, pk: int) -> Made:
    """The file, for its maker only, as long as the permission and the scope still hold; logged.

    Raises NotFound `export_unknown`, Refusal `export_not_ready`, `export_expired` or `export_not_allowed`.
    """
    export = own_export(by, pk)
    if export.state == ExportState.EXPIRED or export.expires_at <= clock.now():
        raise Refusal("export_expired", _("The file was kept for three days. Have it made again."))
    if export.state != ExportState.READY:
        raise Refusal("export_not_ready", _("The file is not ready yet."))
    _check(export.kind, _making(by, export.params))
    with act("export.fetch", by=by) as doing:
        file = ExportFile.objects.get(pk=export.pk)
        Export.objects.filter(pk=pk).update(fetched_at=clock.now())
        role = role_for(by, _KINDS[export.kind].permissions[-1])
        doing.about, doing.data = export, {"kind": export.kind, "size": export.size, "role": role}
        doing.seen = people_of("export.ready", export)
    content = keyring().open_bytes(bytes(file.sealed), _LABEL)
    return Made(export.file_name, export.content_type, content)


def expire_exports(*, by: Actor) -> int:
    """Removes the files whose time is over, and rows of long ago; returns how many files went."""
    now = clock.now()
    over = Export.objects.filter(expires_at__lte=now, state__in=[ExportState.READY, *_UNFINISHED])
    old = Export.objects.filter(made_at__lte=now - _REMEMBERED)
    if not over.exists() and not old.exists():
        return 0
    with act("export.expire", by=by) as doing:
        keys = list(over.select_for_update().values_list("pk", flat=True))
        gone, _by_model = ExportFile.objects.filter(pk__in=keys).delete()
        Export.objects.filter(pk__in=keys).update(state=ExportState.EXPIRED)
        old.delete()
        doing.data = {"files": gone}
    return gone
