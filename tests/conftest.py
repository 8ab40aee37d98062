"""Puts tests/ on the path, so that every test can say `from servers.twitch import TwitchServer` and `from stage import Stage`."""
