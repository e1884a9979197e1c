"""Who may see a record: the one rule that lists, searches, digests, exports and pages all use."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import choice


class Visibility(StrEnum):
    NETWORK = "network"
    BODY = "body"
    COORDINATOR = "coordinator"


class Visible:
    """A record with a visibility; BODY is the people of its private channel, or of its body where it has no channel."""

    visibility: Mapped[Visibility] = mapped_column(choice(Visibility), default=Visibility.NETWORK)
    channel_id: Mapped[int | None]
    body_id: Mapped[int | None]
    author_id: Mapped[int | None]

    @property
    def concerned(self) -> frozenset[int]:
        """Ids of the members who see it whatever its visibility, besides its author."""
        return frozenset()


@dataclass(frozen=True, slots=True)
class Viewer:
    """Those who will read an answer: one member alone, or everyone in a channel (`member_id` is then None)."""

    member_id: int | None = None
    coordinator: bool = False
    channel_ids: frozenset[int] = frozenset()
    body_ids: frozenset[int] = frozenset()

    @classmethod
    def everyone_in(cls, channel_id: int | None, body_id: int | None) -> "Viewer":
        """All who read a channel, and sit in its body."""
        return cls(
            channel_ids=frozenset() if channel_id is None else frozenset({channel_id}),
            body_ids=frozenset() if body_id is None else frozenset({body_id}),
        )


def can_see(viewer: Viewer, record: Visible) -> bool:
    if record.visibility is Visibility.NETWORK:
        return True
    if viewer.member_id is not None and (record.author_id == viewer.member_id or viewer.member_id in record.concerned):
        return True
    match record.visibility:
        case Visibility.COORDINATOR:
            return viewer.coordinator
        case Visibility.BODY if record.channel_id is not None:
            return record.channel_id in viewer.channel_ids
        case _:
            return record.body_id in viewer.body_ids


def visible_to(model: type[Visible], viewer: Viewer) -> ColumnElement[bool]:
    """The same rule as `can_see`, as a criterion on a Visible table."""
    # mypy takes a class for what its instances are: not to be hashed.
    entity: Any = model
    return _criterion(entity, viewer)


# One list asks for it several times.
@lru_cache(maxsize=256)
def _criterion(model: Any, viewer: Viewer) -> ColumnElement[bool]:
    body = model.visibility == Visibility.BODY
    cases = [
        model.visibility == Visibility.NETWORK,
        and_(body, model.channel_id.in_(viewer.channel_ids)),
        and_(body, model.channel_id.is_(None), model.body_id.in_(viewer.body_ids)),
    ]
    if viewer.coordinator:
        cases.append(model.visibility == Visibility.COORDINATOR)
    if viewer.member_id is not None:
        cases.append(model.author_id == viewer.member_id)
    return or_(*cases)
