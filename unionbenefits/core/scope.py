"""What part of the union tree an actor may see, as plain data that every app below `access` can filter by."""

from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Scope:
    """The reach of a person's posts.

    `everything` is the whole province and beyond. `union_paths` are the treebeard paths of the unions where
    the person serves: each reaches its whole subtree, an industry union also the enterprises that joined it.
    `enterprise_ids` are single enterprises (a clerk's). An empty scope sees nothing.
    """

    everything: bool = False
    union_paths: tuple[str, ...] = ()
    enterprise_ids: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nobody's scope: every scoped queryset answers none()."""
        return not (self.everything or self.union_paths or self.enterprise_ids)

    @property
    def reaches_top(self) -> bool:
        """Whether a post is at the top of the tree: a path of one step has no union above it."""
        return self.everything or any(len(path) == _STEP for path in self.union_paths)


# Letters per level of a treebeard path.
_STEP = 4

EVERYTHING = Scope(everything=True)
NOTHING = Scope()


def of_request(request: HttpRequest) -> Scope:
    """The scope of whoever asks, as ScopeMiddleware of `access` set it; nothing where it did not run."""
    scope: Scope = getattr(request, "scope", NOTHING)
    return scope


def scoped(model: type[Model], request: HttpRequest) -> QuerySet[Model]:
    """The rows of `model` in the asker's scope. Fails loudly for a model that has no scope."""
    found: QuerySet[Model] = model._default_manager.get_queryset().in_scope(of_request(request))  # type: ignore[attr-defined]
    return found
