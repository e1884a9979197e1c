"""Mattermost: one bot for several servers and teams, over their HTTP calls and websockets."""
