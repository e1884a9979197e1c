"""The criterion that keeps a session in its network; it is drawn up once, and each session says which network it is."""

from typing import TypeVar

from sqlalchemy import BindParameter, Delete, Executable, Integer, Update, bindparam
from sqlalchemy.orm import FromStatement, ORMExecuteState, with_loader_criteria
from sqlalchemy.orm.util import LoaderCriteriaOption

from storage.base import Owned, Tenant

# The parameter that names the network; a statement that is run without it is refused by SQLAlchemy.
NETWORK = "of_network"
SCOPED = "of_one_network"
_NETWORK: BindParameter[int] = bindparam(NETWORK, type_=Integer())

Statement = TypeVar("Statement", bound=Executable)

# Every statement is given these anew by the session itself: what a row was loaded with need not carry them on, which
# would be a fifth of the work of loading it. The price is that rows loaded along by a join get none.
BY_NAME: tuple[LoaderCriteriaOption, ...] = (
    with_loader_criteria(
        Owned,
        lambda model: model.network_id == _NETWORK,
        include_aliases=True,
        propagate_to_loaders=False,
    ),
    with_loader_criteria(Tenant, lambda model: model.id == _NETWORK, include_aliases=True, propagate_to_loaders=False),
)


def by_value(network_id: int) -> tuple[LoaderCriteriaOption, ...]:
    """The same for changes of many rows: the rows in memory are compared with its value."""
    return (
        with_loader_criteria(
            Owned, lambda model: model.network_id == network_id, include_aliases=True, track_closure_variables=True
        ),
        with_loader_criteria(
            Tenant, lambda model: model.id == network_id, include_aliases=True, track_closure_variables=True
        ),
    )


def prepared(statement: Statement) -> Statement:
    """A statement to be kept and run again and again, its values given by name; half of the work of a small one.

    A change leaves the rows in memory as they are.
    """
    return statement.options(*BY_NAME).execution_options(**{SCOPED: True, "synchronize_session": False})


def reaches(state: ORMExecuteState) -> bool:
    """Whether the criterion reaches all that a statement speaks of.

    SQLAlchemy passes over it in SQL of one's own, in changes by a list of keys, and in the other tables of a change.
    """
    statement = state.statement
    if isinstance(statement, FromStatement) or isinstance(state.parameters, list):
        return False
    return not isinstance(statement, Update | Delete) or _of_one_table(statement)


def _of_one_table(change: Update | Delete) -> bool:
    named = list[object](change._where_criteria)  # noqa: SLF001 - nothing public tells them
    if isinstance(change, Update) and change._values:  # noqa: SLF001 - the same
        named += change._values.values()  # noqa: SLF001 - the same
    tables = {table for said in named for table in getattr(said, "_from_objects", ())}
    return all(table.is_derived_from(change.table) for table in tables)
