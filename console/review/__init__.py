"""What a session was worth, told afterwards from what was recorded. Pure: lists in, numbers out."""
