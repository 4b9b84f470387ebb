"""What can be done with an answer in the window: retry, edit, stop, copy, rate, export, and find it again."""

import contextlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import cast
from xml.etree import ElementTree

import pytest
from browser import Open, ask, said
from hypothesis import given
from hypothesis import strategies as st
from made_up import Echo
from playwright.sync_api import Locator, Page, expect

from qa import Answer, Assistant, Citation, read_gold
from ui.chat import window
from ui.conversation import Exchange
from ui.export import export, sections
from ui.feedback import note_opinion
from ui.saved import read_conversation, write_conversation
from ui.strings import ENGLISH

WHEN = "When did the US cut military contacts with China?"
OVERVIEW = "What do the articles say about Taiwan?"
UNKNOWN = "How many moons does Jupiter have?"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def echoing() -> Iterator[tuple[Echo, str]]:
    """Serve one window for most of these tests, as it takes as long to lay out as to load."""
    echo = Echo(["It rained.", "It snowed."])
    with window(cast(Assistant, echo)) as address:
        yield echo, address


@pytest.fixture
def echo(echoing: tuple[Echo, str]) -> Iterator[Echo]:
    echo, _ = echoing
    echo.begin_anew()
    yield echo
    echo.release.set()  # what still waits would hold up the window's end


@pytest.fixture
def page(visit: Open, echo: Echo, echoing: tuple[Echo, str]) -> Page:
    assert not echo.histories
    return visit(echoing[1]).page


def act(reply: Locator, name: str) -> Locator:
    return reply.get_by_role("button", name=name, exact=True)


def test_a_retry_asks_again_in_place(page: Page, echo: Echo) -> None:
    ask(page, "First?")
    ask(page, "Second?")
    page.locator("#question textarea").fill("A draft")
    act(page.locator("#conversation [data-testid=bot]").first, ENGLISH.retry).click()
    expect(page.locator("#conversation [data-testid=user]")).to_have_text(["First?"])
    expect(page.locator("#question textarea")).to_have_value("A draft")
    expect(page.locator("#conversation [data-testid=bot] .actions")).to_have_count(1)
    assert echo.histories[-1] == ()


def test_an_edited_question_is_asked_in_place_of_the_old_one(page: Page, echo: Echo) -> None:
    ask(page, "First?")
    ask(page, "Secnod?")
    act(page.locator("#conversation [data-testid=bot]").nth(1), ENGLISH.edit).click()
    expect(page.locator("#question textarea")).to_have_value("Secnod?")
    expect(page.locator("#question textarea")).to_be_focused()
    expect(page.locator("#note")).to_contain_text(ENGLISH.editing)
    page.locator("#question textarea").fill("Second?")
    page.keyboard.press("Enter")
    expect(page.locator("#conversation [data-testid=user]")).to_have_text(["First?", "Second?"])
    expect(page.locator("#note .narrowed")).to_have_count(0)
    assert [turn.text for turn in echo.histories[-1]] == ["First?", "First? It rained. [1]"]


def test_the_focus_is_not_lost_by_keyboard(page: Page, echo: Echo) -> None:
    echo.release.set()
    question = page.locator("#question textarea")
    expect(question).to_be_focused()
    page.keyboard.type("wait")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    reply = page.locator("#conversation [data-testid=bot]")
    expect(act(reply, ENGLISH.like)).to_be_visible()
    expect(page.locator("#send")).to_be_visible()  # the answer is whole, and can be rated
    expect(question).to_be_focused()
    act(reply, ENGLISH.like).press("Enter")
    expect(act(reply, ENGLISH.like)).to_have_attribute("aria-pressed", "true")
    expect(act(reply, ENGLISH.like)).to_be_focused()
    menu, summary = reply.locator(".menu"), reply.locator(".menu summary")
    for leaving in ("Escape", "Shift+Tab"):
        summary.press("Enter")
        expect(menu).to_have_attribute("open", "")
        page.keyboard.press(leaving)
        expect(menu).not_to_have_attribute("open", "")
        expect(summary if leaving == "Escape" else act(reply, ENGLISH.dislike)).to_be_focused()
    act(reply, ENGLISH.edit).press("Enter")
    page.locator("#note").get_by_role("button", name=ENGLISH.cancel).press("Enter")
    expect(page.locator("#note .narrowed")).to_have_count(0)
    expect(question).to_be_focused()
    echo.release.clear()  # an answer that comes at once has buttons of its own, one of which would get the focus
    act(reply, ENGLISH.retry).press("Enter")
    expect(question).to_be_focused()


