"""The chats: each turns what people do into `bot.messages` and draws what the bot says; `base` is what all promise."""
