"""What a question about a status is about, as it stands in the data of its buttons."""

from dataclasses import dataclass

from bot.press_data import numbers
from scheduler.open_questions import Question
from storage.tables import StatusReply, StatusRequest

MOST_IN_A_SITTING = 998  # so that the counts have three digits


@dataclass(frozen=True)
class Asked:
    """A measure (0: none chosen yet), the request it answers (0: none), the reply it corrects (0: none).

    `part_id` is the unit whose part of the measure it is about (0: the whole measure).
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
    part_id: int = 0

    @classmethod
    def of_question(cls, question: Question, *, done: int = 0, skipped: int = 0) -> "Asked":
        """What a question asks of whoever it is put to."""
        part_id = question.unit_id if question.part else 0
        return cls(question.measure_id, question.request_id, done=done, skipped=skipped, part_id=part_id)

    @classmethod
    def of_request(cls, request: StatusRequest, *, on_behalf: bool = False) -> "Asked":
        """What a request asks."""
        part_id = request.unit_id if request.part else 0
        return cls(request.measure_id, request.id or 0, on_behalf=on_behalf, part_id=part_id)

    @classmethod
    def of_reply(cls, reply: StatusReply) -> "Asked":
        """The correction of an answer."""
        part_id = reply.unit_id if reply.part else 0
        return cls(reply.measure_id, supersedes_id=reply.id or 0, on_behalf=reply.on_behalf, part_id=part_id)

    def press(self, code: str) -> str:
        """The data of a button: at most 61 bytes with ids of ten digits and counts of three.

        One of the request and the reply is 0.
        """
        ids = (self.measure_id, self.request_id, self.supersedes_id, int(self.on_behalf), self.seen_id)
        part = (self.part_id,) if self.part_id else ()
        return f"st:{code}:{':'.join(map(str, (*ids, self.done, self.skipped, *part)))}"

    @classmethod
    def of_press(cls, data: str) -> "tuple[str, Asked] | None":
        """The code of a button and what it is about; None for data we did not make."""
        code, _, rest = data.partition(":")
        found = numbers(rest, 7) or numbers(rest, 8)
        if found is None:
            return None
        measure_id, request_id, supersedes_id, on_behalf, seen_id, done, skipped, *part = found
        if max(done, skipped) > MOST_IN_A_SITTING:
            return None
        part_id = part[0] if part else 0
        return code, cls(measure_id, request_id, supersedes_id, on_behalf == 1, seen_id, done, skipped, part_id)

    def is_about_the_same(self, other: "Asked") -> bool:
        """Whether an answer to one is an answer to the other, however often it has been asked."""
        return (self.measure_id, self.part_id, self.supersedes_id, self.on_behalf) == (
            other.measure_id,
            other.part_id,
            other.supersedes_id,
            other.on_behalf,
        )
