"""The only writers of the room, a file for each of its verbs' families."""
