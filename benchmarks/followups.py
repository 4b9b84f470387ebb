"""Measure how well questions are made to stand alone, on CANARD (Elgohary, Peskov and Boyd-Graber, 2019).

.venv/bin/python benchmarks/followups.py --data DIR [--questions FILE ...]

DIR holds dev.json.gz: questions asked in conversations about Wikipedia articles, each rewritten by people so that it
stands alone. The conversation begins with the article's title. Printed are: the share of the people's own rewrites
that are left as they are; and for the questions they did rewrite, which of the words that they added are there before
and after resolving (recall), and which of the words that we added they have too (precision). The same is
counted for the words of names alone. Questions of the FILEs, which stand alone, are asked after others of their file,
and the share left as it is printed.
"""

import argparse
import gzip
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa import Turn
from qa.followups import resolve
from vectorstore import stem_words


@dataclass(frozen=True)
class Item:
    """Hold a question of a conversation, and what people made of it."""

    history: tuple[Turn, ...]
    question: str
    rewrite: str


def read_items(path: Path) -> Iterator[Item]:
    """Read CANARD's own file."""
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        for entry in json.load(handle):
            title, _, *turns = entry["History"]
            history = [Turn("user", f"What do the articles say about {title}?")]
            for number, text in enumerate(turns):
                history.append(Turn("assistant" if number % 2 else "user", text))
            yield Item(tuple(history), entry["Question"], entry["Rewrite"])


def stems(text: str) -> set[str]:
    """List the stems of the words of a text that say something."""
    return {stem for word, stem in stem_words(text) if word.casefold() not in FUNCTION_WORDS}


FUNCTION_WORDS = frozenset(
    "a an and any are as at be been but by can could did do does else for from had has have he her him his how i if in "
    "is it its me more my of on or other our she so some that the their them then there these they this those to was "
    "we were what when where which who whom whose why will with would you your also about besides aside".split()
)


def name_stems(text: str) -> set[str]:
    """List the stems of the words of a text that are names, or parts of them: the capitalised ones but the first."""
    words = stem_words(text)[1:]
    return {stem for word, stem in words if word[0].isupper() and word.casefold() not in FUNCTION_WORDS}


def everything(_: str) -> bool:
    """Stand in for the index: every word is known."""
    return True


def measure(items: Sequence[Item]) -> dict[str, float]:
    """Resolve every question and every rewrite; returns shares between 0 and 1, and counts."""
    alone = [item for item in items if item.rewrite.strip()]
    kept = sum(resolve(item.rewrite, item.history, everything) == item.rewrite for item in alone)
    resolved = [(item, resolve(item.question, item.history, everything)) for item in items]
    leaning = [(item, text) for item, text in resolved if stems(item.rewrite) - stems(item.question)]
    figures = {
        "rewrites left alone": kept / len(alone),
        "rewrites": len(alone),
        "follow-ups": len(leaning),
        "follow-ups resolved": sum(text != item.question for item, text in leaning) / len(leaning),
    }
    for kind, list_stems in (("words", stems), ("names", name_stems)):
        needed = added = right = 0
        for item, text in leaning:
            missing, new = (list_stems(given) - stems(item.question) for given in (item.rewrite, text))
            needed, added, right = needed + len(missing), added + len(new), right + len(missing & new)
        # before resolving, recall is 0 by the definition of what is missing
        figures[f"{kind}: recall"] = right / needed
        figures[f"{kind}: precision"] = right / added if added else 1.0
    return figures


def left_alone(files: Sequence[Path], seed: int = 0) -> dict[str, float]:
    """Ask the stand-alone questions of files after others of the same file, and count those left as they are."""
    chance = random.Random(seed)
    shares = {}
    for path in files:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        questions = [line["question"] for line in lines if line.get("kind") != "followup"]
        kept = 0
        for question in questions:
            history = [Turn("user", chance.choice(questions)), Turn("assistant", "The articles don't say.")]
            kept += resolve(question, history, everything) == question
        shares[f"{path.stem} left alone"] = kept / len(questions)
    return shares


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="the folder with CANARD's dev.json.gz")
    parser.add_argument("--questions", type=Path, nargs="*", default=[], metavar="FILE", help="files of questions")
    options = parser.parse_args()
    path = options.data / "dev.json.gz"
    if not path.exists():
        sys.stdout.write(f"skipped: {str(path)!r} isn't there\n")
    else:
        for name, value in measure(list(read_items(path))).items():
            sys.stdout.write(f"{name}: {value:.3f}\n" if isinstance(value, float) else f"{name}: {value}\n")
    for name, share in left_alone(options.questions).items():
        sys.stdout.write(f"{name}: {share:.3f}\n")


if __name__ == "__main__":
    main()
