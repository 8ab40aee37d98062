"""What the shop knows: catalogue, size charts, FAQ. Pure: parsed from text that somebody else has read."""
