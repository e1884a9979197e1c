"""What somebody says they do, as it stands beside their name: "je relance Vivalia" is "relancer Vivalia".

Only where the words give it by rule; anything else, and whatever else speaks of its author, is left as it was written.
"""

import re
from typing import Final

_LETTER: Final = r"[^\W\d_]"
_FR: Final = re.compile(
    r"^(?:je\s+|j['’])(?P<reflexive>me\s+|m['’])?(?P<object>(?:(?:le|la|les|lui|leur|y|en)\s+|l['’])*)"
    rf"(?P<verb>{_LETTER}+)(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_EN: Final = re.compile(
    r"^I(?:['’]ll| will| shall|['’]m going to| am going to)?\s+(?P<verb>[a-z]+)(?P<rest>.*)$", re.DOTALL
)
# "Ik zal de nota sturen", "ich werde die Einladung verschicken": what is promised stands there as it is.
_LATER: Final = re.compile(
    r"^(?:ik zal|ich werde)\s+(?P<what>.*\b" + _LETTER + r"+e?n)[.!]?$", re.IGNORECASE | re.DOTALL
)
_AUTHOR: Final = re.compile(
    r"\b(?:je|moi|me|mon|ma|mes|nous|notre|nos|mien\w*|my|me|mine|myself|we|our|us|ik|mij|mijn|wij|we|ons|onze|"
    r"ich|mir|mich|mein\w*|wir|uns|unser\w*)\b|\b[jm]['’]|\bI\b",
    re.IGNORECASE,
)
# A second thing to do, whose verb would have to be turned as well: "… et envoie la note".
_SECOND: Final = re.compile(
    r"(?:\bet|\bpuis|\bou|\bou bien|,)\s+(?:(?:puis|ensuite|les?|la|lui|leur|y|en)\s+|l['’])?"
    rf"(?P<verb>{_LETTER}+)\s+(?:les?|la|des?|du|une?|au|aux|aussi|ce|cet|cette|ces|son|sa|ses|tou\w+|à|avec|pour|si|l['’]|d['’])",
    re.IGNORECASE,
)
# "… et les distribue", "… et la transmets"; "… et la commune" is another partner.
_SECOND_SHORT: Final = re.compile(
    rf"(?:\bet|\bpuis|\bou|,)\s+(?:(?:les|lui|leur|y|en)\s+(?P<e>{_LETTER}+e)|(?:(?:le|la|lui|leur|y|en)\s+|l['’])(?P<s>{_LETTER}+s))\b",
    re.IGNORECASE,
)
_NOT: Final = re.compile(r"^\s+(?:pas|plus|jamais|rien|gu[èe]re)\b", re.IGNORECASE)
_NOT_LATER: Final = re.compile(r"\b(?:niet|geen|nooit|nicht|kein\w*|nie)\b|^er\b", re.IGNORECASE)
_INFINITIVE: Final = re.compile(
    r"^\s+(?:(?:bient[ôo]t|vite|donc|aussi|bien|encore|alors|d'abord|tout de suite)\s+)?"
    rf"((?:(?:les?|la|lui|leur|y|en)\s+|l['’])*{_LETTER}+(?:er|ir|re|oir)\b.*)$",
    re.DOTALL,
)
_WISHED: Final = re.compile(rf"^\s+(?:de\s+|d['’])?(?:(?:les?|la|lui|leur|y|en)\s+|l['’])*{_LETTER}+(?:er|ir|re|oir)\b")
_OF_INFINITIVE: Final = re.compile(rf"^\s+(?:de\s+|d['’]|à\s+)({_LETTER}{{2,}}(?:er|ir|re|oir)\b.*)$", re.DOTALL)
# Who goes to do it, must do it, takes care of doing it: what is done says it.
_AUXILIARIES: Final = frozenset({"vais", "dois", "compte"})
_TAKES_CARE: Final = frozenset({"charge", "occupe", "engage", "chargerai", "occuperai"})
# Alone they say where one goes and what one counts, before anything else hardly what is done.
_ALONE: Final = {
    "vais": re.compile(r"^(?:\s+(?:à|au|aux|chez|en|dans|voir)\b|[\s.!]*$)", re.IGNORECASE),
    "compte": re.compile(r"^\s+(?:les?|la|l['’]|ces?)", re.IGNORECASE),
}
# "Penser inviter Marie" promises less than was said, "inviter Marie" more.
_WISHES: Final = frozenset({"pense", "espère", "souhaite", "préfère", "promets"})
_SECOND_GROUP: Final = frozenset({
    "finis", "choisis", "fournis", "établis", "rétablis", "remplis", "définis", "redéfinis", "réunis", "réfléchis",
    "garantis", "élargis", "approfondis", "avertis", "réussis", "investis", "ralentis", "convertis", "agis", "réagis",
    "saisis", "répartis", "bâtis", "éclaircis", "accomplis", "assouplis", "agrandis", "embellis", "démolis", "abolis",
    "applaudis", "enrichis", "fleuris", "nourris", "raccourcis",
})  # fmt: skip
# Endings of the present -> of the infinitive, the longest first.
_ENDINGS: Final[tuple[tuple[str, str], ...]] = (
    ("prends", "prendre"), ("mets", "mettre"), ("écris", "écrire"), ("scris", "scrire"), ("conduis", "conduire"),
    ("truis", "truire"), ("duis", "duire"), ("réponds", "répondre"), ("corresponds", "correspondre"),
    ("rends", "rendre"), ("attends", "attendre"), ("étends", "étendre"), ("vends", "vendre"),
    ("descends", "descendre"), ("défends", "défendre"), ("entends", "entendre"), ("parcours", "parcourir"),
    ("préviens", "prévenir"), ("viens", "venir"), ("tiens", "tenir"), ("reçois", "recevoir"), ("prévois", "prévoir"),
    ("revois", "revoir"), ("vois", "voir"), ("rejoins", "rejoindre"), ("joins", "joindre"), ("sers", "servir"),
    ("fais", "faire"), ("pars", "partir"), ("sors", "sortir"),
    ("ouvre", "ouvrir"), ("couvre", "couvrir"), ("offre", "offrir"), ("souffre", "souffrir"), ("ueille", "ueillir"),
    ("oie", "oyer"), ("uie", "uyer"), ("aie", "ayer"),
    ("appelle", "appeler"), ("nouvelle", "nouveler"), ("jette", "jeter"), ("étiquette", "étiqueter"),
    ("achète", "acheter"), ("mène", "mener"), ("lève", "lever"), ("pèse", "peser"), ("sème", "semer"),
    ("achève", "achever"), ("gèle", "geler"), ("modèle", "modeler"),
)  # fmt: skip
_WHOLE: Final = {
    "vais": "aller", "irai": "aller", "ferai": "faire", "verrai": "voir", "enverrai": "envoyer", "lis": "lire",
    "relis": "relire", "dis": "dire", "redis": "redire", "viendrai": "venir", "reviendrai": "revenir",
    "tiendrai": "tenir", "prendrai": "prendre", "reprendrai": "reprendre", "mettrai": "mettre",
    "remettrai": "remettre", "transmettrai": "transmettre",
}  # fmt: skip
_GRAVE: Final = re.compile(rf"è({_LETTER}{{1,2}}e)$")
# No verb of these is the plain form that a promise is made in.
_PAST: Final = frozenset({
    "am", "was", "have", "had", "did", "made", "sent", "wrote", "took", "gave", "saw", "met", "went", "got", "told",
    "brought", "kept", "left", "can", "could", "would", "should", "may", "might", "must", "need", "want", "hope",
    "think", "believe", "do", "not", "just", "don", "won", "cannot", "never", "still", "also", "already", "really",
})  # fmt: skip


