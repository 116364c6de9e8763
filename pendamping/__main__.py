"""`python -m pendamping <command>`."""

import sys

from pendamping.cli import main

if __name__ == "__main__":
    sys.exit(main())
