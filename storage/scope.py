"""The criterion that keeps a session in its network; it is drawn up once, and each session says which network it is."""

from typing import TypeVar

from sqlalchemy import BindParameter, Executable, Integer, bindparam
from sqlalchemy.orm import with_loader_criteria
from sqlalchemy.orm.util import LoaderCriteriaOption

from storage.base import Owned, Owner

# The parameter that names the network; a statement that is run without it is refused by SQLAlchemy.
NETWORK = "of_network"
SCOPED = "of_one_network"
_NETWORK: BindParameter[int] = bindparam(NETWORK, type_=Integer())

Statement = TypeVar("Statement", bound=Executable)

# Every statement is given these anew by the session itself: what a row was loaded with need not carry them on.
BY_NAME: tuple[LoaderCriteriaOption, ...] = (
    with_loader_criteria(
        Owned,
        lambda model: model.network_id == _NETWORK,
        include_aliases=True,
        propagate_to_loaders=False,
    ),
    with_loader_criteria(Owner, lambda model: model.id == _NETWORK, include_aliases=True, propagate_to_loaders=False),
)


def by_value(network_id: int) -> tuple[LoaderCriteriaOption, ...]:
    """The same for changes of many rows: the rows in memory are compared with its value."""
    return (
        with_loader_criteria(
            Owned, lambda model: model.network_id == network_id, include_aliases=True, track_closure_variables=True
        ),
        with_loader_criteria(
            Owner, lambda model: model.id == network_id, include_aliases=True, track_closure_variables=True
        ),
    )


def prepared(statement: Statement) -> Statement:
    """A statement to be kept and run again and again, its values given by name; half of the work of a small one.

    A change leaves the rows in memory as they are.
    """
    return statement.options(*BY_NAME).execution_options(**{SCOPED: True, "synchronize_session": False})
