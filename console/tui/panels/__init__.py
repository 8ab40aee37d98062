"""One file a panel. A panel reads the view and decides nothing."""
