"""Show an evaluation in a terminal, and hold it to floors."""

from collections.abc import Iterator, Mapping

from qa import FIGURES, Evaluation, Scores, Share, Verdict

from .text import one_line

__all__ = ["missed_floors", "render_table", "render_wrong"]


def render_table(evaluation: Evaluation) -> str:
    """Write a row for each kind of question, one for all, and the seconds; columns are at least two spaces apart."""
    rows: list[tuple[str, ...]] = [("kind", "questions", *FIGURES)]
    rows += [_row(kind, scores) for kind, scores in evaluation.kinds.items()]
    rows.append(_row("all", evaluation.overall))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join(
        [
            *lines,
            "Per cent (95 % confidence interval). "
            f"Seconds a question: median {evaluation.median_seconds:.3f}, 95 % within {evaluation.p95_seconds:.3f}.",
        ]
    )


def render_wrong(verdict: Verdict) -> str:
    """Write a question, what is wrong with its answer, the answer, and what it cites, in three lines."""
    cited = ", ".join(sorted(verdict.sources)) or "nothing"
    asked = f"{verdict.why}: {verdict.gold.question} ({verdict.gold.kind})"
    return "\n  ".join(map(one_line, (asked, f"answer: {verdict.answer.text}", f"cites: {cited}")))


def missed_floors(scores: Scores, floors: Mapping[str, float]) -> Iterator[str]:
    """Say of each figure below its floor what it is; one that no question measures is below any floor."""
    for name, floor in floors.items():
        share = scores.shares[name]
        if share.value is None:
            yield f"{name} has a floor of {floor:g}, but no question measures it; add some, or drop the floor"
        elif share.value < floor:
            yield f"{name} is {share.value:.4f} ({share.hits} of {share.of}), below its floor of {floor:g}"


def _row(kind: str, scores: Scores) -> tuple[str, ...]:
    return (one_line(kind), str(scores.questions), *map(_cell, scores.shares.values()))


def _cell(share: Share) -> str:
    """Write a share in whole per cent, with its interval; 100 is every one."""
    if share.value is None or share.interval is None:
        return "-"
    low, high = share.interval
    percent = 100 if share.hits == share.of else min(99, round(100 * share.value))
    return f"{percent} ({100 * low:.0f}–{100 * high:.0f})"
