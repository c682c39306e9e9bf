"""The demo: an example plan lived through, from the first invitation to the report on the council's table.

The real service runs on the simulated clock against the Bot API server of `emulator`, and the cast writes and presses
buttons as people do.
"""

from tiltaksvakt.demo.stage import live

__all__ = ["live"]
