"""How sure we are: two small logistic models over the closed list of features, their weights kept as readable data."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Weights:
    """`find` tells an item from other text, `decide` a decision from a commitment; "" is the constant."""

    find: Mapping[str, float]
    decide: Mapping[str, float]
    threshold: float

    def is_item(self, features: Mapping[str, float]) -> float:
        return _probability(self.find, features)

    def is_decision(self, features: Mapping[str, float]) -> float:
        return _probability(self.decide, features)


@cache
def learned() -> Weights:
    source = resources.files("bot.understanding.minutes_parts") / "weights.json"
    data = json.loads(source.read_text(encoding="utf-8"))
    return Weights(data["find"], data["decide"], data["threshold"])


def _probability(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    total = weights.get("", 0.0) + sum(weights.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
