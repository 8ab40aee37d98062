"""The append-only truth: what was received stands on disk before it is ranked."""
