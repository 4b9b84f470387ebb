"""Chat, re-index and leave in mid-answer for two hours, and watch what the window's process holds on to.

.venv/bin/python -m benchmarks.soak [FOLDER] [--minutes 120] [--chats 5000] [--indexings 50] [--leavings 500]

Each conversation is a tab's requests over HTTP, with its heartbeat; each indexing is another process, after a file
changed. A question that gets no whole answer is counted, and the last line compares what is held with minute ten.
"""

import argparse
import json
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

SEEDS = Path(__file__).parent.parent / "seeds"
A_CONVERSATION = 5
SETTLED = 1 / 12
"""After this share of the time everything has been used once, and should not grow any more: ten of 120 minutes."""
WHOLE = "<details class="
"""What the window adds to an answer when it is whole."""
QUESTIONS = (
    "When did the US cut military-to-military contacts with China?",
    "Who greeted Blinken at the airport in Beijing?",
    "How many moons does Jupiter have?",
    "What do the articles say about Taiwan?",
    "And when was that?",
)


@dataclass(frozen=True)
class Held:
    """Hold what a process holds: resident memory in MB, open files, and MB in its folder of temporary files."""

    memory: float
    files: int
    temporary: float


class Server:
    """Hold a running chat window and look at its process."""

    def __init__(self, folder: Path, work: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.folder, self.index, self.temporary = folder, work / "index", work / "temporary"
        self.temporary.mkdir()
        self.environment = {**os.environ, "TMPDIR": str(self.temporary), "XDG_DATA_HOME": str(work / "data")}
        self.process = self._parley("chat", "--port", str(self.port))
        while True:
            try:
                self.send = self._find_send()
                return
            except ConnectionRefusedError:
                time.sleep(0.2)

    def _parley(self, *words: str) -> "subprocess.Popen[bytes]":
        places = ["--articles", str(self.folder), "--index", str(self.index)]
        command = [sys.executable, "-c", "from ui.cli import main; main()", *words, *places]
        return subprocess.Popen(command, env=self.environment, stdout=subprocess.DEVNULL)

    def _find_send(self) -> int:
        """Find the number of the function that the Send button calls."""
        with self.connected() as connection:
            connection.request("GET", "/config")
            config = json.load(connection.getresponse())
        (send,) = [each["id"] for each in config["components"] if each["props"].get("elem_id") == "send"]
        called = [each["id"] for each in config["dependencies"] if [send, "click"] in each["targets"]]
        return int(called[0])

    @contextmanager
    def connected(self) -> Iterator[HTTPConnection]:
        """Connect, and let go."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            yield connection
        finally:
            connection.close()

    def index_again(self) -> bool:
        """Index in another process; tells whether that went well."""
        return self._parley("index").wait() == 0

    def held(self) -> Held:
        """Look at what the process holds."""
        process = Path(f"/proc/{self.process.pid}")
        (memory,) = re.findall(r"VmRSS:\s+(\d+) kB", (process / "status").read_text())
        size = sum(path.stat().st_size for path in self.temporary.rglob("*") if path.is_file())
        return Held(int(memory) / 1000, len(list((process / "fd").iterdir())), size / 1e6)


class Tab:
    """Hold one conversation, as a browser's tab does."""

    def __init__(self, server: Server, name: str) -> None:
        self.server, self.name, self.asked = server, name, 0
        self.heartbeat = HTTPConnection("127.0.0.1", server.port, timeout=60)
        self.heartbeat.request("GET", f"/gradio_api/heartbeat/{name}")
        self.heartbeat.getresponse().readline()

    def ask(self, question: str, *, leaving: bool = False) -> str:
        """Ask, and give what the last event shows; when leaving, the first one."""
        body = json.dumps(
            {"data": [question, None, None, None], "fn_index": self.server.send, "session_hash": self.name}
        )
        with self.server.connected() as connection:
            connection.request("POST", "/gradio_api/queue/join", body, {"Content-Type": "application/json"})
            connection.getresponse().read()
        self.asked += 1
        with self.server.connected() as connection:
            connection.request("GET", f"/gradio_api/queue/data?session_hash={self.name}")
            shown = ""
            for line in connection.getresponse():
                if line.startswith(b"data:"):
                    event = json.loads(line[5:])
                    shown += json.dumps(event.get("output", ""))
                    if event["msg"] == "process_completed" or (leaving and event["msg"] == "process_generating"):
                        return shown if event.get("success", True) else ""
        return ""

    def close(self) -> None:
        """Leave."""
        self.heartbeat.close()


def main() -> None:
    """Run the events, evenly spread, and print what the process held every twentieth of the time."""
    parser = argparse.ArgumentParser(description="Soak the chat window.")
    parser.add_argument("folder", type=Path, nargs="?", default=SEEDS)
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--chats", type=int, default=5000)
    parser.add_argument("--indexings", type=int, default=50)
    parser.add_argument("--leavings", type=int, default=500)
    options = parser.parse_args()
    chosen = random.Random(1)
    events = ["chat"] * options.chats + ["index"] * options.indexings + ["leave"] * options.leavings
    chosen.shuffle(events)
    done: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "articles"
        shutil.copytree(options.folder, folder)
        server = Server(folder, Path(made))
        began, tab, settled = time.monotonic(), None, None
        try:
            for number, event in enumerate(events):
                time.sleep(max(0.0, began + number * options.minutes * 60 / len(events) - time.monotonic()))
                if tab is None or tab.asked >= A_CONVERSATION:
                    if tab:
                        tab.close()
                    tab = Tab(server, f"tab{number}")
                if event == "index":
                    (folder / "changing.txt").write_text(f"Ministers met {number} farmers in Oslo on Monday.")
                    done["indexings that failed"] += not server.index_again()
                elif event == "leave":
                    leaving = Tab(server, f"leaving{number}")
                    leaving.ask(chosen.choice(QUESTIONS), leaving=True)
                    leaving.close()
                else:
                    done["without an answer"] += WHOLE not in tab.ask(chosen.choice(QUESTIONS))
                done[event] += 1
                if settled is None and number >= len(events) * SETTLED:
                    settled = server.held()
                if number % (len(events) // 20) == 0:
                    print(f"{(time.monotonic() - began) / 60:6.1f} min  {server.held()}  {dict(done)}", flush=True)
            print(f"{(time.monotonic() - began) / 60:6.1f} min  {server.held()}  {dict(done)}; settled: {settled}")
        finally:
            server.process.terminate()
            server.process.wait()


if __name__ == "__main__":
    main()
