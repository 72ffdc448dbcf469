"""Whether the process lives and whether it can serve, for load balancers and watchdogs."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse


def alive(_request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


def ready(_request: HttpRequest) -> HttpResponse:
    """The database answers and its migrations are those of this code; 503 with the reason otherwise."""
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return HttpResponse("database unreachable", status=503, content_type="text/plain")
    if pending:
        return HttpResponse("migrations pending", status=503, content_type="text/plain")
    return HttpResponse("ready", content_type="text/plain")
