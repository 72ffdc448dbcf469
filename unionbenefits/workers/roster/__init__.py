"""Roster import: read → map → normalise → judge (all pure) → stage → apply (design §5).

A spreadsheet comes in as bytes, leaves as judged rows. Nothing up to and including `judge` knows the
database, the clock or the settings, so the same verdict comes out on a screen, in a command and in a test.
"""
