"""What feeds, probes, journal and reports share: record codec, transports, limits."""
