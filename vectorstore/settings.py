"""What the library and its index can be told; the one place here that reads the environment."""

import os
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr

LIBRARY_DIR = Path(__file__).parent / "library"
"""The articles that come with the program."""


def default_data_dir() -> Path:
    """The person's own data folder: `$XDG_DATA_HOME/carethread`, else `~/.local/share/carethread`.

    It need not be there yet.
    """
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "carethread"


class VectorStoreSettings(BaseModel):
    """Where the library lies and how it is searched."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data_dir: Path = Field(default_factory=default_data_dir)
    """Holds `index/` and `shelf/`; made when it is not there."""
    library_dir: Path = LIBRARY_DIR
    chroma_host: str | None = None
    """`host`, `host:port` or a URL of a Chroma server; None keeps the vectors in `data_dir`."""
    embeddings: Literal["minilm", "openai"] = "minilm"
    openai_embedding_model: str = "text-embedding-3-small"
    openai_api_key: SecretStr | None = None
    openai_base_url: str | None = None
    encoder_threads: int = Field(default=1, ge=1, le=64)
    """Threads the encoder uses for one text."""
    dense_weight: float = Field(default=3.0, gt=0, le=100)
    """Weight of a rank by meaning, where a rank by words weighs 1."""
    k: int = Field(default=8, ge=1, le=50)
    """Passages a search gives back."""


def settings_from_environment() -> VectorStoreSettings:
    """Settings of the command line: `CARETHREAD_DATA_DIR` and `CHROMA_HOST`, else the defaults."""
    data_dir = os.environ.get("CARETHREAD_DATA_DIR")
    return VectorStoreSettings(
        data_dir=Path(data_dir) if data_dir else default_data_dir(),
        chroma_host=os.environ.get("CHROMA_HOST") or None,
    )


class NCBIIdentity(BaseModel):
    """Who asks NCBI's E-utilities, so that NCBI can write before it shuts anyone out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    email: str = ""
    api_key: SecretStr = SecretStr("")


def ncbi_identity() -> NCBIIdentity:
    """`NCBI_EMAIL` and `NCBI_API_KEY`, the names NCBI's own tools read; empty where not set."""
    return NCBIIdentity(
        email=os.environ.get("NCBI_EMAIL", ""),
        api_key=SecretStr(os.environ.get("NCBI_API_KEY", "")),
    )


def keep_encoder_quiet() -> None:
    """Turn the encoder runtime's telemetry off; only this variable, set before its import, does.

    Without it each process writes a file of events and tries to send it to the runtime's maker.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
