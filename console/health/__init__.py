"""How the picture, the chat and the clocks are doing: pure, fed with events, so that a recorded trace tests it."""
