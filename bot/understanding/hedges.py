"""What is said of a record without saying that it is so: "fait à moitié", "fait partie du plan", "sera fait"."""

import re
from typing import Final

from bot.understanding.spelling import fold

# Folded. What follows a verb and takes it back, or makes another word of it; after a comma it is a remark.
_AFTER: Final = re.compile(
    r"^(?:"
    r"(?:pas|presque|en partie|partiellement|a moitie|aux trois quarts|bijna|half|deels|gedeeltelijk|fast|halb|"
    r"teilweise|zum teil|almost|half|partly|partially)|"
    # "Annuler E-1 serait une erreur": the record is what the sentence speaks about.
    r"n['’](?:est|etait|a)|ne|est|serait|semble|parait|is|zou|lijkt|ist|ware|scheint|would|seems|"
    # "E-1 fait suite à …"
    r"suite|partie|peur|double|doublon|defaut|sens|debat|attention|appel|reference|consensus|l['’](?:objet|unanimite)"
    r")(?!\w)"
)
_WHOLE: Final = re.compile(
    r"\b(?:ou|of|oder|or) (?:pas|non|niet|nicht|not)$|"
    r"^(?:refuse|accepte) d(?:e |['’])|"
    # What will be so is not so yet.
    r"^(?:(?:il|elle|ce|cela) )?(?:sera|seront|serait|zal|zou|will be|would be)\b.*\b(?:faite?s?|finie?s?|terminee?s?|"
    r"regle\w*|clos\w*|confirme\w*|annule\w*|retire\w*|abandonne\w*|gedaan|klaar|afgerond|bevestigd|done|finished|"
    r"completed|confirmed|cancelled|withdrawn)\b|"
    # "D-1 met fin à nos soucis", "E-1 annule la réunion": it does that to something else.
    r"^met(?:tra(?:it)?)? fin (?:au?|aux) (?!partir|compter|dater|la date)|"
    r"^(?:cloture|annule|retire|abandonne|arrete|termine) (?:(?:la|les|un|une|des|ce|cette|ces|nos|notre|mes|mon|ma) |"
    r"l['’]|le (?!\d))"
)


def hedged(said: str, after: str) -> bool:
    """Whether what is said of a record, whose words after its verb are `after`, is no plain statement that it is so."""
    if _WHOLE.search(fold(said).rstrip(" \u00a0\u202f.!")):
        return True
    before = said[: len(said) - len(after)].rstrip(" \u00a0\u202f\n")
    return bool(after) and before[-1:] not in (*",:;.!",) and _AFTER.match(fold(after)) is not None
