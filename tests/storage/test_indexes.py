"""What is looked up by a reference is found by an index, however many records a network keeps."""

import pytest
from sqlalchemy import Index, UniqueConstraint

from storage.models import Base

FOLLOWED = ("superseded_by_id", "meeting_id")
COLUMNS = [(table.name, name) for table in Base.metadata.sorted_tables for name in FOLLOWED if name in table.columns]


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_reference_that_is_followed_has_an_index(table: str, column: str) -> None:
    known = Base.metadata.tables[table]
    unique = [found for found in known.constraints if isinstance(found, UniqueConstraint)]
    indexes: list[Index | UniqueConstraint] = [*known.indexes, *unique]
    assert ["network_id", column] in [[found.name for found in index.columns][:2] for index in indexes]
