"""The phone's process: Streamlit on one address, with one page, until the LIVE, the offer or its parent ends."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import NoReturn

from streamlit.web import bootstrap

from playbook.store.access import Person, RefusedError
from playbook.store.errors import GoneError, StoreError
from playbook.store.store import Store

from . import door

PAGE = Path(__file__).resolve().parents[1] / "live" / "on_phone.py"
#: Seconds between two looks, and after the end, so that the phone can show it.
LOOK_EVERY, FAREWELL = 1.0, 4.0
#: How the process ended, for the page that offered it.
PARENT_GONE, LIVE_OVER, TOO_MANY_WRONG = 0, 3, 4


def main() -> None:
    setup = json.loads(sys.stdin.buffer.readline() or b"null")
    if setup is None:
        _end(PARENT_GONE)
    if setup["db"]:
        os.environ["PLAYBOOK_DB"] = setup["db"]
    person = Person(**setup["person"]) if setup["person"] else None
    door.here = door.Door(setup["code"], setup["shop"], setup["live"], person)
    for each in (_with_parent, _with_live):
        threading.Thread(target=each, args=(door.here,), daemon=True).start()
    address, port = setup["address"], setup["port"]
    options = {
        "server_address": address, "server_port": port, "server_headless": True, "server_allowedHosts": [address],
        "server_fileWatcherType": "none", "browser_serverAddress": address, "server_maxUploadSize": 1,
    }  # fmt: skip
    bootstrap.load_config_options(options)
    bootstrap.run(str(PAGE), False, [], options)


def _with_parent(mine: door.Door) -> None:
    """A further line is a new code; the end of the pipe is the end of the parent."""
    for line in sys.stdin.buffer:
        mine.code = json.loads(line)["code"]
    _end(PARENT_GONE)


def _with_live(mine: door.Door) -> None:
    """Ends with the LIVE, and when the person it acts for may not see it any more."""
    with Store.open(os.environ.get("PLAYBOOK_DB")) as bare:
        store = bare.acting_as(mine.person) if mine.person else bare
        while True:
            time.sleep(LOOK_EVERY)
            if mine.closed:
                time.sleep(FAREWELL)
                _end(TOO_MANY_WRONG)
            try:
                over = store.running.one(mine.live_id).end is not None
            except StoreError as error:  # a stopped database comes back; a deleted shop does not
                over = isinstance(error, RefusedError | GoneError)
            if over:
                time.sleep(FAREWELL)
                _end(LIVE_OVER)


def _end(code: int) -> NoReturn:
    os._exit(code)


if __name__ == "__main__":
    main()
