"""Start `parley`, so that Ctrl+C ends it in one line even while it still loads."""

import sys

__all__ = ["main"]


def main() -> int:
    """Run the command that the process was started with; returns its exit status, 130 where it was interrupted."""
    try:
        from .cli import main as run  # takes a second or two

        return run()
    except KeyboardInterrupt:
        print("parley: interrupted", file=sys.stderr)
        return 130
