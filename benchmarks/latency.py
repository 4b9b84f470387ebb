"""Time warm answers over the bundled articles beside the models' own time, in one run.

.venv/bin/python benchmarks/latency.py
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from numpy.typing import NDArray
from tokenizers import Encoding

from qa import Assistant
from vectorstore import OnnxModel

QUESTIONS = (
    "When did the US cut military-to-military contacts with China?",
    "What did Liu Zhenli say about Taiwan?",
    "Who greeted Blinken at the airport in Beijing?",
    "How long did the meeting in the Chinese capital last?",
    "Which summit did Blinken attend before going to China?",
    "What did Yellen rule out in July?",
)
ROUNDS = 20


def main() -> None:
    """Print the median of an answer, of the models' own work in it, and their ratio."""
    inside: list[float] = []
    run = OnnxModel.run

    def timed_run(model: OnnxModel, encodings: Sequence[Encoding]) -> dict[str, NDArray[Any]]:
        began = time.perf_counter()
        outputs = run(model, encodings)
        inside.append(time.perf_counter() - began)
        return outputs

    with tempfile.TemporaryDirectory() as place, Assistant.open(index=Path(place) / "index") as assistant:
        assistant.sync()
        for question in QUESTIONS:
            assistant.ask(question)
        OnnxModel.run = timed_run  # type: ignore[method-assign,assignment]
        seconds, forward = [], []
        for _ in range(ROUNDS):
            for question in QUESTIONS:
                inside.clear()
                began = time.perf_counter()
                assistant.ask(question)
                seconds.append(time.perf_counter() - began)
                forward.append(sum(inside))
    asked, models = (1000 * statistics.median(times) for times in (seconds, forward))
    ratio = statistics.median(total / own for total, own in zip(seconds, forward, strict=True))
    sys.stdout.write(f"ask {asked:.1f} ms, of which the models {models:.1f} ms, ratio {ratio:.2f}\n")


if __name__ == "__main__":
    main()
