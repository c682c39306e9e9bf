"""What the server answers: results and errors in the shape of the Bot API.

Source: https://core.telegram.org/bots/api#making-requests and #responseparameters.
"""

import json
from typing import Any


class ApiError(Exception):
    """A refusal: an HTTP status, a description in Telegram's words and, for 429, the seconds to wait."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def as_json(self) -> dict[str, Any]:
        """The body of the answer: `ok`, `error_code`, `description` and, for 429, `parameters`."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def bad_request(reason: str) -> ApiError:
    """A 400 for a reason; Telegram lowers the first letter of a sentence and keeps codes like BUTTON_DATA_INVALID."""
    is_code = len(reason) > 1 and (reason[1] == "_" or reason[1].isupper())
    return ApiError(400, "Bad Request: " + (reason if is_code else reason[:1].lower() + reason[1:]))


def too_many_requests(retry_after: int) -> ApiError:
    """A 429 that names the seconds to wait."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after)


def unauthorized() -> ApiError:
    """A 401: the token has the right form and belongs to no bot."""
    return ApiError(401, "Unauthorized")


def not_found() -> ApiError:
    """A 404: no such method, or a token of the wrong form."""
    return ApiError(404, "Not Found")


def result_body(result: Any) -> bytes:
    """The body of a successful answer."""
    return json.dumps({"ok": True, "result": result}, separators=(",", ":")).encode()


def error_body(error: ApiError) -> bytes:
    """The body of a refusal."""
    return json.dumps(error.as_json(), separators=(",", ":")).encode()
