"""Where comments come from. Each feed is a pure codec and one of the shared transports; none knows another."""
