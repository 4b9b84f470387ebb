"""Every citation is true, whatever is asked and whatever a model writes: of what was read, and byte for byte."""

import json
import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import SEEDS, SHARED
from laws import assert_lawful
from llama_index.core.base.llms.types import CompletionResponse, CompletionResponseGen, LLMMetadata
from llama_index.core.llms import CustomLLM

from qa import Assistant


class Scribbler(CustomLLM):
    """Write, of the passages it gets, what is true, what is nearly true and what is false, with any numbers."""

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(model_name="scribbler", context_window=8192)

    def complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponse:  # noqa: ARG002
        chosen = random.Random(prompt)
        passages = re.findall(r"\n--- \S+\n(.*?)\n--- ", prompt, re.DOTALL)
        written = []
        for _sentence in range(chosen.randint(1, 5)) if passages else ():
            number = chosen.randrange(len(passages))
            words = passages[number].split()
            start = chosen.randrange(max(1, len(words) - 12))
            piece, other = words[start : start + 12], chosen.choice(passages).split()[:6]
            said = chosen.choice(
                (
                    " ".join(piece),
                    f"The report says “{' '.join(piece[:7])}”",
                    f"The report says “{' '.join([*piece[:3], *piece[6:9]])}”",
                    " ".join([*piece[:5], "not", *piece[5:]]),
                    " ".join([*piece[:6], *other]),
                    f"{' '.join(piece)} in {chosen.randint(1900, 2030)}",
                    f"{' '.join(other)} <b>{piece[0]}</b>",
                )
            )
            cited = chosen.choice((number + 1, chosen.randint(0, 99), f"{number + 1}][{chosen.randint(1, 9)}"))
            written.append(f"{said} [{cited}].")
        return CompletionResponse(text=" ".join(written))

    def stream_complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponseGen:  # noqa: ARG002
        reply = self.complete(prompt)
        yield CompletionResponse(text=reply.text, delta=reply.text)


def assert_true(folder: Path, index: Path, questions: Sequence[str]) -> None:
    """Ask without a model and with one, and compare every citation with what was read and with the disk."""
    with Assistant.open(folder, index) as assistant:
        assistant.sync()
    cited, written = 0, 0
    for llm in (None, Scribbler()):
        with Assistant.open(folder, index, llm=llm) as assistant:
            for question in questions:
                answer = assistant.ask(question)
                assert_lawful(answer, assistant, most_words=10_000 if answer.written_by else 150)
                for citation in (*answer.citations, *answer.nearest):
                    assert citation.source in answer.passages
                    with (folder / citation.source).open(encoding="utf-8", newline="") as handle:
                        assert handle.read()[citation.start : citation.end] == citation.quote
                cited += len(answer.citations)
                written += bool(answer.written_by)
    assert cited > len(questions), "too little was cited to tell"
    assert written > len(questions) // 8, "too little was written to tell"


def test_citations_are_true_on_the_bundled_articles(seeds: Assistant) -> None:
    text = " ".join(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))
    names = sorted(set(re.findall(r"(?<=[a-z] )[A-Z][a-z]+ [A-Z][a-z]+", text)))
    chosen = random.Random(1).sample(names, 8)
    forms = ("What did {} say?", "When did {} meet others?", "What do the articles say about {}?", "Where is {}?")
    assert_true(SEEDS, seeds.config.index, [forms[n % 4].format(name) for n, name in enumerate(chosen)])


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared news articles")
def test_citations_of_five_hundred_questions_are_true(tmp_path: Path) -> None:
    with (SHARED / "news" / "questions.jsonl").open(encoding="utf-8") as lines:
        questions = [json.loads(line)["question"] for line in lines][:500]
    assert len(questions) == 500
    assert_true(SHARED / "news" / "articles", tmp_path / "index", questions)
