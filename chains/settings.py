"""All settings, read once at the start; a broken or unknown one stops it with one line."""

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from chains.errors import ConfigurationError
from memory.settings import default_data_dir

PREFIX = "CARETHREAD_"


class Settings(BaseSettings):
    """Every setting of CareThread; the README's table lists the same names."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_file_encoding="utf-8", extra="forbid", frozen=True
    )

    data_dir: Path = Field(default_factory=default_data_dir)
    """Folder of the database, its key file and the library's index."""
    database_url: SecretStr | None = Field(default=None, validation_alias="DATABASE_URL")
    """SQLAlchemy URL of another database; SQLite in `data_dir` without it."""
    chroma_host: str | None = Field(default=None, validation_alias="CHROMA_HOST")
    """host or host:port of a Chroma server; an index in `data_dir` without it."""
    embeddings: Literal["minilm", "openai"] = "minilm"
    """Sentence encoder of the library."""
    openai_api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY")
    """Key of an OpenAI-compatible service: its chat model, and `embeddings = openai`."""
    openai_base_url: str | None = Field(default=None, validation_alias="OPENAI_BASE_URL")
    """Address of such a service; OpenAI's own without it."""
    model: str | None = Field(default=None, min_length=1, max_length=200)
    """Chat model that writes answers; without it the first that the service lists."""
    model_reads: bool = True
    """Whether it may also help to read a message, where the service supports JSON schema."""
    prompt_tokens: int = Field(default=6_000, ge=2_000, le=100_000)
    """Longest prompt, in o200k tokens."""
    first_word_s: float = Field(default=20.0, ge=0.2, le=600)
    """Seconds without a word from the model after which the library answers alone."""
    answer_s: float = Field(default=60.0, ge=0.5, le=1_200)
    """Seconds for a whole answer of the model."""
    encoder_threads: int = Field(default=1, ge=1, le=16)
    """CPU threads of the embedded encoder."""
    max_message_chars: int = Field(default=8_000, ge=200, le=50_000)
    """Longest message that is kept, in characters."""
    workers: int = Field(default=2, ge=1, le=16)
    """Turns that run at the same time."""
    max_waiting_turns: int = Field(default=64, ge=1, le=1_000)
    """Turns that may wait; one more is told to come back in a moment."""
    lab: bool = False
    """Whether testers may open the Lab."""
    emergency_number: str = Field(default="911", min_length=2, max_length=20)
    """Emergency services."""
    crisis_line: str = Field(default="988", min_length=2, max_length=20)
    """Suicide and crisis line."""
    poison_line: str = Field(default="1-800-222-1222", min_length=2, max_length=20)
    """Poison control."""

    @property
    def lab_dir(self) -> Path:
        """Where the Lab writes figures of runs and cases; nothing else lies there."""
        return self.data_dir / "lab"

    @property
    def has_model(self) -> bool:
        """True where a chat model may write: a key or an address is set."""
        key = self.openai_api_key.get_secret_value() if self.openai_api_key else ""
        return bool(key or self.openai_base_url)


def load_settings() -> Settings:
    """Read the settings from the environment and `.env`.

    Raises:
        ConfigurationError: A value is out of bounds, or a `CARETHREAD_` name is not known.
    """
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    unknown = sorted(set(filter(lambda name: name.startswith(PREFIX), os.environ)) - known)
    if unknown:
        raise ConfigurationError(
            f"The setting {unknown[0]} is not known; the README lists all settings."
        )
    try:
        return Settings()
    except ValidationError as error:
        raise ConfigurationError(_first_fault(error)) from error


def _first_fault(error: ValidationError) -> str:
    """The first broken setting and why, without its value (it may be a secret)."""
    fault = error.errors(include_input=False, include_url=False)[0]
    field = str(fault["loc"][0]) if fault["loc"] else "?"
    aliases = {field.validation_alias for field in Settings.model_fields.values()}
    name = field.upper() if field.upper().startswith(PREFIX) or field in aliases else ""
    name = name or PREFIX + field.upper()
    return f"The setting {name} cannot be used: {fault['msg'].rstrip('.')}."
