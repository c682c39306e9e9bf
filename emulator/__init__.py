"""A small Telegram Bot API server for the demo, the tests and the benchmarks.

It speaks the part of the Bot API (https://core.telegram.org/bots/api) that a bot in private chats uses, over HTTP, and
is strict where Telegram is strict. It stands alone: it knows nothing of the product that is run against it.
`emulator/README.md` documents the methods, the strictness, the faults that can be ordered and the control interface.
"""

from emulator.chats import Button, Seen
from emulator.faults import FaultKind
from emulator.people import CallbackAnswer, NotSeenError, Person
from emulator.server import BotApiServer
from emulator.world import Call

__all__ = ["BotApiServer", "Button", "Call", "CallbackAnswer", "FaultKind", "NotSeenError", "Person", "Seen"]
