"""Builds are versions: a finished folder appears under its number in one step, or not at all.

`publish` writes, reads back and names a version; `verify` tells a whole version from any other. Nothing that
exists is ever overwritten, so neither a crash nor a full disk, a file open in Word or an edit by hand can cost a
page.
"""

from bidkit.publish.version import Published, publish
from bidkit.publish.whole import INTERNAL, Examined, examine, newest, verify

__all__ = ["INTERNAL", "Examined", "Published", "examine", "newest", "publish", "verify"]
