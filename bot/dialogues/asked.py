"""What a question about a status is about, as it stands in the data of its buttons."""

from dataclasses import dataclass

from bot.press_data import numbers

MOST_IN_A_SITTING = 998  # so that the counts have three digits


@dataclass(frozen=True)
class Asked:
    """A measure (0: none chosen yet), the request it answers (0: none), the reply it corrects (0: none).

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

    def is_about_the_same(self, other: "Asked") -> bool:
        """Whether an answer to one is an answer to the other, however often it has been asked."""
        return (self.measure_id, self.supersedes_id, self.on_behalf) == (
            other.measure_id,
            other.supersedes_id,
            other.on_behalf,
        )
