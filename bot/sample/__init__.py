"""A believable network to try everything on: invented people and services in the province of Luxembourg."""

from bot.sample.loading import load

__all__ = ["load"]
