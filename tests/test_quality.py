"""The tools that judge the code itself, so that one command tests everything. Their own words are the message."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = "import sys; from importlinter.cli import lint_imports_command; sys.argv[0] = 'lint-imports'; "
TOOLS = {
    "ruff check": ["-m", "ruff", "check", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "--diff", "."],
    "mypy": ["-m", "mypy"],
    "lint-imports": ["-c", LAYERS + "lint_imports_command()"],
}


@pytest.mark.parametrize("command", TOOLS.values(), ids=TOOLS)
def test_tool_has_no_complaint(command):
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


def test_ci_runs_the_command_of_the_readme():
    """.ci/run takes its command out of README.md; here, that what it takes is one command that runs pytest."""
    script = f"source .ci/run --only-define && readme_command {ROOT / 'README.md'}"
    done = subprocess.run(["bash", "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "pytest" in done.stdout
    assert len(done.stdout.strip().splitlines()) == 1
