"""Lets ``python -m bidkit`` do what ``bidkit`` does."""

from bidkit.cli import main

main()
