"""Where a model is asked, and whether what is asked leaves this machine."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from pydantic import SecretStr

from chains.errors import ConfigurationError
from chains.settings import Settings

OPENAI = "https://api.openai.com/v1"
DEFAULT_MODEL = "gpt-5.4-mini"
"""Asked for at OpenAI where no model is named; it lists hundreds."""
NO_KEY = "none"
"""Sent where no key is set: local servers want a header, not a secret."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible service and the model asked of it."""

    url: str
    key: SecretStr
    model: str | None
    """None for the first that the service lists."""

    @property
    def host(self) -> str:
        """Its host, and port where one is named: to whom messages go."""
        parts = urlsplit(self.url)
        return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)

    @property
    def is_loopback(self) -> bool:
        """True where nothing leaves this machine. Names are not looked up: `localhost` alone."""
        name = urlsplit(self.url).hostname or ""
        if name == "localhost":
            return True
        try:
            return ipaddress.ip_address(name).is_loopback
        except ValueError:
            return False


def endpoint_of(settings: Settings) -> Endpoint:
    """The service that the settings name.

    Raises:
        ConfigurationError: The address is none, or one that would send messages unencrypted.
    """
    url = (settings.openai_base_url or OPENAI).rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise ConfigurationError(
            "The setting OPENAI_BASE_URL cannot be used: write an address such as "
            "http://127.0.0.1:8080/v1, without name or password."
        )
    model = settings.model
    if model is None and url == OPENAI:
        model = DEFAULT_MODEL
    key = settings.openai_api_key
    has_key = key is not None and bool(key.get_secret_value())
    return Endpoint(url, key if key is not None and has_key else SecretStr(NO_KEY), model)
