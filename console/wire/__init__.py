"""What feeds, probes, journal and reports share: the record codec, the transports, limits, the seam to clock and loop."""
