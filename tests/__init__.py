"""The tests mirror the rooms. A package, or `tests/bot` would shadow `bot`."""
