#!/usr/bin/env python
"""Runs a management command; with no production variable set, in demo mode on the embedded PostgreSQL."""

import os
import sys


def main() -> None:
    """Hands over to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unionbenefits.settings")
    if sys.argv[1:2] == ["adjudicate"]:
        # It decides on facts alone: no database is started, and none could be reached by mistake.
        os.environ["UNIONBENEFITS_EMBEDDED_URL"] = "postgresql://nobody@127.0.0.1:1/none"
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
