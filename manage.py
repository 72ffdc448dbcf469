#!/usr/bin/env python
"""Runs a management command; with no production variable set, in demo mode on the embedded PostgreSQL."""

import os
import sys


def main() -> None:
    """Hands over to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unionbenefits.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
