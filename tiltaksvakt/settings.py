"""The settings: from the environment or `.env`, each with the prefix `TILTAKSVAKT_`.

A setting that cannot be used is refused by name. Secrets are in no `repr`, in no message and in no log: pydantic is
told to leave out what it was given, and a refusal carries the name of a setting, never its value.
"""

import re
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BeforeValidator, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from plan.refusal import Refused

if TYPE_CHECKING:
    from plan.workday import SendingHours
    from report.snapshot import Brand

PREFIX = "TILTAKSVAKT_"
TELEGRAM_HOST = "api.telegram.org"
ENV_FILE = ".env"
DATABASE_FILE = "tiltaksvakt.db"
EARLIEST, LATEST = 1990, 2200
NOT_SETTINGS = frozenset({f"{PREFIX}DEBUG", f"{PREFIX}TEST_POSTGRES"})


class SettingsRefused(Refused):
    """The settings cannot be used. `code` names the sentence in `templates/cli/settings.j2`; `data` fills it."""


def _clean(value: object) -> object:
    return unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else value


def _lower(value: object) -> object:
    cleaned = _clean(value)
    return cleaned.lower() if isinstance(cleaned, str) else cleaned


def _without_at(value: object) -> object:
    cleaned = _clean(value)
    return cleaned.removeprefix("@") if isinstance(cleaned, str) else cleaned


def _without_hash(value: object) -> object:
    cleaned = _lower(value)
    return cleaned.removeprefix("#") if isinstance(cleaned, str) else cleaned


def _default_database(settings: dict[str, Any]) -> str:
    return f"sqlite:///{settings.get('data_dir', Path()) / DATABASE_FILE}"


class Settings(BaseSettings):
    """What can be set. Raises `SettingsRefused` through `load`, which is how settings are to be read.

    `telegram_api` is the scheme and host of the Bot API server, without a path. `clock` is the moment at which the
    simulated clock starts, for a server of our own alone. Relative paths count from the working directory.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    data_dir: Path = Path("data")
    report_dir: Path | None = None
    database_url: str = Field(default_factory=_default_database, repr=False)
    telegram_token: SecretStr | None = None
    telegram_token_file: Path | None = None
    telegram_api: Annotated[str, BeforeValidator(_clean)] = f"https://{TELEGRAM_HOST}"
    bot_username: (
        Annotated[str, BeforeValidator(_without_at), Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{3,31}$")] | None
    ) = None
    municipality: Annotated[str, BeforeValidator(_clean), Field(max_length=200)] | None = None
    leader_title: Annotated[Literal["rådmann", "kommunedirektør"], BeforeValidator(_lower)] = "kommunedirektør"
    language: Annotated[Literal["nb", "nn", "en"], BeforeValidator(_lower)] = "nb"
    timezone: Annotated[str, BeforeValidator(_clean)] = "Europe/Oslo"
    clock: AwareDatetime | None = None
    logo: Path | None = None
    colour: Annotated[str, BeforeValidator(_without_hash), Field(pattern=r"^[0-9a-f]{6}$")] | None = None

    @classmethod
    def load(cls, *, env_file: str | None = ENV_FILE, **given: object) -> Self:
        """Read the settings; what is `given` by field name goes before all else.

        Raises `SettingsRefused` naming the first that cannot be used.
        """
        try:
            return cls(_env_file=env_file, **given)  # type: ignore[arg-type]  # validated, whatever it is
        except ValidationError as error:
            raise _refusal(error) from None
        except (UnicodeDecodeError, OSError) as error:
            raise SettingsRefused("env_file", name=ENV_FILE) from error

    @field_validator("telegram_api")
    @classmethod
    def _only_scheme_and_host(cls, value: str) -> str:
        url = urlsplit(value)
        if url.scheme not in {"http", "https"} or not url.hostname or url.path not in {"", "/"} or url.query:
            raise ValueError("not the address of a server")
        if url.port == 0:
            raise ValueError("no port")
        return f"{url.scheme}://{url.netloc}"

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (OSError, ValueError, LookupError):
            raise ValueError("unknown time zone") from None
        return value

    @field_validator("clock")
    @classmethod
    def _clock_within_reach(cls, value: datetime | None) -> datetime | None:
        if value is not None and not EARLIEST <= value.year <= LATEST:
            raise ValueError("out of reach")
        return value

    @model_validator(mode="after")
    def _simulated_only_away_from_telegram(self) -> Self:
        if self.clock is not None and self.talks_to_telegram:
            raise PydanticCustomError("clock_with_telegram", "the simulated clock and Telegram exclude each other")
        return self

    @model_validator(mode="after")
    def _colour_can_be_read_on_white(self) -> Self:
        from report import colours

        if self.colour is not None and colours.contrast(self.colour) < colours.READABLE:
            # Rounded down: what fails must not be shown as what is asked for.
            data = {"contrast": int(colours.contrast(self.colour) * 10) / 10, "darker": colours.readable(self.colour)}
            raise PydanticCustomError("pale_colour", "the colour cannot be read on white", data)
        return self

    @property
    def talks_to_telegram(self) -> bool:
        """Whether the Bot API server is Telegram's own."""
        host = urlsplit(self.telegram_api).hostname or ""
        return host.rstrip(".") == TELEGRAM_HOST

    @property
    def approved_reports(self) -> Path:
        """The folder approved reports are put in."""
        return self.report_dir or self.data_dir / "reports"

    @property
    def zone(self) -> ZoneInfo:
        """The time zone people live in."""
        return ZoneInfo(self.timezone)

    def sending_hours(self) -> "SendingHours":
        """When messages may go out, in the time zone of the settings."""
        from plan.workday import SendingHours, WorkCalendar

        return SendingHours(WorkCalendar(), zone=self.zone)

    def brand(self) -> "Brand | None":
        """The municipality's logo and colour. Raises `SettingsRefused` when the logo cannot be used."""
        from report import brand

        try:
            return brand.read(self.logo, self.colour)
        except brand.LogoRefused as refused:
            raise SettingsRefused(refused.code, **refused.data) from refused

    def token(self) -> str:
        """The bot's token. Raises `SettingsRefused` when there is none, when there are two, or it is malformed."""
        if self.telegram_token is not None and self.telegram_token_file is not None:
            raise SettingsRefused("two_tokens")
        if self.telegram_token_file is not None:
            token = _read_secret(self.telegram_token_file)
        elif self.telegram_token is not None:
            token = self.telegram_token.get_secret_value().strip()
        else:
            raise SettingsRefused("no_token")
        if not is_token(token):
            raise SettingsRefused("malformed_token", from_file=self.telegram_token_file is not None)
        return token


def is_token(text: str) -> bool:
    """Whether a text has the form of a bot's token (https://core.telegram.org/bots/api#authorizing-your-bot)."""
    return re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", text) is not None


def unknown_names(names: set[str]) -> list[str]:
    """Which of these names begin as our settings do and are none: most likely misspelt."""
    known = {PREFIX + field.upper() for field in Settings.model_fields} | NOT_SETTINGS
    return sorted(name for name in map(str.upper, names) if name.startswith(PREFIX) and name not in known)


def _read_secret(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError, ValueError):
        raise SettingsRefused("token_file", path=str(path)) from None


def _refusal(error: ValidationError) -> SettingsRefused:
    first = error.errors(include_input=False, include_url=False)[0]
    if not first["loc"]:
        return SettingsRefused(first["type"], **first.get("ctx", {}))
    return SettingsRefused(str(first["loc"][0]).lower().removeprefix(PREFIX.lower()))
