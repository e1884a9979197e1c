"""Signed tokens for calls and links that nobody else signs: one purpose, network, record and person, and an end."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from itsdangerous import BadSignature, Serializer, URLSafeSerializer

if TYPE_CHECKING:
    from collections.abc import Mapping


class TokenError(ValueError):
    """The token is not to be obeyed; `reason` says why: forged, expired, network or person."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"token refused: {reason}")
        self.reason = reason


@dataclass(frozen=True)
class Claims:
    """What a token says: `person` empty means anyone of the network, `expires` None means until the key changes."""

    network: str
    record: str
    person: str = ""
    expires: datetime | None = None
    nonce: str = ""


class Tokens:
    """Makes and reads the tokens of one purpose, which another purpose refuses as forged.

    The first key signs, all of them are believed: a key is replaced by putting the new one first.
    """

    def __init__(self, keys: str | list[str], purpose: str) -> None:
        if not keys or not all(keys):
            raise ValueError("a secret key is needed to sign tokens")
        newest_last = [keys] if isinstance(keys, str) else keys[::-1]
        self._serializer: Serializer[str] = URLSafeSerializer(newest_last, salt=f"filrouge {purpose}")

    def make(
        self,
        *,
        network: str,
        record: str,
        person: str = "",
        now: datetime,
        lifetime: timedelta | None,
        nonce: str | None = None,
    ) -> str:
        """A token of letters, digits and `-_.`, about 120 characters; a nonce of its own unless one is given."""
        token = {"n": network, "r": record, "j": secrets.token_urlsafe(9) if nonce is None else nonce}
        if person:
            token["p"] = person
        if lifetime is not None:
            token["e"] = format(int((now + lifetime).timestamp()), "x")
        return self._serializer.dumps(token)

    def read(self, token: str, *, now: datetime, network: str | None = None, person: str | None = None) -> Claims:
        """The claims, if the token was signed for this, has not ended, and fits the network and the person calling.

        Raises TokenError. `network` None: the caller learns it from the token (a link carries nothing else).
        """
        try:
            found = self._serializer.loads(token)
        except BadSignature as error:
            raise TokenError("forged") from error
        claims = _claims(found)
        if claims.expires is not None and now >= claims.expires:
            raise TokenError("expired")
        if network is not None and claims.network != network:
            raise TokenError("network")
        if claims.person and person is not None and claims.person != person:
            raise TokenError("person")
        return claims


def _claims(found: Mapping[str, str]) -> Claims:
    end = found.get("e")
    expires = datetime.fromtimestamp(int(end, 16), UTC) if end else None
    return Claims(found["n"], found["r"], found.get("p", ""), expires, found["j"])