def test_a_question_that_is_too_long_is_told_so_and_not_cut(page: Page, echo: Echo) -> None:
    reply = ask(page, "Why? " * 500, cites=False)
    expect(reply).to_contain_text("The question has 2,500 characters")
    assert not echo.histories


def test_an_edit_can_be_left(page: Page) -> None:
    reply = ask(page, "First?")
    draft = page.locator("#question textarea")
    draft.fill("A draft")
    act(reply, ENGLISH.edit).click()
    expect(draft).to_have_value("First?")
    page.locator("#note").get_by_role("button", name=ENGLISH.cancel).click()
    expect(draft).to_have_value("A draft")
    act(reply, ENGLISH.edit).click()
    expect(draft).to_have_value("First?")
    act(reply, ENGLISH.retry).click()
    expect(draft).to_have_value("A draft")
    expect(page.locator("#note .narrowed")).to_have_count(0)
    ask(page, "Second?")
    expect(page.locator("#conversation [data-testid=user]")).to_have_text(["First?", "Second?"])


def test_a_stopped_answer_leaves_the_question_to_be_asked_again(page: Page, echo: Echo) -> None:
    page.locator("#question textarea").fill("wait")
    with page.expect_response(lambda response: "/queue/join" in response.url) as joined:
        page.keyboard.press("Enter")
    joined.value.finished()  # Gradio can't cancel what it has no name for yet
    expect(page.locator("#conversation [data-testid=bot]")).to_contain_text(ENGLISH.reading)
    page.keyboard.press("Control+.")
    reply = page.locator("#conversation [data-testid=bot]")
    expect(reply).to_contain_text(ENGLISH.stopped)
    expect(page.locator("#send")).to_be_visible()
    echo.release.set()
    act(reply, ENGLISH.retry).click()
    expect(said(reply)).to_have_text("wait It rained. [1]")


def test_an_answer_whose_article_is_removed_as_it_arrives_leaves_the_window_working(page: Page) -> None:
    reply = ask(page, "vanish")
    expect(page.locator("#send")).to_be_visible()
    expect(page.locator("#pane .pane-list")).to_be_visible()
    expect(said(reply)).to_have_text("vanish It rained. [1]")


def begin_to_flow(page: Page) -> Locator:
    page.locator("#question textarea").fill("flow")
    page.keyboard.press("Enter")
    reply = page.locator("#conversation [data-testid=bot]").last
    expect(reply).to_contain_text("on and on and")
    return reply


def test_what_was_on_its_way_is_not_shown_over_a_stop(page: Page, echo: Echo) -> None:
    reply = begin_to_flow(page)
    with page.expect_response(lambda response: "/reset" in response.url):  # the last that Gradio has to say of it
        page.keyboard.press("Control+.")
    expect(reply).to_contain_text(ENGLISH.stopped)
    expect(reply).to_contain_text("on and on and")
    echo.release.set()
    act(reply, ENGLISH.retry).click()
    expect(said(reply)).to_have_text("flow It rained. [1]")


def test_what_was_on_its_way_is_not_shown_in_a_new_chat(page: Page, echo: Echo) -> None:
    begin_to_flow(page)
    with page.expect_response(lambda response: "/reset" in response.url):
        page.locator("#new-chat").click()
    expect(page.locator("#conversation [data-testid=user]")).to_have_count(0)
    expect(page.locator("#conversation .placeholder")).to_be_visible()
    echo.release.set()
    assert said(ask(page, "So:")).text_content()


def open_earlier(page: Page, title: str) -> None:
    page.locator("#earlier-button").click()
    page.locator("#earlier").get_by_role("button", name=title).first.click()


def test_an_earlier_chat_ends_the_answer_under_way_and_is_carried_on(page: Page, echo: Echo) -> None:
    ask(page, "First?")
    page.locator("#new-chat").click()
    expect(page.locator("#conversation .placeholder")).to_be_visible()
    begin_to_flow(page)
    with page.expect_response(lambda response: "/reset" in response.url):
        open_earlier(page, "First?")
    asked = page.locator("#conversation [data-testid=user]")
    expect(asked).to_have_text(["First?"])
    expect(page.locator("#send")).to_be_visible()
    echo.release.set()
    ask(page, "Second?")
    expect(asked).to_have_text(["First?", "Second?"])
    assert [turn.text for turn in echo.histories[-1]] == ["First?", "First? It rained. [1]"]


