"""Every request of the API, checked against Mattermost's own OpenAPI description, where it is at hand."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.requests import Request

SPECS = "FILROUGE_TEST_SPECS"
SERVER = "http://localhost:8065"


def spec_file() -> Path | None:
    """`mattermost-openapi-v4.yaml` in the folder that FILROUGE_TEST_SPECS names."""
    path = Path(os.environ.get(SPECS, "")) / "mattermost-openapi-v4.yaml"
    return path if os.environ.get(SPECS) and path.is_file() else None


@dataclass
class _Seen:
    """A request as openapi-core reads it, as if it had come without a sub-path."""

    path: str
    method: str
    body: bytes
    content_type: str
    parameters: Any
    host_url: str = SERVER
    path_pattern: str | None = None
    full_url_pattern: str = field(default="")

    def __post_init__(self) -> None:
        self.full_url_pattern = self.host_url + self.path


@cache
def _description(path: Path) -> Any:
    import yaml
    from openapi_core import Config, OpenAPI

    with path.open("rb") as stream:
        tree = yaml.load(stream, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    patch = tree["paths"]["/api/v4/posts/{post_id}/patch"]["put"]["requestBody"]["content"]["application/json"]
    # The file says string; the server takes an object (server/public/model/post.go, PostPatch).
    patch["schema"]["properties"]["props"]["type"] = "object"
    for parameter in tree["paths"]["/api/v4/config"]["get"].get("parameters", ()):
        # Booleans that are declared as texts with a default that is none.
        parameter["schema"].pop("default", None)
    # The published file has five defects of its own, so it is not validated itself.
    return OpenAPI.from_dict(tree, config=Config(spec_validator_cls=None))


def problems(request: Request, path: str, body: bytes) -> list[str]:
    """What the description has against this request; nothing where the description is absent."""
    file = spec_file()
    if file is None:
        return []
    from openapi_core.datatypes import RequestParameters
    from openapi_core.exceptions import OpenAPIError
    from werkzeug.datastructures import Headers, ImmutableMultiDict

    parameters = RequestParameters(
        query=ImmutableMultiDict(request.query_params.multi_items()), header=Headers(request.headers.items())
    )
    content_type = request.headers.get("content-type", "")
    seen = _Seen(path, request.method.lower(), body, content_type, parameters)
    try:
        _description(file).validate_request(seen)
    except OpenAPIError as error:
        cause = error.__cause__
        details = [reason.message for reason in getattr(cause, "schema_errors", [])] or [str(cause or error)]
        return [f"{request.method} {path}: {detail}" for detail in details]
    return []
