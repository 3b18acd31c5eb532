"""`python -m playbook`."""

import sys

from playbook.cli.main import main

if __name__ == "__main__":  # not in the processes that `bulk` starts
    sys.exit(main(sys.argv[1:]))
