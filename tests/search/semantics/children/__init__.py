"""Children that answer well or badly, each a module that is run."""

import sys


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
