"""Methods by which a bot takes what people send: updates, webhooks, presses of buttons, files."""

from typing import Any

from emulator.answers import ApiError, bad_request
from emulator.files import DOWNLOAD_BYTES
from emulator.parameters import Parameters
from emulator.world import CallbackAnswer, World

MOST_UPDATES = 100
ANSWER_LENGTH = 200


async def get_updates(world: World, parameters: Parameters) -> list[dict[str, Any]]:
    """#getupdates: confirms everything below `offset`, then long-polls for `timeout` seconds."""
    if world.webhook.url:
        raise ApiError(
            409,
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first",
        )
    _allow(world, parameters)
    limit = parameters.integer("limit", MOST_UPDATES)
    updates = await world.updates.read(
        parameters.integer("offset"),
        limit if 1 <= limit <= MOST_UPDATES else MOST_UPDATES,
        parameters.integer("timeout"),
    )
    return [update.as_json() for update in updates]


async def set_webhook(world: World, parameters: Parameters) -> bool:
    """#setwebhook: from now on updates are posted to `url`; an empty one removes the webhook."""
    _allow(world, parameters)
    if parameters.boolean("drop_pending_updates"):
        world.updates.clear()
    await world.webhook.set(parameters.text("url"), parameters.text("secret_token"), world.date)
    return True


async def delete_webhook(world: World, parameters: Parameters) -> bool:
    """#deletewebhook: back to getUpdates."""
    if parameters.boolean("drop_pending_updates"):
        world.updates.clear()
    await world.webhook.set("", "", world.date)
    return True


async def get_webhook_info(world: World, parameters: Parameters) -> dict[str, Any]:
    """#getwebhookinfo: where updates go and how many wait."""
    return world.webhook.as_json()


async def answer_callback_query(world: World, parameters: Parameters) -> bool:
    """#answercallbackquery: once for each press, with at most 200 characters."""
    text = parameters.text("text")
    if len(text) > ANSWER_LENGTH:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = CallbackAnswer(text, parameters.boolean("show_alert"))
    world.answer_press(parameters.text("callback_query_id"), answer)
    return True


async def get_file(world: World, parameters: Parameters) -> dict[str, Any]:
    """#getfile: where a file of at most 20 MB can be downloaded."""
    stored = world.files.by_id(parameters.text("file_id"))
    if len(stored.content) > DOWNLOAD_BYTES:
        raise bad_request("File is too big")
    return stored.as_json() | {"file_path": stored.path}


def _allow(world: World, parameters: Parameters) -> None:
    """Telegram ignores a list it cannot read and forgets the old one at an empty list."""
    try:
        kinds = parameters.structure("allowed_updates", "allowed updates")
    except ApiError:
        return
    if isinstance(kinds, list) and all(isinstance(kind, str) for kind in kinds):
        world.updates.allow([kind.lower() for kind in kinds])
