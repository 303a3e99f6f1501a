"""Fixtures every test of the window may ask for; see field_app.py for what they are."""

from field_app import desk, tablet, workers

__all__ = ["desk", "tablet", "workers"]
