"""Measure what becomes of a model's sentences: one that tells the truth in its own words, and one that often lies.

    .venv/bin/python benchmarks/own_words.py [--without-numbers]

`own_words.txt` has questions on the bundled articles and, for each, sentences as a language model may write them: the
true one, a false one, and words of the article that tell which passage it rests on. Each is first all that its model
writes; then a model writes all the true ones, and another the false one in the place of every third.
"""

import argparse
import re
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from llama_index.core.base.llms.types import CompletionResponse, CompletionResponseGen, LLMMetadata
from llama_index.core.llms import CustomLLM

from qa import Answer, Assistant, generative
from qa.gate import Gate, Ruling

SENTENCES = Path(__file__).with_name("own_words.txt")
LIES_EVERY = 3


@dataclass(frozen=True)
class Claim:
    """Hold a sentence in a true and in a false form, and words of the passage that it rests on."""

    true: str
    false: str
    passage: str


class Scripted(CustomLLM):
    """Write given sentences, each with the number of the passage that holds its words, or without."""

    sentences: tuple[tuple[str, str], ...] = ()
    gives_numbers: bool = True

    @property
    def metadata(self) -> LLMMetadata:
        """Describe the model as LlamaIndex asks for it."""
        return LLMMetadata(model_name="scripted", context_window=8192)

    def complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponse:  # noqa: ARG002
        """Write the sentences."""
        passages = re.findall(r"\[(\d+)\].*?\n--- \S+\n(.*?)\n--- ", prompt, re.DOTALL)
        written = []
        for sentence, words in self.sentences:
            numbers = [number for number, text in passages if words in " ".join(text.split())]
            written.append(f"{sentence} [{numbers[0] if numbers else 0}]" if self.gives_numbers else sentence)
        return CompletionResponse(text=" ".join(written))

    def stream_complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponseGen:  # noqa: ARG002
        """Write the sentences, in one piece."""
        reply = self.complete(prompt)
        yield CompletionResponse(text=reply.text, delta=reply.text)


def read_claims() -> dict[str, list[Claim]]:
    """Read the sentences of each question."""
    questions: dict[str, list[Claim]] = {}
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        if line.startswith("Q "):
            claims = questions.setdefault(line[2:], [])
        else:
            claims.append(Claim(*line.split(" | ")))
    return questions


class Timed(Gate):
    """Remember how long each check took, in seconds."""

    seconds: ClassVar[list[float]] = []

    def check(self, sentence: str, numbers: Sequence[int]) -> Ruling:
        """Check as the gate does."""
        began = time.perf_counter()
        ruling = super().check(sentence, numbers)
        self.seconds.append(time.perf_counter() - began)
        return ruling


def outcome(answer: Answer, sentence: str) -> str:
    """Say what became of a sentence that was all its model wrote."""
    if not answer.written_by:
        return "left out"
    return "as written" if sentence.rstrip(".") in answer.text else "in the article's words"


def ask_alone(assistant: Assistant, llm: Scripted, questions: dict[str, list[Claim]]) -> None:
    """Ask for each sentence by itself, the true one and the false one, and print what became of them."""
    for name in ("true", "false"):
        counts = Counter[str]()
        for question, claims in questions.items():
            for claim in claims:
                sentence = getattr(claim, name)
                llm.sentences = ((sentence, claim.passage),)
                counts[outcome(assistant.ask(question), sentence)] += 1
        total = sum(counts.values())
        print(f"{total} {name} sentences: " + ", ".join(f"{what} {n} ({n / total:.1%})" for what, n in counts.items()))


def ask_whole(assistant: Assistant, llm: Scripted, questions: dict[str, list[Claim]], every: int) -> None:
    """Ask a model that lies in every so manieth sentence, and print what its answers became."""
    answers, lies, shown, written = Counter[str](), 0, 0, 0
    for question, claims in questions.items():
        said = []
        for claim in claims:
            written += 1
            is_lie = bool(every) and written % every == 0
            said.append((claim.false if is_lie else claim.true, claim.passage, is_lie))
        llm.sentences = tuple((sentence, passage) for sentence, passage, _ in said)
        answer = assistant.ask(question)
        answers["with the model" if answer.written_by else "without it"] += 1
        for sentence, _, is_lie in said:
            lies += is_lie
            shown += is_lie and sentence.rstrip(".") in answer.text
        for citation in answer.citations:
            article = assistant.article(citation.source)
            assert article.text[citation.start : citation.end] == citation.quote
    print(f"a lie in {every or 'no'} sentences: answers {dict(answers)}, {lies} lies, shown {shown}")


def main() -> None:
    """Ask, count and time."""
    parser = argparse.ArgumentParser(description="Measure what becomes of a model's sentences.")
    parser.add_argument("--without-numbers", action="store_true", help="as small models write")
    setattr(generative, "Gate", Timed)  # noqa: B010
    llm, questions = Scripted(gives_numbers=not parser.parse_args().without_numbers), read_claims()
    with tempfile.TemporaryDirectory() as place, Assistant.open(None, place, llm=llm) as assistant:
        assistant.sync()
        ask_alone(assistant, llm, questions)
        print(f"a sentence takes the gate {statistics.median(Timed.seconds) * 1000:.0f} ms, the median")
        for every in (0, LIES_EVERY):
            ask_whole(assistant, llm, questions, every)


if __name__ == "__main__":
    main()
