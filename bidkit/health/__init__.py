"""Is everything as bidkit needs it: the computer, the folder, the files, the templates, the day.

`examine` looks and tells; it mends nothing, and nothing it meets makes it stop. What it looks at comes in
`Surroundings`, so that each check can be shown a fault.
"""

from bidkit.health.checks import Line, State, examine
from bidkit.health.surroundings import Surroundings

__all__ = ["Line", "State", "Surroundings", "examine"]
