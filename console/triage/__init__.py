"""Pure policy: what a comment asks, which comments ask the same, and which is next."""
