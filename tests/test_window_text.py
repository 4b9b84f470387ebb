"""What the window writes, without a browser: the text of articles and answers, and nothing that is active in it."""

import html
import re
import string
from datetime import date
from html.parser import HTMLParser
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import Echo, Told

from qa import Answer, Assistant, Citation, Turn
from ui.chinese import CHINESE
from ui.conversation import QUESTION_LIMIT, Exchange, answering, history, messages
from ui.evidence import marked_text
from ui.library_view import library_view
from ui.pane import article_view
from ui.render import answer_markdown, literal, partial_markdown
from ui.shelf import Filter, Shelf
from ui.showing import chosen, first_quote
from ui.strings import ENGLISH
from ui.text import visible
from vectorstore import Article

# The hard cases must occur often: markup, markers, quotes, line ends, combining marks, changes of direction.
MARKUP = """<b> </p> & &lt; " ' [1] [2](x) ** ![ “say” # 1. - | ` word é 中文 ${x} {{y}}""".split()
PIECES = st.sampled_from([*MARKUP, *" \n\t\0\x85\u0301\u200b\u2028\u202e", "\r\n", "\n\n"])
TEXTS = st.lists(PIECES, max_size=40).map("".join)


class Read(HTMLParser):
    """Read HTML back: its tags, its text, and the text of each quote."""

    def __init__(self, written: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.quotes: dict[int, str] = {}
        self.paragraphs: list[str] = []
        self._open: list[int] = []
        self._in_paragraph = False
        self.feed(written)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "p":
            self.paragraphs.append("")
            self._in_paragraph = True
        if tag == "mark":
            self._open.append(int(dict(attrs)["data-quote"] or 0))

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark":
            self._open.pop()
        if tag == "p":
            self._in_paragraph = False

    def handle_data(self, data: str) -> None:
        if self._in_paragraph:
            self.paragraphs[-1] += data
        for number in self._open:
            self.quotes[number] = self.quotes.get(number, "") + data


def cite(number: int, text: str, start: int, end: int) -> Citation:
    return Citation(number, "a.txt", "Title", None, start, end, text[start:end], 1.0)


@given(TEXTS, st.data())
def test_marks_hold_exactly_the_cited_words(text: str, data: st.DataObject) -> None:
    offsets = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(offsets, offsets).map(sorted), max_size=4))
    furniture = data.draw(st.lists(st.tuples(offsets, offsets).map(sorted), max_size=2))
    citations = [cite(number, text, start, end) for number, (start, end) in enumerate(spans, 1)]
    kept = Article("a.txt", "", "", text).paragraphs
    written = marked_text(text, kept, citations, 1, [(start, end) for start, end in furniture])
    read = Read(written)
    assert read.tags <= {"p", "mark", "span"}
    assert read.paragraphs == [visible(text[start:end]) for start, end in kept]
    for citation in citations:
        inside = ((max(start, citation.start), min(end, citation.end)) for start, end in kept)
        assert read.quotes.get(citation.number, "") == visible("".join(text[start:end] for start, end in inside))
    names = re.findall(r'<mark id="(quote-\d+)"', written)
    assert len(names) == len(set(names)) == len(read.quotes)


@given(TEXTS, st.data())
def test_paragraphs_leave_out_nothing_but_white_space(text: str, data: st.DataObject) -> None:
    kept = Article("a.txt", "", "", text, body_start=data.draw(st.integers(0, len(text)))).paragraphs
    assert "".join("".join(text[start:end] for start, end in kept).split()) == "".join(text.split())
    assert all(text[start:end].strip() for start, end in kept)


def test_a_text_wrapped_by_hand_keeps_its_paragraphs() -> None:
    front = f"---\nurl: https://example.org/{'a' * 100}\ndate: 2024-01-03\ntitle: Talks\n---\n"
    (first, second) = (
        "Ministers of the seven coastal states met on the island for a day of\n"
        "talks. The chair of the council of the southern seas, who had asked\n"
        "them to come, spoke of the herring.",
        "Fishermen of the island, of whom some had waited since the morning,\nHeard of it at noon.",
    )
    article = Article("a.md", "", "Talks", f"{front}{first}\n\n{second}\n", body_start=len(front))
    shown = [article.text[start:end] for start, end in article.paragraphs]
    assert shown == [*front.splitlines(), first, second]
    # a PDF has no blank lines
    pdf = Article("a.pdf", "", "Talks", f"Herring\n{first}\n{second}")
    assert [pdf.text[start:end] for start, end in pdf.paragraphs] == ["Herring", first, second]
    lines = Article("a.txt", "", "", "A line.\nAnother line.\nA third.")
    assert len(lines.paragraphs) == 3


@given(st.one_of(TEXTS, st.text()))
def test_literal_text_has_no_markup_left(text: str) -> None:
    written = literal(text)
    assert not set(re.sub(r"&#\d+;", "", written)) & set(string.punctuation)
    assert not re.search(r"^\s|\s$|[^\S\n]{2}|\t", written)
    assert html.unescape(written).split() == visible(text).split()


@given(TEXTS, st.integers(0, 9))
def test_only_markers_with_a_citation_become_links(text: str, index: int) -> None:
    answer = Answer("?", f"{text} [1]", (cite(1, text + "x", 0, 1),), True, "?")
    written = answer_markdown(answer, index, ENGLISH)
    targets = re.findall(r"\]\(([^ )]*)", written)
    assert targets == [f"#cite-{index}-1"] * f"{text} [1]".count("[1]")
    assert "](" not in partial_markdown(text)


