"""Time warm answers over the bundled articles beside the models' own time, in one run.

.venv/bin/python benchmarks/latency.py
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from qa import Assistant
from vectorstore import OnnxEmbedding

QUESTIONS = (
    "When did the US cut military-to-military contacts with China?",
    "What did Liu Zhenli say about Taiwan?",
    "Who greeted Blinken at the airport in Beijing?",
    "How long did the meeting in the Chinese capital last?",
    "Which summit did Blinken attend before going to China?",
    "What did Yellen rule out in July?",
)
ROUNDS = 20


def median_ms(work: Callable[[str], object]) -> float:
    """Run the work on every question in turn; returns the median milliseconds of one."""
    seconds = []
    for _ in range(ROUNDS):
        for question in QUESTIONS:
            began = time.perf_counter()
            work(question)
            seconds.append(time.perf_counter() - began)
    return 1000 * statistics.median(seconds)


def main() -> None:
    """Print the medians and their ratio."""
    embedding = OnnxEmbedding()
    with tempfile.TemporaryDirectory() as place, Assistant.open(index=Path(place) / "index") as assistant:
        assistant.sync()
        for question in QUESTIONS:
            assistant.ask(question)
        asked, embedded = median_ms(assistant.ask), median_ms(embedding.get_query_embedding)
    sys.stdout.write(f"ask {asked:.1f} ms, embedding the question {embedded:.2f} ms, ratio {asked / embedded:.1f}\n")


if __name__ == "__main__":
    main()
