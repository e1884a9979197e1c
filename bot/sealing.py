"""Secrets at rest: sealed with the installation's key before they reach a table; the only importer of cryptography."""

from __future__ import annotations

import base64


class SealError(ValueError):
    """What was sealed cannot be opened: the secret key is not the one it was sealed with."""


class Seal:
    """Seals texts for one purpose; what is sealed for another purpose does not open."""

    def __init__(self, secret_key: str, purpose: str) -> None:
        if not secret_key:
            raise ValueError("a secret key is needed to keep tokens")
        from cryptography.fernet import Fernet  # noqa: PLC0415 - heavy, and of no use without a key
        from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - the same
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415 - the same

        key = HKDF(SHA256(), 32, salt=None, info=f"filrouge {purpose}".encode()).derive(secret_key.encode())
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def seal(self, text: str) -> str:
        """Another text each time."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Raises SealError."""
        from cryptography.fernet import InvalidToken  # noqa: PLC0415 - loaded already, with the key

        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise SealError("the secret key is not the one that sealed this") from error
