"""What the dialogue about a status is about, as it stands in buttons and in the database."""

from dataclasses import dataclass
from typing import Any

from bot.press_data import numbers
from storage.tables import Dialogue

KIND = "status"
LOOSE = "loose_words"
MOST_IN_A_SITTING = 998  # so that the counts have three digits


@dataclass(frozen=True)
class Asked:
    """A measure, the request it answers (0: none), the reply it corrects (0: none).

    `seen_id` is the newest reply about the measure when the question was put (0: none). `done` and `skipped` count
    the questions of this sitting that were answered and put off: "2 av 5".
    """

    measure_id: int
    request_id: int = 0
    supersedes_id: int = 0
    on_behalf: bool = False
    seen_id: int = 0
    done: int = 0
    skipped: int = 0
    status: str | None = None

    def press(self, code: str) -> str:
        """The data of a button: at most 60 bytes with ids of ten digits and counts of three."""
        ids = (self.measure_id, self.request_id, self.supersedes_id, int(self.on_behalf), self.seen_id)
        return f"st:{code}:{':'.join(map(str, (*ids, self.done, self.skipped)))}"

    @classmethod
    def of_press(cls, data: str) -> "tuple[str, Asked] | None":
        """The code of a button and what it is about; None for data we did not make."""
        code, _, rest = data.partition(":")
        found = numbers(rest, 7)
        if found is None:
            return None
        measure_id, request_id, supersedes_id, on_behalf, seen_id, done, skipped = found
        if max(done, skipped) > MOST_IN_A_SITTING:
            return None
        return code, cls(measure_id, request_id, supersedes_id, on_behalf == 1, seen_id, done, skipped)

    @classmethod
    def of_dialogue(cls, dialogue: Dialogue | None) -> "Asked | None":
        """What a person was writing a comment about; None when they were not."""
        if dialogue is None or dialogue.kind != KIND:
            return None
        data: dict[str, Any] = dialogue.data
        return cls(**data)

    def next(self, *, answered: bool) -> str:
        """The data of the button that leads on from here."""
        return f"nx:{self.skipped + (not answered)}:{self.done + answered}"
