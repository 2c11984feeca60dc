"""Lets ``python -m bidkit`` do what ``bidkit`` does."""

from bidkit.cli import run

run()