def impersonal(text: str) -> str:
    """What is promised, in the infinitive; the text itself where no rule gives it safely."""
    if english := _english(text):
        return english
    said = _french(text) or _later(text)
    return (said[:1].upper() + said[1:] if text[:1].isupper() else said) or text


def _french(text: str) -> str:
    found = _FR.match(text)
    if found is None:
        return ""
    verb, rest = found["verb"].lower(), found["rest"]
    reflexive = found["reflexive"]
    if _AUTHOR.search(rest) or _NOT.match(rest) or _two_verbs(rest):
        return ""
    if verb in _AUXILIARIES and not reflexive and (after := _INFINITIVE.match(rest)) is not None:
        return found["object"] + after[1]
    if verb in _TAKES_CARE and reflexive and (after := _OF_INFINITIVE.match(rest)) is not None:
        return after[1]
    turned = _infinitive(verb)
    if not turned or (verb in _WISHES and _WISHED.match(rest)) or (verb in _ALONE and not _ALONE[verb].match(rest)):
        return ""
    done = found["object"] + turned
    elided = "s’" if "’" in text else "s'"
    oneself = (elided if done[0].lower() in "aeiouyéèêh" else "se ") if reflexive else ""
    return f"{oneself}{done}{rest}"


def _two_verbs(rest: str) -> bool:
    """Whether a second verb would have to be turned as well."""
    said = [one["verb"] for one in _SECOND.finditer(rest)]
    said += [one["e"] or one["s"] for one in _SECOND_SHORT.finditer(rest)]
    return any(_infinitive(verb) for verb in said if verb.islower())


def _infinitive(verb: str) -> str:
    """Of a first person of the present or the future; "" for one that no rule knows."""
    if verb in _WHOLE:
        return _WHOLE[verb]
    if verb in _SECOND_GROUP:
        return verb[:-1] + "r"
    if verb.endswith("erai"):
        return _infinitive(verb[: -len("rai")])
    if verb.endswith("irai"):
        # "J'écrirai" as "j'écris", "je partirai" as it sounds.
        return _infinitive(verb[: -len("rai")] + "s") or verb[: -len("ai")]
    for ending, whole in _ENDINGS:
        if verb.endswith(ending):
            return verb[: -len(ending)] + whole
    if not verb.endswith("e") or len(verb) < len("cite"):
        return ""
    return _GRAVE.sub(r"é\1", verb) + "r"


def _english(text: str) -> str:
    found = _EN.match(text)
    if found is None or found["verb"] in _PAST or found["verb"].endswith("ed") or _AUTHOR.search(found["rest"]):
        return ""
    return found["verb"] + found["rest"]


def _later(text: str) -> str:
    found = _LATER.match(text)
    what = found["what"] if found is not None else ""
    return "" if "," in what or _AUTHOR.search(what) or _NOT_LATER.search(what) else what
