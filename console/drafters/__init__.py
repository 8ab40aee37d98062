"""What helps with answers from outside the Room: encoders that say which questions mean the same."""
