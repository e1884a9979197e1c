"""Slack: what people do there becomes what the bot hears, and what the bot says becomes blocks and modals."""
