"""Urgency signals, one a file. A signal is a small object with `name`, `api = 1` and `points(cluster, setting, table)`.

`points` returns whole points; `changes(cluster, setting, table)` the time (epoch ms) at which they next change by
themselves, or None. Both are pure. The table is the signal's own section of urgency.toml.
"""
