"""`python -m tiltaksvakt`: the command line."""

import sys

from tiltaksvakt.cli import main

if __name__ == "__main__":
    sys.exit(main())
