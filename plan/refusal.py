"""What is refused, as a code and data: whoever speaks to a person finds the sentence in `templates/`."""

from typing import Any


class Refused(Exception):
    """Something that was asked for cannot be done. `code` names a sentence; `data` fills it."""

    def __init__(self, code: str, **data: Any) -> None:
        super().__init__(code, data)
        self.code = code
        self.data = data