def test_an_edit_ends_with_its_chat(page: Page) -> None:
    ask(page, "First?")
    page.locator("#new-chat").click()
    expect(page.locator("#conversation .placeholder")).to_be_visible()
    act(ask(page, "Another?"), ENGLISH.edit).click()
    expect(page.locator("#note")).to_contain_text(ENGLISH.editing)
    open_earlier(page, "First?")
    expect(page.locator("#note .narrowed")).to_have_count(0)
    expect(page.locator("#question textarea")).to_have_value("")
    ask(page, "Second?")
    expect(page.locator("#conversation [data-testid=user]")).to_have_text(["First?", "Second?"])


KEPT_QUESTIONS = """Object.keys(localStorage).filter(name => name.startsWith("parley.chat."))
  .map(name => JSON.parse(JSON.parse(localStorage[name]).chat).map(exchange => exchange.question)).sort()"""


def test_a_duplicated_tab_keeps_a_chat_of_its_own(page: Page) -> None:
    ask(page, "First?")
    page.wait_for_function("sessionStorage.getItem('parley.chat.')")
    name = page.evaluate("sessionStorage.getItem('parley.chat.')")
    twin = page.context.new_page()
    twin.add_init_script(f"sessionStorage.setItem('parley.chat.', {name!r})")
    twin.goto(page.url)
    expect(twin.locator("#conversation [data-testid=user]")).to_have_text(["First?"])
    ask(twin, "There?")
    ask(page, "Here?")
    page.wait_for_function(f"({KEPT_QUESTIONS}).flat().length === 4")
    assert page.evaluate(KEPT_QUESTIONS) == [["First?", "Here?"], ["First?", "There?"]]


def test_a_deleted_chat_is_not_carried_on(page: Page) -> None:
    ask(page, "First?")
    page.wait_for_function("sessionStorage.getItem('parley.chat.')")
    page.locator("#earlier-button").click()
    page.locator("#earlier").get_by_role("button", name=ENGLISH.forget_all).click()
    page.locator("#confirm-forget").get_by_role("button", name=ENGLISH.cancel).click()
    expect(page.locator("#earlier li")).to_have_count(1)
    page.locator("#earlier").get_by_role("button", name=ENGLISH.forget_all).click()
    page.locator("#confirm-forget").get_by_role("button", name=ENGLISH.forget_all).click()
    expect(page.locator("#earlier").get_by_role("button", name=ENGLISH.close)).to_be_focused()
    page.locator("#earlier").get_by_role("button", name=ENGLISH.close).click()
    expect(page.locator("#conversation [data-testid=user]")).to_have_count(0)
    expect(page.locator("#conversation .placeholder")).to_be_visible()
    ask(page, "Second?")
    page.wait_for_function(f"({KEPT_QUESTIONS}).length")
    assert page.evaluate(KEPT_QUESTIONS) == [["Second?"]]


def test_a_chat_deleted_in_one_tab_is_not_carried_on_in_another(page: Page) -> None:
    ask(page, "First?")
    page.wait_for_function("sessionStorage.getItem('parley.chat.')")
    other = page.context.new_page()
    other.goto(page.url)
    ask(other, "Elsewhere?")
    other.locator("#earlier-button").click()
    other.locator("#earlier").get_by_role("button", name=f"{ENGLISH.forget}: First?").click()
    expect(other.get_by_role("button", name=f"{ENGLISH.forget}: Elsewhere?")).to_be_focused()
    expect(page.locator("#conversation .placeholder")).to_be_visible()
    ask(page, "Second?")
    page.wait_for_function(f"({KEPT_QUESTIONS}).length === 2")
    assert page.evaluate(KEPT_QUESTIONS) == [["Elsewhere?"], ["Second?"]]


def test_a_question_is_kept_before_its_answer_comes(page: Page, echo: Echo) -> None:
    ask(page, "First?")
    begin_to_flow(page)
    page.wait_for_function(f"({KEPT_QUESTIONS}).flat().length === 2")
    other = page.context.new_page()
    other.goto(page.url)
    open_earlier(other, "First?")
    expect(other.locator("#conversation [data-testid=user]")).to_have_text(["First?", "flow"])
    reply = other.locator("#conversation [data-testid=bot]").last
    expect(reply).to_contain_text(ENGLISH.stopped)
    echo.release.set()
    act(reply, ENGLISH.retry).click()
    expect(said(reply)).to_have_text("flow It rained. [1]")


