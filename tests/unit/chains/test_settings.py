"""A broken or unknown setting stops the start with one line that names it."""

import pytest
from pydantic import ValidationError

from chains.errors import ConfigurationError
from chains.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def _no_env_file(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)


def test_start_needs_no_setting():
    settings = load_settings()
    assert settings.database_url is None
    assert settings.emergency_number == "911"


def test_environment_is_read(monkeypatch, tmp_path):
    monkeypatch.setenv("CARETHREAD_DATA_DIR", str(tmp_path / "kept"))
    monkeypatch.setenv("CARETHREAD_WORKERS", "3")
    settings = load_settings()
    assert (settings.data_dir, settings.workers) == (tmp_path / "kept", 3)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CARETHREAD_WORKERS", "0"),
        ("CARETHREAD_WORKERS", "many"),
        ("CARETHREAD_EMBEDDINGS", "word2vec"),
        ("CARETHREAD_MAX_MESSAGE_CHARS", "1"),
        ("CARETHREAD_EMERGENCY_NUMBER", ""),
    ],
)
def test_broken_setting_is_named_in_one_line_without_its_value(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=name) as error:
        load_settings()
    assert "\n" not in str(error.value)
    assert len(value) < 2 or value not in str(error.value).replace(name, "")


@pytest.mark.parametrize("name", ["CARETHREAD_WORKRES", "CARETHREAD_DATADIR"])
def test_unknown_setting_is_named(monkeypatch, name):
    monkeypatch.setenv(name, "1")
    with pytest.raises(ConfigurationError, match=name):
        load_settings()


def test_unknown_setting_in_the_env_file_is_named(tmp_path):
    (tmp_path / ".env").write_text("CARETHREAD_WORKRES=3\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="CARETHREAD_WORKRES"):
        load_settings()


def test_env_file_is_read(tmp_path):
    (tmp_path / ".env").write_text("CARETHREAD_WORKERS=4\n", encoding="utf-8")
    assert load_settings().workers == 4


def test_secret_address_does_not_show():
    settings = Settings(_env_file=None, DATABASE_URL="postgresql://u:hidden-word@host/db")
    assert "hidden-word" not in repr(settings)


def test_settings_cannot_be_changed():
    with pytest.raises(ValidationError):
        load_settings().workers = 2
