"""`python -m briefnote` is the same as `briefnote`."""

import sys


def main() -> None:
    """Runs the command line. Ctrl-C while it is still being imported ends it as it does later, without a traceback."""
    try:
        from briefnote.cli import main as command
    except KeyboardInterrupt:
        sys.exit(130)
    command()


if __name__ == "__main__":
    main()
