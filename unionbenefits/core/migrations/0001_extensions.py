"""The PostgreSQL extensions that constraints and searches stand on; both are trusted, so the database's owner may."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    run_before = [("plans", "0001_initial"), ("workers", "0001_initial")]
    dependencies: list[tuple[str, str]] = []
    operations = [BtreeGistExtension(), TrigramExtension()]
