"""Puts tests/ on the path, so that every test can say `from servers.twitch import TwitchServer` and `from stage import Stage`."""

from hypothesis import settings

# A busy machine is no failure: no test has a time of its own.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
