"""Who may use the page: a browser on this machine, on our own address, from a form that we made.

The page listens on loopback alone. A page from elsewhere can still send the browser here: by a name that points to
loopback (the `Host` header is checked), or by a form of its own (the key of our forms, and where the browser says
the request comes from).
"""

import hmac
from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import templates

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with "no-referrer" a browser would hide where our own forms come from
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def is_from_our_form(headers: Mapping[str, str], given: str, key: str) -> bool:
    """Whether a post comes from a form of ours: the key is in it, and the browser names no other page as its source.

    The `Host` header has been checked.
    """
    origin = f"http://{headers['host']}"
    if headers.get("origin", origin) != origin or headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    return hmac.compare_digest(given.encode(), key.encode())


class Guard:
    """Answers only requests for our own address, and gives every answer the headers that keep it on this page."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str], language: str) -> None:
        self.app = app
        self.hosts = hosts
        self.language = language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        if Headers(scope=scope).get("host", "") in self.hosts:
            await self.app(scope, receive, send_guarded)
            return
        refusal = templates.words.say("tryout.wrong_address", language=self.language)
        await PlainTextResponse(refusal, 421)(scope, receive, send_guarded)
