"""Where the files beside the package lie: app.py, pages/, data/samples/ and Streamlit's settings.

In the tree they stand beside `playbook/`; an installed wheel carries them inside it, in `playbook/beside/`.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSIDE = _PACKAGE / "beside"
#: The folder that holds app.py.
BESIDE = _INSIDE if _INSIDE.is_dir() else _PACKAGE.parent
APP = BESIDE / "app.py"
PAGES = BESIDE / "pages"
SAMPLES = BESIDE / "data" / "samples"
