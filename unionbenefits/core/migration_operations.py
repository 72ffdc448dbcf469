"""Operations of migrations that Django and its friends lack."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.compiler import Trigger


class AddTriggers(Operation):
    """All triggers of one model in one step.

    pgtrigger's own step adds one, and has Django draw every related model anew for each: with all triggers of
    this project that took most of the time of a first `migrate`.
    """

    reversible = True

    def __init__(self, model_name: str, triggers: Sequence[Trigger]) -> None:
        self.model_name = model_name
        self.triggers = triggers

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The model knows its triggers. Nothing is drawn anew: no other model can tell the difference."""
        model = state.models[app_label, self.model_name.lower()]
        model.options["triggers"] = [*model.options.get("triggers", []), *self.triggers]

    def database_forwards(
        self, _app_label: str, schema_editor: BaseDatabaseSchemaEditor, *_states: ProjectState
    ) -> None:
        """Functions and triggers are made."""
        for trigger in self.triggers:
            # Without parameters, so that a % in the function's text is taken as it stands.
            schema_editor.execute(trigger.install_sql, params=None)

    def database_backwards(
        self, _app_label: str, schema_editor: BaseDatabaseSchemaEditor, *_states: ProjectState
    ) -> None:
        """They are dropped, the last made first."""
        for trigger in reversed(self.triggers):
            schema_editor.execute(trigger.uninstall_sql, params=None)

    def describe(self) -> str:
        """One line for `migrate`."""
        return f"Create {len(self.triggers)} triggers on model {self.model_name}"

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """How a migration file writes it."""
        return type(self).__name__, [], {"model_name": self.model_name, "triggers": self.triggers}
