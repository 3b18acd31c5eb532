"""Many people at once as the server sees them: `python benchmarks/visits.py [--people N] [--rounds N] [--turns N]`.

As `sessions.py`, without a browser: each visitor is one websocket that speaks as Streamlit's page does, so two cores
are enough for fifty and what is timed is the server alone. Everybody opens the app, reviews a sample and goes to three
pages and back, `--rounds` times, reading in between (a time drawn evenly from nothing to twice `--think`). A rerun is
the time from the message that asks for it until the one that says that the script has ended. An exception box in what
was sent counts as an error.

With `--turns` as many visitors come one after another, each of which leaves after the road, and so often again; memory
is told after each turn, two minutes after the last one left, which is how long Streamlit keeps a session.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.sessions import memory, processor  # noqa: E402
from tests.browser.conftest import served  # noqa: E402

ROAD = ("strategies", "history", "learn", "")
SAMPLE = "sample_fewer_came_in"
LONGEST = 120.0
#: Seconds for which Streamlit keeps what belongs to a closed page, and some more until it looks.
KEPT = 125.0


class SocketVisitor:
    """One page that is open: what it was sent, and how long the script took."""

    def __init__(self, number: int, think: float) -> None:
        self.think = think
        self.chance = np.random.default_rng(number)
        self.took: list[float] = []
        self.wrong: str | None = None
        self.socket: ClientConnection
        self.pages: dict[str, str] = {}
        self.ids: set[str] = set()

    async def visit(self, address: str, rounds: int, opened: asyncio.Barrier | None = None) -> None:
        """Open the app, review the sample, walk, and leave. What goes wrong is written down."""
        url = f"{address.replace('http', 'ws')}/_stcore/stream"
        subprotocols: Any = ["streamlit", "no-xsrf"]
        try:
            async with connect(url, subprotocols=subprotocols, max_size=None, open_timeout=LONGEST) as self.socket:
                await self.run()
                await self.run(press=SAMPLE)
                if opened is not None:
                    await opened.wait()
                for name in ROAD * rounds:
                    await asyncio.sleep(self.chance.uniform(0, 2 * self.think))
                    began = time.perf_counter()
                    await self.run(page=name)
                    self.took.append(time.perf_counter() - began)
        except (AssertionError, OSError, TimeoutError) as error:
            self.wrong = f"{type(error).__name__}: {error}"
            if opened is not None:
                await opened.abort()

    async def run(self, page: str = "", press: str | None = None) -> None:
        """Ask for a run of the script and take what it sends, until it has ended."""
        asked = BackMsg()
        asked.rerun_script.page_script_hash = self.pages.get(page, "")
        if press is not None:
            found = [each for each in self.ids if each.endswith(f"-{press}")]
            assert found, f"there is no button {press}"
            state = asked.rerun_script.widget_states.widgets.add()
            state.id, state.trigger_value = found[0], True
        await self.socket.send(asked.SerializeToString())
        self.ids.clear()
        async with asyncio.timeout(LONGEST):
            while not self.take(ForwardMsg.FromString(await self.socket.recv(decode=False))):
                pass

    def take(self, message: ForwardMsg) -> bool:
        """Look at what came; True when the script has ended and will not begin anew by itself."""
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self.pages = {each.url_pathname: each.page_script_hash for each in message.navigation.app_pages}
            self.pages[""] = next(each.page_script_hash for each in message.navigation.app_pages if each.is_default)
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            assert element.WhichOneof("type") != "exception", element.exception.message
            if element.WhichOneof("type") == "button":
                self.ids.add(element.button.id)
        if kind != "script_finished":
            return False
        assert message.script_finished != ForwardMsg.FINISHED_WITH_COMPILE_ERROR
        return message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY


async def at_once(crowd: list[SocketVisitor], address: str, rounds: int) -> None:
    opened = asyncio.Barrier(len(crowd))
    await asyncio.gather(*(each.visit(address, rounds, opened) for each in crowd))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--think", type=float, default=20.0, help="mean seconds between two clicks")
    parser.add_argument("--turns", type=int, default=0, help="visitors that come one after another, three times")
    chosen = parser.parse_args()
    home = Path(tempfile.mkdtemp())
    load = f"load of the machine {os.getloadavg()[0]:.1f}"
    with served(home, home / "server.log") as (process, address):
        asyncio.run(SocketVisitor(0, 0.0).visit(address, 1))
        alone = memory(process)
        if chosen.turns:
            print(f"after one: {alone:.0f} MB ({load})", flush=True)
            for turn in range(3):
                for number in range(chosen.turns):
                    one = SocketVisitor(number, 0.0)
                    asyncio.run(one.visit(address, 1))
                    assert one.wrong is None, one.wrong
                after = memory(process)
                time.sleep(KEPT)
                asyncio.run(SocketVisitor(0, 0.0).visit(address, 1))
                rest = f"{memory(process):.0f} MB two minutes later"
                print(f"turn {turn + 1}: {after:.0f} MB after {chosen.turns} more, {rest}", flush=True)
            return
        crowd = [SocketVisitor(each, chosen.think) for each in range(chosen.people)]
        before = processor(process)
        asyncio.run(at_once(crowd, address, chosen.rounds))
        busy, size = processor(process) - before, memory(process)
    took = [each for person in crowd for each in person.took]
    wrong = [person.wrong for person in crowd if person.wrong]
    if len(took) < 2:
        sys.exit("\n".join(["nobody came far enough to be timed", *wrong[:5]]))
    print(f"{chosen.people} at once: {len(wrong)} errors in {len(took)} reruns, median {median(took):.2f} s, ", end="")
    print(f"95 % under {quantiles(took, n=20)[-1]:.2f} s, processor time {busy / len(took):.3f} s a rerun, ", end="")
    print(f"memory {size:.0f} MB against {alone:.0f} MB of one ({load}, then {os.getloadavg()[0]:.1f})")
    print(*wrong[:5], sep="\n")


if __name__ == "__main__":
    main()
