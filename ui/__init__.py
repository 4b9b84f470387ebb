"""Ask from a chat window or on the command line."""
