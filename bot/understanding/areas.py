"""Areas wider than a commune: regions, provinces, departments and the country's own names for a corner of it."""

from __future__ import annotations

from typing import Final

BRUSSELS: Final = "BE-04000"

# code -> (name as shown, other names in any language, separated by |). A department's number is a name of it too.
PROVINCES: Final[dict[str, tuple[str, str]]] = {
    BRUSSELS: (
        "Bruxelles",
        (
            "bxl|bx|brx|brux|bruxelle|brussel|brussels|brüssel|bru|bruxelles-capitale|région bruxelloise|région de bruxelles"
            "|bruxelles capitale|brussels hoofdstedelijk gewest|brusselse gewest|cocof|capitale|1000 bruxelles"
        ),
    ),
    "BE-10000": ("province d'Anvers", "provincie antwerpen|prov antwerpen|provinz antwerpen"),
    "BE-20001": ("Brabant flamand", "vlaams-brabant|vlaams brabant|flämisch-brabant|province du brabant flamand"),
    "BE-20002": ("Brabant wallon", "bw|brabant-wallon|waals-brabant|wallonisch-brabant|province du brabant wallon"),
    "BE-30000": ("Flandre-Occidentale", "west-vlaanderen|flandre occidentale|westflandern|wvl"),
    "BE-40000": ("Flandre-Orientale", "oost-vlaanderen|flandre orientale|ostflandern|ovl"),
    "BE-50000": ("Hainaut", "province de hainaut|province du hainaut|henegouwen|hennegau|hai|ht"),
    "BE-60000": ("province de Liège", "provincie luik|provinz lüttich|lg|lie|région liégeoise|pays de liège"),
    "BE-70000": ("Limbourg", "limburg|province de limbourg|provincie limburg"),
    "BE-80000": (
        "province de Luxembourg",
        "lux|luxembourg belge|province du luxembourg|prov lux|provincie luxemburg|provinz luxemburg|plux",
    ),
    "BE-90000": ("province de Namur", "nam|provincie namen|provinz namür|provinz namur|namurois"),
}
DEPARTMENTS: Final = """
01 Ain|02 Aisne|03 Allier|04 Alpes-de-Haute-Provence|05 Hautes-Alpes|06 Alpes-Maritimes|07 Ardèche|08 Ardennes|09 Ariège|10 Aube
11 Aude|12 Aveyron|13 Bouches-du-Rhône|14 Calvados|15 Cantal|16 Charente|17 Charente-Maritime|18 Cher|19 Corrèze|2A Corse-du-Sud
2B Haute-Corse|21 Côte-d'Or|22 Côtes-d'Armor|23 Creuse|24 Dordogne|25 Doubs|26 Drôme|27 Eure|28 Eure-et-Loir|29 Finistère|30 Gard
31 Haute-Garonne|32 Gers|33 Gironde|34 Hérault|35 Ille-et-Vilaine|36 Indre|37 Indre-et-Loire|38 Isère|39 Jura|40 Landes
41 Loir-et-Cher|42 Loire|43 Haute-Loire|44 Loire-Atlantique|45 Loiret|46 Lot|47 Lot-et-Garonne|48 Lozère|49 Maine-et-Loire
50 Manche|51 Marne|52 Haute-Marne|53 Mayenne|54 Meurthe-et-Moselle|55 Meuse|56 Morbihan|57 Moselle|58 Nièvre|59 Nord|60 Oise
61 Orne|62 Pas-de-Calais|63 Puy-de-Dôme|64 Pyrénées-Atlantiques|65 Hautes-Pyrénées|66 Pyrénées-Orientales|67 Bas-Rhin
68 Haut-Rhin|69 Rhône|70 Haute-Saône|71 Saône-et-Loire|72 Sarthe|73 Savoie|74 Haute-Savoie|75 Paris|76 Seine-Maritime
77 Seine-et-Marne|78 Yvelines|79 Deux-Sèvres|80 Somme|81 Tarn|82 Tarn-et-Garonne|83 Var|84 Vaucluse|85 Vendée|86 Vienne
87 Haute-Vienne|88 Vosges|89 Yonne|90 Territoire de Belfort|91 Essonne|92 Hauts-de-Seine|93 Seine-Saint-Denis|94 Val-de-Marne
95 Val-d'Oise|971 Guadeloupe|972 Martinique|973 Guyane|974 La Réunion|976 Mayotte
"""
# name as shown -> (other names, departments or provinces it is made of)
REGIONS: Final[dict[str, tuple[str, str]]] = {
    "Wallonie": (
        "wallonia|wallonië|wallonien|wal|région wallonne|waals gewest",
        "BE-20002 BE-50000 BE-60000 BE-80000 BE-90000",
    ),
    "Flandre": (
        "vlaanderen|flanders|flandern|vl|région flamande|vlaams gewest",
        "BE-10000 BE-20001 BE-30000 BE-40000 BE-70000",
    ),
    "Fédération Wallonie-Bruxelles": ("fwb|wb", "BE-20002 BE-50000 BE-60000 BE-80000 BE-90000 BE-04000"),
    "Belgique": (
        "belgië|belgien|belgium|be|national belgique|toute la belgique",
        "BE-04000 BE-10000 BE-20001 BE-20002 BE-30000 BE-40000 BE-50000 BE-60000 BE-70000 BE-80000 BE-90000",
    ),
    "Hauts-de-France": ("hdf|hauts de france|nord-pas-de-calais|npdc|picardie", "FR-02 FR-59 FR-60 FR-62 FR-80"),
    "Île-de-France": ("idf|région parisienne|rp", "FR-75 FR-77 FR-78 FR-91 FR-92 FR-93 FR-94 FR-95"),
    "Grand Est": (
        "ges|alsace lorraine|champagne-ardenne",
        "FR-08 FR-10 FR-51 FR-52 FR-54 FR-55 FR-57 FR-67 FR-68 FR-88",
    ),
    "Alsace": ("elsass", "FR-67 FR-68"),
    "Lorraine": ("lothringen", "FR-54 FR-55 FR-57 FR-88"),
    "Normandie": ("nor", "FR-14 FR-27 FR-50 FR-61 FR-76"),
    "Bretagne": ("bzh|breizh", "FR-22 FR-29 FR-35 FR-56"),
    "Pays de la Loire": ("pdl", "FR-44 FR-49 FR-53 FR-72 FR-85"),
    "Centre-Val de Loire": ("cvl", "FR-18 FR-28 FR-36 FR-37 FR-41 FR-45"),
    "Bourgogne-Franche-Comté": ("bfc|bourgogne|franche-comté", "FR-21 FR-25 FR-39 FR-58 FR-70 FR-71 FR-89 FR-90"),
    "Auvergne-Rhône-Alpes": (
        "ara|aura|rhône-alpes|auvergne",
        "FR-01 FR-03 FR-07 FR-15 FR-26 FR-38 FR-42 FR-43 FR-63 FR-69 FR-73 FR-74",
    ),
    "Nouvelle-Aquitaine": (
        "naq|aquitaine|limousin|poitou-charentes",
        "FR-16 FR-17 FR-19 FR-23 FR-24 FR-33 FR-40 FR-47 FR-64 FR-79 FR-86 FR-87",
    ),
    "Occitanie": (
        "occ|midi-pyrénées|languedoc-roussillon",
        "FR-09 FR-11 FR-12 FR-30 FR-31 FR-32 FR-34 FR-46 FR-48 FR-65 FR-66 FR-81 FR-82",
    ),
    "Provence-Alpes-Côte d'Azur": ("paca|provence|côte d'azur", "FR-04 FR-05 FR-06 FR-13 FR-83 FR-84"),
    "Corse": ("corsica", "FR-2A FR-2B"),
}
COUNTRIES: Final = {
    "france": "FR",
    "fr": "FR",
    "france entiere": "FR",
    "national": "*",
    "nationwide": "*",
    "landesweit": "*",
}
# Corners that people name, by their communes (as named in the gazetteer).
CORNERS: Final[dict[str, tuple[str, str]]] = {
    "Ostbelgien": (
        "communauté germanophone|cantons de l'est|dg|ostkantone|oostkantons|deutschsprachige gemeinschaft|east belgium|stb|obg",
        "63001 63012 63013 63023 63040 63048 63061 63067 63087",
    ),
    "Eifel": ("eifel belge|belgische eifel", "63001 63012 63013 63067 63087"),
    "Gaume": ("la gaume|pays gaumais", "85045 85009 85011 85039 85007 85024 85046 85047 85034"),
    "Famenne": ("la famenne|pays de famenne", "83034 83028 83040 91114 83012"),
    "Borinage": ("le borinage", "53014 53028 53082 53065 53070 53039"),
    "Bruxelles sud": ("brussel zuid|brussel-zuid|bruxelles-sud|sud de bruxelles|brussels south", "21001 21007 21013 21016"),
    "Bruxelles nord": ("brussel noord|bruxelles-nord|nord de bruxelles", "21015 21006 21010 21011 21014 21004"),
    "Bruxelles ouest": ("brussel west|bruxelles-ouest", "21012 21003 21008 21011 21001"),
    "Bruxelles est": ("brussel oost|bruxelles-est", "21018 21019 21005 21002 21017"),
    "Pays de Herve": ("herver land|land van herve", "63035 63058 63073 63003 63089 63004 62119 63020"),
    "Condroz": ("le condroz", "61041 61043 61068 61010 61024 61079 91030 91064 91120"),
    "Centre (Hainaut)": ("région du centre", "58001 58002 58003 58004 55086 55085"),
    "Wallonie picarde": ("wapi|tournaisis|picardie wallonne", "57081 57003 57018 57027 57062 57064 57072 57093 57094 57095 51004 57096 57097"),
    "Métropole lilloise": ("mel|lille métropole|rijselse metropool", "FR:59350 FR:59512 FR:59599 FR:59009 FR:59378 FR:59328 FR:59346 FR:59410"),
}  # fmt: skip
