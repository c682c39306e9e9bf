"""The bot's user name: from the settings, else remembered, else asked of Telegram and remembered."""

from storage import state
from storage.database import Database
from tiltaksvakt.settings import Settings, SettingsRefused

STATE_KEY = "bot"
TIMEOUT = 10.0


async def username_of(settings: Settings, database: Database) -> str:
    """The name that links to the bot begin with.

    What is remembered belongs to one token and one server; another bot is asked again. Raises `SettingsRefused`.
    """
    if settings.bot_username:
        return settings.bot_username
    token = settings.token()
    owner = {"id": token.partition(":")[0], "api": settings.telegram_api}
    async with database.read() as session:
        remembered = await state.get(session, STATE_KEY)
    if remembered and owner.items() <= remembered.items():
        return str(remembered["username"])
    username = await ask(settings.telegram_api, token)
    async with database.write() as session:
        await state.put(session, STATE_KEY, {**owner, "username": username})
    return username


async def ask(api: str, token: str) -> str:
    """Ask the Bot API server who the token belongs to (https://core.telegram.org/bots/api#getme).

    Raises `SettingsRefused`: "rejected_token" where the server does not know it, "unreachable" where nobody answers.
    """
    from telegram import Bot
    from telegram.error import Forbidden, InvalidToken, TelegramError
    from telegram.request import HTTPXRequest

    request = HTTPXRequest(connect_timeout=TIMEOUT, read_timeout=TIMEOUT)
    bot = Bot(token, base_url=f"{api}/bot", request=request)
    try:
        async with request:
            me = await bot.get_me()
    except (InvalidToken, Forbidden):
        raise SettingsRefused("rejected_token", api=api) from None
    except TelegramError as error:
        raise SettingsRefused("unreachable", api=api, problem=type(error).__name__) from None
    return me.username or ""
