"""What offers are known by outside: their external ids, or their own references."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.offers import CHUNK, Offer

_REFERENCE: Final = re.compile(r"O-[0-9]{1,9}")


def gone_out_as(session: Session, names: Iterable[str]) -> Sequence[Offer]:
    """Those that have such an external id, of any source, or such a reference (`O-12`) where they have none."""
    wanted = list(names)
    own = [int(name[2:]) for name in wanted if _REFERENCE.fullmatch(name)]
    query = select(Offer).where(Offer.external_id.in_(wanted) | ((Offer.external_id == "") & Offer.number.in_(own)))
    return session.scalars(query.order_by(Offer.id)).all()


def names_of_all(session: Session) -> Iterator[tuple[int, str, str, int]]:
    """Id, source, external id and number of each offer, withdrawn ones too."""
    rows = session.execute(
        select(Offer.id, Offer.source, Offer.external_id, Offer.number).execution_options(yield_per=CHUNK)
    )
    return ((row.id, row.source, row.external_id, row.number) for row in rows)
