"""Mutants: workbooks and files changed as people, programs and time change them, and judges of what comes of it."""
