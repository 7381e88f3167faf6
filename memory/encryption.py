"""A person's words at rest: one data key a person, wrapped by the key file of this installation.

Destroying a person's wrapped key makes all that was written with it unreadable, wherever a copy
of it may lie.
"""

import base64
import binascii
import os
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from memory.errors import ConfigurationError

_KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
"""96 bits, as NIST SP 800-38D recommends for random nonces."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """Encrypted text; only the cipher of its person opens it."""

    ciphertext: bytes


@dataclass(frozen=True, slots=True)
class PersonCipher:
    """Seals and opens one person's words."""

    _box: AESGCM = field(repr=False)

    def seal(self, text: str) -> Sealed:
        """Encrypt. Half of a surrogate pair, as a cut-off emoji leaves it, is kept as it is."""
        return Sealed(_encrypt(self._box, text.encode("utf-8", "surrogatepass"), b""))

    def unseal(self, sealed: Sealed) -> str:
        """Decrypt what this person's cipher sealed.

        Raises:
            ConfigurationError: it was sealed with another key, or altered.
        """
        return _decrypt(self._box, sealed.ciphertext, b"").decode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The key of this installation, which wraps every person's own."""

    path: Path
    _box: AESGCM = field(repr=False)

    def new_wrapped_key(self, person_key: str) -> bytes:
        """A fresh data key for the person with this row key, wrapped."""
        return _encrypt(self._box, secrets.token_bytes(_KEY_BYTES), person_key.encode())

    def cipher(self, wrapped_key: bytes, person_key: str) -> PersonCipher:
        """The cipher of the person whose wrapped key this is.

        Raises:
            ConfigurationError: another key file wrapped it.
        """
        try:
            data_key = _decrypt(self._box, wrapped_key, person_key.encode())
        except ConfigurationError as error:
            message = f"the key file {self.path} is not the one this database was written with"
            raise ConfigurationError(message) from error
        return PersonCipher(AESGCM(data_key))


def read_key_file(path: Path) -> KeyFile:
    """Read the key file.

    Raises:
        ConfigurationError: it is not there, others may read it, or it holds no key.
    """
    try:
        mode = path.stat().st_mode
        written = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"the key file {path} cannot be read") from error
    if stat.S_IMODE(mode) & 0o077:
        raise ConfigurationError(f"the key file {path} can be read by others: chmod 600 {path}")
    try:
        key = base64.b64decode(written.strip(), validate=True)
    except binascii.Error as error:
        raise ConfigurationError(f"the key file {path} does not hold a key") from error
    if len(key) != _KEY_BYTES:
        raise ConfigurationError(f"the key file {path} does not hold a key")
    return KeyFile(path=path, _box=AESGCM(key))


def make_key_file(path: Path) -> None:
    """Make a key file that only its owner can read, whole or not at all.

    Raises:
        ConfigurationError: the folder cannot be written to.
        FileExistsError: there is one already.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(base64.b64encode(secrets.token_bytes(_KEY_BYTES)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        # A link, unlike a rename, never takes the place of a key that is already there.
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError as error:
        raise ConfigurationError(f"the key file {path} cannot be written") from error
    finally:
        draft.unlink(missing_ok=True)


def _encrypt(box: AESGCM, plain: bytes, context: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + box.encrypt(nonce, plain, context)


def _decrypt(box: AESGCM, ciphertext: bytes, context: bytes) -> bytes:
    try:
        return box.decrypt(ciphertext[:_NONCE_BYTES], ciphertext[_NONCE_BYTES:], context)
    except (InvalidTag, ValueError) as error:
        raise ConfigurationError("stored text does not open with its person's key") from error
