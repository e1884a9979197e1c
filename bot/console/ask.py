"""`filrouge ask`: who offers what, as JSON."""

import json
import sys
from typing import Annotated, Any

import typer

from bot.console.opening import Local, opened_locally
from bot.console.output import emit, refuse
from bot.finding.answers import Answer, find
from bot.phrases import LANGUAGES
from bot.understanding.questions import Understood

app = typer.Typer()


@app.command()
def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="What is sought, for whom, where.")] = None,
    lang: Annotated[str | None, typer.Option(help="fr, nl, de or en; found out when not given.")] = None,
    limit: Annotated[int, typer.Option(help="How many answers.", min=1, max=100)] = 3,
    now: Annotated[str | None, typer.Option(help="When it is asked, ISO 8601.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line (the default).")] = True,  # noqa: ARG001 - said for scripts, never read
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read lines {"question", "lang"}, write one line each.')
    ] = False,
) -> None:
    """Ask who offers what."""
    if question is None and not jsonl:
        refuse('Ask something, for example: filrouge ask "groupe de parole pour ados à Libramont", or --jsonl.')
    if lang is not None and lang not in LANGUAGES:
        refuse(f"--lang {lang}: one of {', '.join(LANGUAGES)}")
    with opened_locally(context.obj, now) as local:
        for asked in lines() if jsonl else [{"question": question}]:
            emit(answer(local, str(asked.get("question", "")), asked.get("lang") or lang, limit))


def lines() -> list[dict[str, Any]]:
    rows = []
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            refuse(f"Line {number} is not JSON.")
        if not isinstance(row, dict) or not isinstance(row.get("question"), str):
            refuse(f'Line {number} wants {{"question": "…"}}.')
        rows.append(row)
    return rows


def answer(local: Local, question: str, lang: str | None, limit: int) -> dict[str, Any]:
    with local.session(source="console", reading=True) as session:
        found = find(session, question, now=local.at, lang=lang, limit=limit)
        return {
            "question": question,
            "understood": understood(found.understood),
            "answers": [row(each) for each in found.answers],
            "widened": None if found.widened is None else {"kilometres": round(found.widened, 1)},
            **({"silent": found.silent} if found.silent else {}),
        }


def understood(asked: Understood) -> dict[str, Any]:
    who = asked.who
    told = {
        "lang": asked.lang,
        "themes": [theme for theme, _ in sorted(asked.themes.items(), key=lambda item: -item[1])],
        "kinds": list(asked.kinds),
        "places": [place.label(asked.lang) for place in asked.where.places],
        "around": asked.where.around,
        "ages": list(who.ages) if who.known else None,
        "groups": sorted(who.groups),
        "relative": who.relative,
        "languages": list(asked.languages),
        "formats": sorted(asked.formats),
        "free": asked.price.free,
        "low_price": asked.price.low,
        "at_most": asked.price.most,
        "evening": asked.evening,
        "weekend": asked.weekend,
        "direct": asked.direct,
        "urgent": asked.urgent,
    }
    return {name: value for name, value in told.items() if value not in (None, False, [], ())}


def row(each: Answer) -> dict[str, Any]:
    offer = each.offer
    return {
        "id": offer.ref,
        "external_id": offer.external_id,
        "name": offer.name,
        "place": each.place,
        "why": list(each.why),
        "to_check": list(each.unknown),
        "kilometres": None if each.kilometres is None else round(each.kilometres, 1),
        "verified_at": offer.verified_at,
        "score": round(each.score, 3),
        "fit": round(each.fit, 3),
    }
