"""Reply markup: what a bot may put under a message.

Source: https://core.telegram.org/bots/api#inlinekeyboardmarkup and the types after it.
"""

import re
from typing import Any

from emulator.answers import bad_request
from emulator.parameters import Parameters

CALLBACK_DATA_BYTES = 64
BUTTONS = 100

_OTHER_MARKUP = ("keyboard", "remove_keyboard", "force_reply")
_BUTTON_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)

Markup = dict[str, Any]


def reply_markup(parameters: Parameters) -> Markup | None:
    """The checked markup of a call, or None; an inline keyboard without buttons is None too."""
    markup = parameters.structure("reply_markup", "reply keyboard markup")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("Object expected as reply markup")
    if "inline_keyboard" in markup:
        return _inline_keyboard(markup["inline_keyboard"])
    if any(markup.get(kind) for kind in _OTHER_MARKUP):
        return markup
    return None


def inline_markup(parameters: Parameters) -> Markup | None:
    """The same for an edit, where only inline keyboards are allowed."""
    markup = reply_markup(parameters)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("Inline keyboard expected")
    return markup


def _inline_keyboard(rows: Any) -> Markup | None:
    if not isinstance(rows, list):
        raise bad_request('Can\'t parse inline keyboard: Field "inline_keyboard" must be of type Array')
    keyboard = []
    for row in rows:
        if not isinstance(row, list):
            raise bad_request("Can't parse inline keyboard: Expected an Array of InlineKeyboardButton")
        buttons = [_button(button) for button in row]
        if buttons:
            keyboard.append(buttons)
    if sum(map(len, keyboard)) > BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return {"inline_keyboard": keyboard} if keyboard else None


def _button(button: Any) -> dict[str, Any]:
    problem = "Can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(problem + "Object expected as an inline keyboard button")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request(problem + 'Field "text" must be of type String')
    if not text.strip():
        raise bad_request("Inline keyboard button text must be non-empty")
    actions = [action for action in _BUTTON_ACTIONS if action in button]
    if not actions:
        raise bad_request(problem + "Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button:
        _check_callback_data(button["callback_data"])
    if "url" in button:
        _check_url(button["url"])
    return button


def _check_callback_data(data: Any) -> None:
    if not isinstance(data, str) or not 1 <= len(data.encode("utf-8", "surrogatepass")) <= CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")


def _check_url(url: Any) -> None:
    if not isinstance(url, str) or not re.match(r"(?i)(https?://[^/\s]|tg://|mailto:|tel:)\S*$", url):
        raise bad_request(f"Inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
