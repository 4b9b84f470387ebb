"""Write what stands around an answer: what happened, its sources as cards, and what can be done with it.

This is HTML among the chat's Markdown, so it has no blank lines, and all text in it passes through `literal`. Gradio
lets no attribute but class, href, role and title through; `ui/chat.js` turns the `#do-` links into events.
"""

from collections.abc import Mapping, Sequence

from qa import Answer, Citation

from .render import literal, title_of
from .strings import Strings
from .text import one_line, shorten

__all__ = ["actions", "happening", "notes", "reading_line", "sources", "suggestions"]

QUOTE_LENGTH = 220


def reading_line(say: Strings) -> str:
    """Write the line that stands where `happening` will, so that nothing moves."""
    return f'<p class="log">{literal(say.reading)}</p>'


def happening(answer: Answer, seconds: float, among: int | None, say: Strings) -> str:
    """Write the foldable line of how a question was read and what was looked at."""
    facts = []
    if answer.standalone_question != answer.question:
        facts.append(say.read_as.format(question=one_line(answer.standalone_question)))
    if answer.passages:
        articles = say.count_articles(len(set(answer.passages)))
        facts.append(say.passages.format(passages=say.count_passages(len(answer.passages)), articles=articles))
    if among is not None:
        facts.append(say.only_among.format(articles=say.count_articles(among)))
    facts.append(say.seconds.format(seconds=seconds))
    more = [say.read_as.format(question=one_line(answer.standalone_question))]
    if answer.passages:
        more.append(say.passages_read)
    lines = "".join(f"<p>{literal(line)}</p>" for line in more)
    read = "".join(
        f"<li>{literal(one_line(source))} · {answer.passages.count(source)}</li>"
        for source in dict.fromkeys(answer.passages)
    )
    return (
        f'<details class="log"><summary>{literal(" · ".join(facts))}</summary>'
        f'<div class="log-more">{lines}<ul>{read}</ul></div></details>'
    )


def notes(answer: Answer, say: Strings) -> str:
    """Write what a language model wrote, failed at, or said without proof; nothing where none was asked."""
    told = [say.written_by.format(model=one_line(answer.written_by))] if answer.written_by else []
    told += map(one_line, answer.notes)
    return f'<p class="notes">{"<br>".join(map(literal, told))}</p>' if told else ""


def sources(answer: Answer, index: int, outlets: Mapping[str, str], say: Strings) -> str:
    """Write the answer's citations, or its closest passages, as cards that open them."""
    kind, cited = ("cite", answer.citations) if answer.answered else ("near", answer.nearest)
    if not cited:
        return ""
    heading = f'<p class="cards-head">{literal(say.sources if answer.answered else say.closest)}</p>'
    cards = "".join(_card(citation, kind, index, outlets.get(citation.source, ""), say) for citation in cited)
    return f'{heading}<ol class="cards">{cards}</ol>'


def _card(citation: Citation, kind: str, index: int, outlet: str, say: Strings) -> str:
    facts = (one_line(outlet), say.on_date(citation.published), one_line(citation.place))
    about = " · ".join(fact for fact in facts if fact)
    files = ", ".join(map(one_line, citation.also_in))
    also = f'<span class="about">{literal(say.also_in.format(files=files))}</span>' if files else ""
    return (
        f'<li><a class="card" href="#{kind}-{index}-{citation.number}"><span class="number">{citation.number}</span>'
        f'<span class="title">{literal(title_of(citation))}</span>'
        f'<span class="about">{literal(about)}</span>'
        f'<span class="quote">“{literal(shorten(citation.quote, QUOTE_LENGTH))}”</span>{also}</a></li>'
    )


def suggestions(questions: Sequence[str], index: int, say: Strings) -> str:
    """Offer questions that the articles answer."""
    if not questions:
        return ""
    offered = "".join(
        f'<li><a class="suggested" href="#ask-{index}-{number}">{literal(one_line(question))}</a></li>'
        for number, question in enumerate(questions)
    )
    return f'<p class="cards-head">{literal(say.they_do_say)}</p><ul class="suggestions">{offered}</ul>'


def actions(index: int, answer: Answer | None, opinion: str, say: Strings) -> str:
    """Offer what can be done with an exchange."""
    done = [_action("retry", index, say.retry, say.retry_hint), _action("edit", index, say.edit, say.edit_hint)]
    if answer is not None:
        done = [
            _action("copy", index, say.copy, say.copy_hint),
            *done,
            _action("like", index, say.like, say.like_hint, pressed=opinion == "liked"),
            _action("dislike", index, say.dislike, say.dislike_hint, pressed=opinion == "disliked"),
            _exports(index, say),
        ]
    return f'<div class="actions">{"".join(done)}</div>'


def _exports(index: int, say: Strings) -> str:
    formats = (("markdown", say.as_markdown), ("html", say.as_html), ("docx", say.as_docx))
    one, whole = (
        "".join(_action(f"{what}_{name}", index, shown) for name, shown in formats) for what in ("export", "exportall")
    )
    return (
        f'<details class="menu"><summary class="act">{literal(say.export)}</summary><div class="menu-more">'
        f"<p>{literal(say.export_one)}</p><div>{one}</div><p>{literal(say.export_all)}</p><div>{whole}</div>"
        "</div></details>"
    )


def _action(what: str, index: int, shown: str, hint: str = "", *, pressed: bool = False) -> str:
    look = "act pressed" if pressed else "act"
    return (
        f'<a class="{look}" role="button" href="#do-{what}-{index}" title="{literal(hint or shown)}">'
        f"{literal(shown)}</a>"
    )
