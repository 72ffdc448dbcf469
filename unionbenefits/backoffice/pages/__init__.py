"""Workflow pages of the staff panel: what officers do beyond looking things up."""
