from pathlib import Path

import pytest
from pydantic import ValidationError

from memory.settings import MemorySettings, default_data_dir, settings_from_environment


def test_settings_come_from_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("CARETHREAD_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:secret@h/d")
    settings = settings_from_environment()
    assert settings.data_dir == tmp_path
    assert settings.database_url.get_secret_value() == "postgresql://u:secret@h/d"
    assert "secret" not in repr(settings)


def test_empty_variables_count_as_unset(monkeypatch):
    monkeypatch.setenv("CARETHREAD_DATA_DIR", "")
    monkeypatch.setenv("DATABASE_URL", "")
    assert settings_from_environment() == MemorySettings(data_dir=default_data_dir())


def test_default_folder_is_among_the_users_data(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_data_dir() == tmp_path / "carethread"


@pytest.mark.parametrize("unusable", ["", "relative/folder"])
def test_default_folder_without_a_usable_setting_is_under_home(monkeypatch, unusable):
    monkeypatch.setenv("XDG_DATA_HOME", unusable)
    assert default_data_dir() == Path.home() / ".local" / "share" / "carethread"


def test_unknown_setting_is_refused(tmp_path):
    with pytest.raises(ValidationError):
        MemorySettings(data_dir=tmp_path, data_folder=tmp_path)
