"""Where what is kept of people lies."""

import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr


def default_data_dir() -> Path:
    """The application's folder among this user's data."""
    base = Path(os.environ.get("XDG_DATA_HOME") or "")
    home = base if base.is_absolute() else Path.home() / ".local" / "share"
    return home / "carethread"


class MemorySettings(BaseModel):
    """Database and folder of the store."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data_dir: Path = Field(default_factory=default_data_dir)
    """Holds the key file, and the database where no other is named."""
    database_url: SecretStr | None = None
    """An SQLAlchemy address; None is the SQLite file `carethread.db` in `data_dir`."""

    @property
    def key_path(self) -> Path:
        """The key file."""
        return self.data_dir / "key"

    @property
    def sqlite_path(self) -> Path:
        """The database where no other is named."""
        return self.data_dir / "carethread.db"


def settings_from_environment() -> MemorySettings:
    """The settings that CARETHREAD_DATA_DIR and DATABASE_URL give; either may be unset or empty."""
    data_dir = os.environ.get("CARETHREAD_DATA_DIR")
    database_url = os.environ.get("DATABASE_URL")
    return MemorySettings(
        data_dir=Path(data_dir) if data_dir else default_data_dir(),
        database_url=SecretStr(database_url) if database_url else None,
    )
