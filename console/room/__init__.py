"""The state machine: one mutable Room, one door in (`handle`), one immutable RoomView out (`view`)."""
