"""What can be set, what is refused, and that nothing secret shows."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from templates import cli
from tests.report.logos import SVG
from tiltaksvakt.demo.stage import TOKEN as DEMO_TOKEN
from tiltaksvakt.demo.stage import _settings
from tiltaksvakt.settings import Settings, SettingsRefused, is_token, unknown_names

TOKEN = "123456:secret-enough_for-a-test"
OUR_SERVER = "http://127.0.0.1:8081"


def set_env(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(f"TILTAKSVAKT_{name}", value)


def test_nothing_set_gives_a_sqlite_file_in_the_data_directory_and_telegram() -> None:
    settings = Settings.load()
    assert settings.database_url == "sqlite:///data/tiltaksvakt.db"
    assert settings.talks_to_telegram
    assert settings.leader_title == "kommunedirektør"
    assert settings.clock is None


def test_the_database_follows_the_data_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    set_env(monkeypatch, DATA_DIR="/srv/kommune")
    assert Settings.load().database_url == "sqlite:////srv/kommune/tiltaksvakt.db"


def test_settings_are_read_from_the_env_file_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("TILTAKSVAKT_MUNICIPALITY=Øygarden\nTILTAKSVAKT_LANGUAGE=nn\nPATH=x\n", "utf-8")
    set_env(monkeypatch, LANGUAGE="nb")
    settings = Settings.load()
    assert (settings.municipality, settings.language) == ("Øygarden", "nb")


def test_an_empty_setting_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    set_env(monkeypatch, TELEGRAM_TOKEN="", CLOCK="", TELEGRAM_API="", DATABASE_URL="")
    assert Settings.load() == Settings()


@pytest.mark.parametrize("written", ["Rådmann", "rådmann", " RÅDMANN ", "ra\u030admann"])
def test_the_leaders_title_is_understood_however_it_is_typed(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    set_env(monkeypatch, LEADER_TITLE=written)
    assert Settings.load().leader_title == "rådmann"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_API", "api.telegram.org"),
        ("TELEGRAM_API", "https://api.telegram.org/bot"),
        ("TELEGRAM_API", "ftp://api.telegram.org"),
        ("TELEGRAM_API", "http://127.0.0.1:notaport"),
        ("TELEGRAM_API", "http://[::1"),
        ("BOT_USERNAME", "https://t.me/boten"),
        ("LEADER_TITLE", "ordfører"),
        ("LANGUAGE", "norsk"),
        ("TIMEZONE", "Europa/Oslo"),
        ("TIMEZONE", "/etc/passwd"),
        ("CLOCK", "2021-02-01T08:00:00"),
        ("CLOCK", "i går"),
        ("CLOCK", "0001-01-01T00:00:00+00:00"),
        ("MUNICIPALITY", "x" * 201),
        ("COLOUR", "grønn"),
        ("COLOUR", "1f3"),
        ("COLOUR", "1f3a4d80"),
        ("COLOUR", "ffd200"),
    ],
)
def test_a_bad_value_is_refused_in_a_sentence_that_names_the_setting(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    set_env(monkeypatch, **{name: value})
    with pytest.raises(SettingsRefused) as refused:
        Settings.load()
    sentence = cli.say(f"settings.{refused.value.code}", language="nb", **refused.value.data)
    assert f"TILTAKSVAKT_{name}" in sentence


@pytest.mark.parametrize("written", ["1f3a4d", "#1F3A4D", " 1f3a4d "])
def test_the_colour_is_understood_however_it_is_typed(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    set_env(monkeypatch, COLOUR=written)
    assert Settings.load().colour == "1f3a4d"


def test_a_colour_that_is_too_pale_is_refused_with_one_that_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    set_env(monkeypatch, COLOUR="#00a0dc")
    with pytest.raises(SettingsRefused) as refused:
        Settings.load()
    assert refused.value.code == "pale_colour"
    darker = str(refused.value.data["darker"])
    assert darker in cli.say("settings.pale_colour", language="nb", **refused.value.data)
    set_env(monkeypatch, COLOUR=darker)
    assert Settings.load().colour == darker


def test_a_logo_that_cannot_be_used_is_refused_in_a_sentence_that_names_the_setting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    files = {"none": None, "text": b"hei", "large": bytes(600_000), "script": SVG.replace(b"path", b"script")}
    for name, content in files.items():
        if content is not None:
            (tmp_path / name).write_bytes(content)
        set_env(monkeypatch, LOGO=str(tmp_path / name))
        with pytest.raises(SettingsRefused) as refused:
            Settings.load().brand()
        sentence = cli.say(f"settings.{refused.value.code}", language="nb", **refused.value.data)
        assert "TILTAKSVAKT_LOGO" in sentence
    (tmp_path / "shield").write_bytes(SVG)
    set_env(monkeypatch, LOGO=str(tmp_path / "shield"))
    brand = Settings.load().brand()
    assert brand is not None
    assert brand.logo is not None


def test_every_setting_has_a_sentence() -> None:
    macros = set(cli.names())
    assert {f"settings.{name}" for name in Settings.model_fields} <= macros


def test_the_simulated_clock_is_refused_with_telegram_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    set_env(monkeypatch, CLOCK="2021-02-01T08:00:00+01:00")
    with pytest.raises(SettingsRefused) as refused:
        Settings.load()
    assert refused.value.code == "clock_with_telegram"


@pytest.mark.parametrize(
    "api", ["https://API.telegram.org", "https://api.telegram.org./", "http://api.telegram.org:443"]
)
def test_telegram_is_recognised_however_its_address_is_spelt(monkeypatch: pytest.MonkeyPatch, api: str) -> None:
    set_env(monkeypatch, TELEGRAM_API=api)
    assert Settings.load().talks_to_telegram


def test_the_simulated_clock_may_start_with_a_server_of_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    set_env(monkeypatch, CLOCK="2021-02-01T08:00:00+01:00", TELEGRAM_API=OUR_SERVER + "/")
    settings = Settings.load()
    assert settings.clock == datetime(2021, 2, 1, 7, tzinfo=UTC)
    assert settings.telegram_api == OUR_SERVER


def test_the_token_is_in_no_repr(monkeypatch: pytest.MonkeyPatch) -> None:
    set_env(monkeypatch, TELEGRAM_TOKEN=TOKEN, DATABASE_URL="postgresql://bruker:hemmelig@vert/navn")
    settings = Settings.load()
    assert settings.token() == TOKEN
    for shown in (repr(settings), str(settings)):
        assert "secret" not in shown
        assert "hemmelig" not in shown


def test_the_token_can_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n", "utf-8")
    set_env(monkeypatch, TELEGRAM_TOKEN_FILE="token")
    assert Settings.load().token() == TOKEN


def test_a_missing_a_double_and_an_unreadable_token_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal_of_token() == "no_token"
    set_env(monkeypatch, TELEGRAM_TOKEN_FILE="not-there")
    assert refusal_of_token() == "token_file"
    set_env(monkeypatch, TELEGRAM_TOKEN=TOKEN)
    assert refusal_of_token() == "two_tokens"


@pytest.mark.parametrize("token", ["hemmelig", "123456", "123456:", "bot123456:abc", "123456:ab c", "123456:abc/x"])
def test_what_is_no_token_is_refused_without_showing_it(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    set_env(monkeypatch, TELEGRAM_TOKEN=token)
    assert refusal_of_token() == "malformed_token"
    assert not is_token(token)


def refusal_of_token() -> str:
    with pytest.raises(SettingsRefused) as refused:
        Settings.load().token()
    sentence = cli.say(f"settings.{refused.value.code}", language="nb", **refused.value.data)
    assert "TILTAKSVAKT_TELEGRAM_TOKEN" in sentence
    assert "hemmelig" not in sentence
    return refused.value.code


def test_an_env_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"TILTAKSVAKT_MUNICIPALITY=\xd8ygarden\n")
    with pytest.raises(SettingsRefused) as refused:
        Settings.load()
    assert refused.value.code == "env_file"


def test_a_misspelt_name_is_noticed() -> None:
    names = {"TILTAKSVAKT_TELEGRAM_TOKN", "TILTAKSVAKT_CLOCK", "tiltaksvakt_clock", "PATH", "TILTAKSVAKT_DEBUG"}
    assert unknown_names(names) == ["TILTAKSVAKT_TELEGRAM_TOKN"]


def test_the_demo_takes_nothing_of_the_real_service_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_env(monkeypatch, TELEGRAM_TOKEN_FILE="/run/secrets/token", TELEGRAM_API="https://api.telegram.org")
    made = _settings("http://127.0.0.1:1", tmp_path / "a.db", datetime(2021, 1, 4, tzinfo=UTC))
    assert made.token() == DEMO_TOKEN
    assert not made.talks_to_telegram
