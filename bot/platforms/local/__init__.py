"""The platform that ships with the product: for the trial page, the command line and the tests."""

from bot.platforms.local.chat import LocalChat, LocalPlatform, NoSuchButtonError, NotInChannelError, local_app

__all__ = ["LocalChat", "LocalPlatform", "NoSuchButtonError", "NotInChannelError", "local_app"]
