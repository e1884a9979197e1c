"""Secrets at rest: sealed with the installation's key before they reach a table; the only importer of cryptography."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class SealError(ValueError):
    """What was sealed cannot be opened: the secret key is not the one it was sealed with."""


class Seal:
    """Seals texts for one purpose; what is sealed for another purpose does not open."""

    def __init__(self, secret_key: str, purpose: str) -> None:
        if not secret_key:
            raise ValueError("a secret key is needed to keep tokens")
        key = HKDF(SHA256(), 32, salt=None, info=f"filrouge {purpose}".encode()).derive(secret_key.encode())
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def seal(self, text: str) -> str:
        """Another text each time."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Raises SealError."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise SealError("the secret key is not the one that sealed this") from error
