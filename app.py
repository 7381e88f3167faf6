"""The server: the Streamlit application, and the cookie that tells one browser from another."""

import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http.cookies import SimpleCookie

import streamlit as st
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chains.errors import ConfigurationError
from chains.settings import load_settings
from memory.demonstration import is_demonstration
from pages._ui.session import COOKIE
from pages._ui.start import begin

YEAR_S = 365 * 24 * 3600


class PersonCookie:
    """Gives each browser an unguessable person id, which its scripts cannot read."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; an answer to a browser without an id carries a new one."""
        if scope["type"] != "http" or _has_cookie(scope):
            await self._app(scope, receive, send)
            return
        cookie = _new_cookie(is_secure=scope["scheme"] == "https")

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                message["headers"] = [*message["headers"], (b"set-cookie", cookie)]
            await send(message)

        await self._app(scope, receive, send_with_cookie)


def _has_cookie(scope: Scope) -> bool:
    raw = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    cookie = SimpleCookie(raw.decode("latin-1")).get(COOKIE)
    # An id of a made-up person is never a browser's: it is replaced.
    return cookie is not None and not is_demonstration(cookie.value)


def _is_page(message: Message) -> bool:
    """True for the page itself; its scripts and pictures arrive with the cookie already set."""
    types = [value for name, value in message["headers"] if name.lower() == b"content-type"]
    return any(value.startswith(b"text/html") for value in types)


def _new_cookie(*, is_secure: bool) -> bytes:
    cookie: SimpleCookie = SimpleCookie({COOKIE: secrets.token_urlsafe(32)})
    cookie[COOKIE].update({"httponly": True, "samesite": "Lax", "path": "/", "max-age": YEAR_S})
    if is_secure:
        cookie[COOKIE]["secure"] = True
    return cookie[COOKIE].OutputString().encode("latin-1")


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[None]:
    begin()  # while the first browser is still on its way
    yield


try:
    load_settings()  # a setting that cannot be used stops the start, not the first page
except ConfigurationError as error:
    sys.exit(str(error))

app = st.App("pages/main.py", middleware=[Middleware(PersonCookie)], lifespan=_lifespan)
