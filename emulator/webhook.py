"""Delivery of updates to a webhook.

Source: https://core.telegram.org/bots/api#setwebhook. Telegram's servers want https; like the server one runs oneself
with `--local`, this one takes http, and nothing else, since it never leaves the machine. Updates are delivered one
after the other, a refused one again after a second. A method in the answer of the webhook is not carried out.
"""

import asyncio
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from emulator.answers import bad_request
from emulator.changes import Changes
from emulator.updates import TERMINATED_BY_WEBHOOK, Update, UpdateQueue

RETRY_SECONDS = 1.0
TIMEOUT_SECONDS = 30.0


class Webhook:
    """The address updates go to, while one is set, and the task that brings them there."""

    def __init__(self, updates: UpdateQueue, changes: Changes) -> None:
        self.url = ""
        self._secret = ""
        self._updates = updates
        self._changes = changes
        self._task: asyncio.Task[None] | None = None
        self._last_error: dict[str, Any] = {}

    async def set(self, url: str, secret: str, date: Callable[[], int]) -> None:
        """Starts delivery to an address, or stops it where the address is empty; `date` gives Unix times."""
        if url and not re.fullmatch(r"http://[^/\s]+\S*", url):
            raise bad_request("Invalid webhook URL specified")
        if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
            raise bad_request("Secret token contains unallowed characters")
        await self.stop()
        self.url, self._secret, self._last_error = url, secret, {}
        if url:
            self._updates.end_reader(TERMINATED_BY_WEBHOOK)
            self._task = asyncio.create_task(self._deliver(date))

    async def stop(self) -> None:
        """Ends the delivery and waits until it has ended."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    def as_json(self) -> dict[str, Any]:
        """The WebhookInfo object of the Bot API."""
        info: dict[str, Any] = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates),
        }
        if self.url:
            info["max_connections"] = 1
            info |= self._last_error
        if self._updates.allowed:
            info["allowed_updates"] = self._updates.allowed
        return info

    async def _deliver(self, date: Callable[[], int]) -> None:
        while True:
            update = self._updates.oldest()
            if update is None:
                await self._changes.wait_until(lambda: len(self._updates) > 0, TIMEOUT_SECONDS)
                continue
            try:
                async with asyncio.timeout(TIMEOUT_SECONDS):
                    status = await self._post(update)
                problem = "" if 200 <= status < 300 else f"Wrong response from the webhook: {status}"
            except (OSError, ValueError) as error:
                problem = str(error) or "Connection timed out"
            if problem:
                self._last_error = {"last_error_date": date(), "last_error_message": problem}
                self._changes.announce()
                await asyncio.sleep(RETRY_SECONDS)
            else:
                self._updates.confirm(update.update_id + 1)

    async def _post(self, update: Update) -> int:
        """Posts one update and returns the HTTP status of the answer; OSError or ValueError where there is none."""
        address = urlsplit(self.url)
        body = json.dumps(update.as_json()).encode()
        head = [
            f"POST {address.path or '/'}{'?' if address.query else ''}{address.query} HTTP/1.1",
            f"Host: {address.netloc}",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
            "Connection: close",
        ]
        if self._secret:
            head.append(f"X-Telegram-Bot-Api-Secret-Token: {self._secret}")
        reader, writer = await asyncio.open_connection(address.hostname, address.port or 80)
        try:
            writer.write("\r\n".join([*head, "", ""]).encode() + body)
            line = (await reader.readline()).split()
        finally:
            writer.close()
        if len(line) < 2:
            raise ValueError("Connection closed without an answer")
        return int(line[1])