def test_nothing_else_is_asked_or_rated_while_an_answer_comes(page: Page, echo: Echo) -> None:
    ask(page, "First?")
    first = page.locator("#conversation [data-testid=bot]").first
    reply = begin_to_flow(page)
    page.keyboard.press("Control+.")
    act(reply, ENGLISH.retry).click()
    expect(reply).not_to_contain_text(ENGLISH.stopped)
    expect(reply).to_contain_text("on and on and")
    for name in (ENGLISH.retry, ENGLISH.like):
        expect(act(first, name)).to_be_disabled()
        act(first, name).click(force=True)
    page.locator("#question textarea").fill("Second?")
    page.keyboard.press("Enter")
    echo.release.set()
    expect(said(reply)).to_have_text("flow It rained. [1]")
    expect(act(first, ENGLISH.like)).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#stop")).to_have_count(0)
    expect(page.locator("#question textarea")).to_have_value("Second?")
    page.locator("#question textarea").press("Enter")
    expect(page.locator("#conversation [data-testid=user]")).to_have_text(["First?", "flow", "Second?"])
    assert len(echo.histories) == 4


def test_an_answer_is_copied_with_its_footnotes(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read"])
    act(ask(page, "So:"), ENGLISH.copy).click()
    expect(page.locator("#announcer")).to_have_text(ENGLISH.copied)
    assert (
        page.evaluate("navigator.clipboard.readText()") == "So: It rained. [1]\n\n[1] It rained., 0.txt: “It rained.”"
    )


def test_what_happened_is_told_in_a_line_that_unfolds(visit: Open, address: str, seeds: Assistant) -> None:
    reply = ask(visit(address).page, WHEN)
    passages = seeds.ask(WHEN).passages
    summary = reply.locator(".log summary")
    expect(summary).to_have_text(
        re.compile(rf"{len(passages)} passages from {len(set(passages))} articles · \d+\.\d s$")
    )
    expect(reply.locator(".log li").first).to_be_hidden()
    summary.click()
    expect(reply.locator(".log li")).to_have_count(len(set(passages)))


def test_what_the_articles_dont_say_comes_with_questions_that_they_answer(
    visit: Open, address: str, seeds: Assistant
) -> None:
    assert seeds.example_questions  # an answer waits for them no longer than a second
    page = visit(address).page
    reply = ask(page, UNKNOWN)
    offered = reply.locator("a.suggested")
    expect(offered).to_have_count(3)
    for question in offered.all_text_contents():
        assert seeds.ask(question).answered
    first = str(offered.first.text_content())
    offered.first.click()
    expect(page.locator("#conversation [data-testid=user]").nth(1)).to_have_text(first)
    expect(page.locator('#conversation a[href="#cite-1-1"]').first).to_be_visible()


def test_an_answer_waits_no_longer_for_suggestions_than_need_be(page: Page, echo: Echo) -> None:
    def seek() -> tuple[str, ...]:
        assert echo.release.wait(60)
        return ("Late?",)

    echo.examples = seek
    ask(page, "unknown", cites=False)
    expect(page.locator("#send")).to_be_visible()
    expect(said(ask(page, "Second?"))).to_have_text("Second? It rained. [1]")
    expect(page.locator("#conversation [data-testid=user]")).to_have_text(["unknown", "Second?"])


def test_opinions_are_kept_as_questions_that_an_evaluation_reads(visit: Open, address: str, seeds: Assistant) -> None:
    file = seeds.config.kept / "feedback.jsonl"
    file.unlink(missing_ok=True)
    page = visit(address).page
    act(ask(page, WHEN), ENGLISH.like).click()
    expect(page.locator("#announcer")).to_contain_text("feedback.jsonl")
    reply = ask(page, UNKNOWN)
    act(reply, ENGLISH.dislike).click()
    expect(act(reply, ENGLISH.dislike)).to_have_attribute("aria-pressed", "true")
    liked, disliked = read_gold(file)
    assert (liked.question, liked.kind, liked.answer_any) == (WHEN, "liked", ("August 2022",))
    assert set(liked.files_any) == {citation.source for citation in seeds.ask(WHEN).citations}
    assert (disliked.question, disliked.kind, disliked.history) == (UNKNOWN, "disliked", (WHEN,))
    act(reply, ENGLISH.dislike).click()
    expect(act(reply, ENGLISH.dislike)).to_have_attribute("aria-pressed", "false")
    assert [gold.question for gold in read_gold(file)] == [WHEN]


def test_someones_own_lines_of_feedback_are_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "kept" / "feedback.jsonl"
    file.parent.mkdir()
    file.write_text("# mine\n")
    answer = Answer("So?", "It rained. [1]", (Citation(1, "a.txt", "A", None, 0, 3, "abc", 1.0),), True, "So?")
    note_opinion(file, [Exchange("So?", answer, opinion="disliked")], 0)
    lines = file.read_text().splitlines()
    assert lines[0] == "# mine"
    assert json.loads(lines[1])["forbid"] == ["It rained."]


def test_a_line_separator_in_a_question_leaves_the_feedback_readable(tmp_path: Path) -> None:
    file, asked = tmp_path / "feedback.jsonl", ["Who said\u2028that?", "Where?"]
    for question in [*asked, *asked]:
        answer = Answer(
            question, "It rained. [1]", (Citation(1, "a.txt", "A", None, 0, 3, "abc", 1.0),), True, question
        )
        note_opinion(file, [Exchange(question, answer, opinion="liked")], 0)
    assert [gold.question for gold in read_gold(file)] == asked


def test_a_chat_is_found_again_after_a_restart_of_the_program_and_of_the_browser(
    visit: Open, closing: contextlib.ExitStack, seeds: Assistant
) -> None:
    with window(seeds) as address:
        before = visit(address)
        expect(said(ask(before.page, WHEN))).to_contain_text("August 2022")
        before.page.wait_for_function("Object.keys(localStorage).length")
        kept = before.context.storage_state()
        before.close()
    port = int(address.rsplit(":", 1)[1].strip("/"))
    address = closing.enter_context(window(seeds, port=port))
    page = visit(address, storage_state=kept).page
    expect(page.locator("#conversation [data-testid=bot]")).to_have_count(0)
    page.get_by_role("button", name=ENGLISH.earlier).click()
    page.locator("#earlier").get_by_role("button", name=WHEN).first.click()
    expect(said(page.locator("#conversation [data-testid=bot]"))).to_contain_text("August 2022")
    expect(page.locator("#pane .pane")).to_have_attribute("data-shows", "cite-0-1")
    expect(ask(page, UNKNOWN).locator("a.suggested")).to_have_count(3)
    page.locator("#question textarea").fill("And then?")
    page.reload()
    expect(page.locator("#conversation [data-testid=user]")).to_have_text([WHEN, UNKNOWN])
    expect(page.locator("#question textarea")).to_have_value("And then?")
    page.locator("#question textarea").press("Enter")
    expect(page.locator("#conversation [data-testid=user]")).to_have_text([WHEN, UNKNOWN, "And then?"])
    page.get_by_role("button", name=ENGLISH.earlier).click()
    page.get_by_role("button", name=ENGLISH.forget_all).click()
    page.locator("#confirm-forget").get_by_role("button", name=ENGLISH.forget_all).click()
    assert page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('parley.')).length") == 0


