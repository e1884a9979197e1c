"""The one door for raw SQL in a network's session: full text, vectors and engine-specific statements."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import CursorResult, text

from storage.database import CrossNetworkError, NetworkSession


def execute(session: NetworkSession, sql: str, parameters: Mapping[str, Any]) -> CursorResult[Any]:
    """Run raw SQL that names `:network_id`, which is bound here; raises CrossNetworkError when it does not."""
    if ":network_id" not in sql:
        raise CrossNetworkError("raw SQL must hold :network_id")
    return session.connection().execute(text(sql), {**parameters, "network_id": session.network_id})
