"""What takes long is named while it lasts: a line on a terminal for each step that has lasted a second.

Nothing is printed into a pipe or a file, and a run whose steps are quick prints nothing at all.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from bidkit.i18n import Translator

PATIENCE = 1.0  # seconds that a step may last unnamed

Step = Callable[[str], None]


def _silent(step: str) -> None:
    """Take the name of a step and say nothing."""


@contextmanager
def told(words: Translator, stream: TextIO | None = None, patience: float = PATIENCE) -> Iterator[Step]:
    """Give a function that takes the name of each step (a msgid) as it begins; the last one ends with the block."""
    stream = stream or sys.stderr
    if not stream.isatty():
        yield _silent
        return
    steps = _Steps(words, stream, patience)
    try:
        yield steps.begin
    finally:
        steps.end()


class _Steps:
    def __init__(self, words: Translator, stream: TextIO, patience: float) -> None:
        from threading import Timer

        self._timer_of = Timer
        self._words, self._stream, self._patience = words, stream, patience
        self._timer: Timer | None = None

    def begin(self, step: str) -> None:
        self.end()
        self._timer = self._timer_of(self._patience, self._say, (self._words.text(step),))
        self._timer.daemon = True  # a run that ends does not wait to tell that it lasts
        self._timer.start()

    def end(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()  # a line on its way stays before what is printed next
            self._timer = None

    def _say(self, text: str) -> None:
        try:
            print(f"{text} ...", file=self._stream, flush=True)
        except (OSError, ValueError):
            return  # a console that is gone loses the line