def test_a_kept_chat_whose_quotes_no_longer_stand_is_not_shown_as_proved(seeds: Assistant) -> None:
    answer = seeds.ask(WHEN)
    conversation = (Exchange(WHEN, answer, seconds=0.5), Exchange("x", failure="Stopped."))
    kept = write_conversation(conversation)
    copied = replace(answer, citations=tuple(replace(c, page=3, also_in=("b.txt",)) for c in answer.citations))
    (exchange,) = read_conversation(write_conversation((Exchange(WHEN, copied),)), seeds, ENGLISH)
    assert exchange.answer == copied
    assert [exchange.answer for exchange in read_conversation(kept, seeds, ENGLISH)] == [answer, None]
    forged = kept.replace(answer.citations[0].quote[:20], "Something never said")
    gone = kept.replace(answer.citations[0].source, "gone.txt")
    for unlike, told in ((forged, ENGLISH.changed_since), (gone, ENGLISH.removed_since)):
        read = read_conversation(unlike, seeds, ENGLISH)
        assert (read[0].answer, read[0].failure) == (None, told)
        assert json.loads(write_conversation(read)) == json.loads(unlike), "what is not shown was not kept on"


def test_a_kept_chat_ends_before_what_no_number_can_be(seeds: Assistant) -> None:
    kept = write_conversation((Exchange("x", failure="Stopped."),) * 2)
    endless = '"among": Infinity'.join(kept.rsplit('"among": null', 1))
    assert len(read_conversation(endless, seeds, ENGLISH)) == 1