def test_a_leading_answer_may_be_bold() -> None:
    answer = Answer("?", "**In 2022.** It was said. [1]", (cite(1, "said", 0, 4),), True, "?")
    assert answer_markdown(answer, 0, ENGLISH).startswith(
        "**In 2022&#46;** It was said&#46;&nbsp;[&#91;1&#93;](#cite-0-1 "
    )


def test_what_is_missing_is_named_once() -> None:
    named = Answer("?", "The articles don't mention “moons”.", (), False, "?", missing=("moons",))
    unnamed = Answer("?", "The articles don't say.", (), False, "?", missing=("moons", "<b>"))
    assert "moons" in answer_markdown(named, 0, ENGLISH)
    assert answer_markdown(named, 0, ENGLISH).count("moons") == 1
    assert answer_markdown(unnamed, 0, ENGLISH).endswith("No article mentions **moons**, **&#60;b&#62;**")
    for answer in (named, unnamed):
        assert answer_markdown(answer, 0, CHINESE).startswith(
            f"{CHINESE.not_said}\n\n{CHINESE.not_mentioned} **moons**"
        )


def test_a_card_names_the_page_and_the_copies() -> None:
    citation = Citation(1, "a.pdf", "Title", None, 0, 2, "It", 1.0, page=3, also_in=("<b>.txt",))
    (_, reply) = messages([Exchange("?", Answer("?", "It. [1]", (citation,), True, "?"))], ENGLISH)
    assert "a&#46;pdf&#44; page 3" in reply["content"]
    assert "Also in &#60;b&#62;&#46;txt" in reply["content"]


def test_what_a_language_model_did_is_told() -> None:
    answer = Answer("?", "It rained.", (), True, "?", written_by="<b>model", notes=("One sentence\n\nwas left out.",))
    (_, reply) = messages([Exchange("?", answer)], ENGLISH)
    assert "Written by &#60;b&#62;model" in reply["content"]
    assert "One sentence was left out&#46;" in reply["content"]
    (_, reply) = messages([Exchange("?", Answer("?", "It rained.", (), True, "?"))], ENGLISH)
    assert "Written by" not in reply["content"]


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://edition.cnn.com/a?b=1&c=2", "edition.cnn.com"),
        ("http://example.org/", "example.org"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("//example.org/", ""),
        ("https://good.example@evil.example/", ""),
        ("https://ex\u0430mple.org/", ""),
        (" https://example.org/", ""),
        ("https://example.org/\nx", ""),
        ("https:\\\\example.org", ""),
        ("https://[broken/", ""),
        ('https://example.org/"onmouseover="alert(1)', "example.org"),
        ("", ""),
    ],
)
def test_only_plain_web_addresses_become_links(url: str, host: str) -> None:
    view = article_view(Told("a.txt", "Title", "Text.", url=url), ENGLISH)
    links = re.findall(r'<a href="([^"]*)" target="_blank" rel="noopener noreferrer">([^<]*)', view)
    assert links == ([(html.escape(url), host)] if host else [])


def listed(*articles: Told, wanted: Filter = Filter(), left_out: dict[str, str] | None = None) -> str:  # noqa: B008
    return library_view(Shelf.fill(articles, left_out or {}), wanted, ENGLISH, may_change=True)


def test_the_list_names_each_article_with_what_is_known_of_it() -> None:
    known = Told("a/b.txt", "A <title>", "Two words", date(2024, 1, 3), outlet="The <i>Daily")
    written = listed(known, Told("c.txt", "", "One"), left_out={"<b>.txt": "holds <no> text"})
    assert "A &lt;title&gt;" in written
    assert "The &lt;i&gt;Daily · January 3, 2024 · 2 words · a/b.txt · indexed" in written
    assert "1 word · c.txt" in written
    assert "&lt;b&gt;.txt</b> holds &lt;no&gt; text" in written


ECHO = cast(Assistant, Echo(["It rained.", "It snowed."]))


def conversation(*questions: str) -> tuple[Exchange, ...]:
    so_far: tuple[Exchange, ...] = ()
    for question in questions:
        so_far = list(answering(ECHO, question, so_far, ENGLISH))[-1][1]
    return so_far


@pytest.mark.parametrize(
    "choice",
    [
        None,
        "cite",
        [],
        {},
        {"show": "article"},
        {"show": "article", "source": "../secret.txt"},
        {"show": "cite", "answer": "9", "number": "1"},
        {"show": "cite", "answer": "0", "number": "9"},
        {"show": "cite", "answer": {}, "number": []},
        {"show": "cite", "answer": "1", "number": "1"},
    ],
)
def test_a_choice_that_makes_no_sense_shows_the_list(choice: Any) -> None:
    assert chosen(ECHO, conversation("It?", "fail"), choice, ENGLISH) is None


def test_a_choice_of_an_answers_quote_shows_it() -> None:
    talk = conversation("a#1", "b#0")
    cited = {"show": "cite", "answer": "0", "number": "1"}
    assert "snowed.</mark>" in str(chosen(ECHO, talk, cited, ENGLISH))
    assert "rained.</mark>" in str(first_quote(ECHO, talk, ENGLISH))
    assert "snowed.</p>" in str(chosen(ECHO, talk, {"show": "article", "source": "1.txt"}, ENGLISH))


def test_failures_are_no_part_of_what_was_said() -> None:
    talk = conversation("It?", "fail", "x" * (QUESTION_LIMIT + 1))
    assert history(talk) == [Turn("user", "It?"), Turn("assistant", "It? It rained. [1]")]
    assert talk[1].failure.startswith("the index is")
    assert talk[2].failure == "The question has 2,001 characters; ask it in at most 2,000."
