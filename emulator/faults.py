"""Faults to order: what goes wrong, for which calls, how often.

A fault happens where it would with Telegram: refusals are answers, time-outs and resets happen on the socket.
"""

from dataclasses import dataclass
from enum import StrEnum

from emulator.answers import ApiError, too_many_requests

BLOCKED = "Forbidden: bot was blocked by the user"


class FaultKind(StrEnum):
    """The kinds of faults; "before" means that nothing has happened yet, "after" that only the answer is lost."""

    TOO_MANY_REQUESTS = "too_many_requests"
    BAD_REQUEST = "bad_request"
    UNAUTHORIZED = "unauthorized"
    FORBIDDEN = "forbidden"
    CONFLICT = "conflict"
    SERVER_ERROR = "server_error"
    BAD_GATEWAY = "bad_gateway"
    TIMEOUT_BEFORE = "timeout_before"
    TIMEOUT_AFTER = "timeout_after"
    RESET_BEFORE = "reset_before"
    RESET_AFTER = "reset_after"


_REFUSALS = {
    FaultKind.BAD_REQUEST: (400, "Bad Request: chat not found"),
    FaultKind.UNAUTHORIZED: (401, "Unauthorized"),
    FaultKind.FORBIDDEN: (403, BLOCKED),
    FaultKind.CONFLICT: (409, "Conflict: terminated by setWebhook request"),
}


@dataclass(slots=True)
class Order:
    """One order: `remaining` is how many calls it still hits, None is all until it is cleared; `used` counts hits."""

    kind: FaultKind
    method: str | None
    chat: int | None
    remaining: int | None
    retry_after: int
    description: str | None
    status: int
    hold_seconds: float
    used: int = 0

    def hits(self, method: str, chat: int | None) -> bool:
        """Whether a call of this method (in lower case) for this chat is meant."""
        return self.remaining != 0 and self.method in (None, method) and (self.chat is None or self.chat == chat)

    def refusal(self) -> ApiError | None:
        """The error the call is answered with; None for the faults of the socket and of the gateway."""
        if self.kind is FaultKind.TOO_MANY_REQUESTS:
            return too_many_requests(self.retry_after)
        if self.kind is FaultKind.SERVER_ERROR:
            return ApiError(self.status, self.description or "Internal Server Error")
        code, description = _REFUSALS.get(self.kind, (0, ""))
        return ApiError(code, self.description or description) if code else None


class Faults:
    """The orders of one server, taken in the order they were given."""

    def __init__(self) -> None:
        self._orders: list[Order] = []

    def order(
        self,
        kind: FaultKind | str,
        *,
        method: str | None = None,
        chat: int | None = None,
        times: int | None = 1,
        retry_after: int = 1,
        description: str | None = None,
        status: int = 500,
        hold_seconds: float = 30.0,
    ) -> Order:
        """Orders a fault for the next calls of a method (any, where None; that includes getUpdates) and chat.

        `times` is how many calls it hits, None until `clear()`. `retry_after` (seconds) belongs to 429, `description`
        to the refusals, `status` to server_error, `hold_seconds` to the time-outs: how long the connection is held
        when the client does not give up first. Raises ValueError for a kind that does not exist.
        """
        order = Order(
            FaultKind(kind),
            method.lower() if method else None,
            chat,
            times,
            retry_after,
            description,
            status,
            hold_seconds,
        )
        self._orders.append(order)
        return order

    def clear(self) -> None:
        """Takes back everything that has not happened yet."""
        self._orders.clear()

    def take(self, method: str, chat: int | None) -> Order | None:
        """The fault that hits this call, counted as used."""
        if not self._orders:
            return None
        for order in self._orders:
            if order.hits(method, chat):
                order.used += 1
                if order.remaining is not None:
                    order.remaining -= 1
                self._orders = [each for each in self._orders if each.remaining != 0]
                return order
        return None