@pytest.mark.parametrize("kept", [None, 7, "", "{", "[]", "{}", "[1]", '[{"question": "x"}]', "[" * 100_000])
def test_a_kept_chat_that_makes_no_sense_is_empty(seeds: Assistant, kept: object) -> None:
    assert read_conversation(kept, seeds, ENGLISH) == ()


class Quotes(HTMLParser):
    """Read the quotes and the tags of an exported page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.quotes: list[str] = []
        self.tags: set[str] = set()
        self._inside = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self.tags.add(tag)
        if tag == "blockquote":
            self.quotes.append("")
        self._inside = tag == "blockquote"

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "blockquote"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.quotes[-1] += data


def quotes_in(file: Path) -> list[str]:
    """Read the quotes back out of an exported file."""
    if file.suffix == ".docx":
        notes = ElementTree.fromstring(zipfile.ZipFile(file).read("word/footnotes.xml"))
        texts = [[str(part.text or "") for part in note.iter(f"{WORD}t")] for note in notes]
        return [parts[1] for parts in texts if parts]
    content = file.read_bytes().decode()
    if file.suffix == ".html":
        return Quotes(content).quotes
    return [quote for _, quote in re.findall(r"^(`{3,})text\n(.*?)\n\1$", content, re.DOTALL | re.MULTILINE)]


def test_an_exported_chat_holds_every_quote_byte_for_byte(
    visit: Open, address: str, seeds: Assistant, tmp_path: Path
) -> None:
    page = visit(address).page
    ask(page, OVERVIEW)
    reply = ask(page, UNKNOWN)
    cited = [*seeds.ask(OVERVIEW).citations, *seeds.ask(UNKNOWN).nearest]
    for citation in cited:
        assert seeds.article(citation.source).text[citation.start : citation.end] == citation.quote
    menu = reply.locator(".menu summary")
    for form in (ENGLISH.as_markdown, ENGLISH.as_html, ENGLISH.as_docx):
        menu.click()
        with page.expect_download() as download:
            reply.locator(".menu-more > div").nth(1).get_by_role("button", name=form).click()
        file = tmp_path / download.value.suggested_filename
        download.value.save_as(file)
        assert quotes_in(file) == [citation.quote for citation in cited], form


@pytest.mark.parametrize("form", ["markdown", "html", "docx"])
def test_an_export_tells_how_few_articles_were_asked(form: str) -> None:
    answer = Answer("So?", "It rained. [1]", (Citation(1, "a.txt", "A", None, 0, 3, "abc", 1.0),), True, "So?")
    few, all_of_them = (export([Exchange("So?", answer, among=among)], form) for among in (2, None))
    if form == "docx":
        few, all_of_them = (zipfile.ZipFile(io.BytesIO(file)).read("word/document.xml") for file in (few, all_of_them))
    assert b"Asked of 2 articles alone" in few
    assert b"Asked of" not in all_of_them


HARD = st.lists(
    st.sampled_from(
        ["<script>alert(1)</script>", "```", "````text", "\n", "\r\n", "\r", "[1]", "**", "&amp;", "“", "é"]
    ),
    min_size=1,
    max_size=12,
).map("".join)


@given(HARD)
def test_no_text_breaks_out_of_an_exported_file(text: str) -> None:
    quote = f"a{text}b"
    citation = Citation(1, f"{text}.txt", text, None, 0, len(quote), quote, 1.0)
    conversation = [Exchange(text, Answer(text, f"{text} said [1]", (citation,), True, f"{text}?"))]
    assert [note.quote for section in sections(conversation) for note in section.footnotes] == [quote]
    page = Quotes(export(conversation, "html").decode())
    assert page.quotes == [quote]
    assert page.tags.isdisjoint({"script", "img", "iframe", "form"})
    lines = export(conversation, "markdown").decode()
    assert quote in lines
    outside = re.sub(r"^(`{3,})text\n.*?\n\1$", "", lines, flags=re.DOTALL | re.MULTILINE)
    assert not re.search(r"(?<!\\)<", outside)
