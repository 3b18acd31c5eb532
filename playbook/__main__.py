"""`python -m playbook`."""

import sys

from .cli import main

sys.exit(main(sys.argv[1:]))
