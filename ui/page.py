"""Lay out the window's page: the parts that all of its events work on."""

import html
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from qa import Assistant

from .languages import LANGUAGES, language_of
from .library import Library
from .library_view import editing_note, library_tools, library_view, narrowed_note
from .render import literal
from .shelf import Filter
from .strings import ENGLISH, Strings
from .text import one_line

__all__ = ["I18N", "PRODUCT", "Edit", "Page", "Update", "dialogs_html", "placeholder", "words_for"]

PRODUCT = "Parley"
HERE = Path(__file__).parent
SCRIPTS = ("chat.js", "library.js", "earlier.js")
I18N = gr.I18n(**{code: words.words() for code, words in LANGUAGES.items()})
SECONDS_BETWEEN_LOOKS = 20

Update = dict[Any, Any]


def words_for(request: gr.Request) -> Strings:
    """Give the words in the language that the browser asks for."""
    return language_of(request.headers.get("accept-language"))


@dataclass(frozen=True)
class Edit:
    """Hold the place of the earlier question that is edited, and the draft that it took the place of."""

    index: int
    draft: str


@dataclass
class Page:
    """Hold the page's parts. What a tab holds is in the `State`s; nothing else is kept between two calls."""

    assistant: Assistant
    library: Library
    may_change: bool
    blocks: gr.Blocks

    def __post_init__(self) -> None:
        """Lay the parts out; call it inside of `gr.Blocks`."""
        self.conversation = gr.State(())
        self.wanted = gr.State(Filter())
        self.editing = gr.State(None)
        with gr.Row(elem_id="top"):
            self.brand = gr.HTML(self.brand_html(ENGLISH), elem_id="brand")
            gr.Button(I18N("articles"), elem_id="articles-button", size="sm")
            gr.Button(I18N("earlier"), elem_id="earlier-button", size="sm")
            gr.Button("?", elem_id="keys-button", size="sm")
            self.new_chat = gr.Button(I18N("new_chat"), elem_id="new-chat", size="sm")
        with gr.Row(elem_id="panes"):
            self._lay_out_talk()
            self._lay_out_evidence()
        self.dialogs = gr.HTML(dialogs_html(ENGLISH), elem_id="dialogs", apply_default_css=False)
        # what Python has for the browser to do: keep the chat, copy, download
        self.outbox = gr.HTML(
            "", html_template="<span></span>", elem_id="outbox", js_on_load=_script("outbox.js"), visible="hidden"
        )
        self.clock = gr.Timer(SECONDS_BETWEEN_LOOKS)

    def _lay_out_talk(self) -> None:
        with gr.Column(elem_id="talk"):
            self.chatbot = gr.Chatbot(
                label=ENGLISH.conversation,
                show_label=False,
                elem_id="conversation",
                height="100%",
                placeholder=placeholder(ENGLISH),
                buttons=[],
                feedback_options=None,
                autoscroll=False,
                latex_delimiters=[],
                allow_tags=False,
            )
            self.note = gr.HTML("", elem_id="note", apply_default_css=False)
            with gr.Row(elem_id="ask"):
                self.question = gr.Textbox(
                    label=I18N("question"),
                    show_label=False,
                    placeholder=I18N("question_hint"),
                    lines=1,
                    max_lines=6,
                    autofocus=True,
                    container=False,
                    elem_id="question",
                )
                self.send = gr.Button(I18N("send"), variant="primary", elem_id="send", min_width=88)
                self.stop = gr.Button(I18N("stop"), elem_id="stop", min_width=88, visible=False)

    def _lay_out_evidence(self) -> None:
        with gr.Column(elem_id="evidence"):
            self.tools = gr.HTML(self.tools_html(Filter(), ENGLISH), elem_id="library-tools", apply_default_css=False)
            self.folder = gr.HTML("", elem_id="folder-note", apply_default_css=False)
            self.status = gr.HTML("", elem_id="library-status", apply_default_css=False)
            self.pane = gr.HTML(
                self.overview(Filter(), ENGLISH),
                elem_id="pane",
                js_on_load="\n".join(map(_script, SCRIPTS)),
                apply_default_css=False,
            )

    def overview(self, wanted: Filter, say: Strings, told: str = "") -> str:
        """Write the list of articles; `told` is why it shows."""
        return library_view(self.library.shelf, wanted, say, may_change=self.may_change, told=told)

    def note_html(self, editing: Edit | None, wanted: Filter, say: Strings) -> str:
        """Write what stands above the question: that an earlier one is edited, or else what is narrowed."""
        return narrowed_note(self.library.shelf, wanted, say) if editing is None else editing_note(say)

    def tools_html(self, wanted: Filter, say: Strings) -> str:
        """Write what stands above the list."""
        return library_tools(self.library.shelf, wanted, say, may_change=self.may_change)

    def brand_html(self, say: Strings) -> str:
        """Write the product's name and what it answers from."""
        articles = say.count_articles(len(self.library.shelf.articles))
        about = say.holds.format(folder=one_line(self.assistant.config.articles.name), articles=articles)
        return (
            f'<h1>{PRODUCT}</h1><p>{html.escape(about)}</p><div id="announcer" role="status" aria-live="polite"'
            f' data-user="{html.escape(say.question)}" data-bot="{html.escape(say.answer)}"></div>'
        )

    def among(self, wanted: Filter) -> list[str] | None:
        """Name the sources to ask; None for all."""
        if wanted == Filter():
            return None
        return [article.source for article in self.library.shelf.matching(wanted)]


def placeholder(say: Strings) -> str:
    """Write what stands where the conversation will be, in Markdown."""
    return f"## {literal(say.welcome)}\n\n{literal(say.welcome_detail)}"


def dialogs_html(say: Strings) -> str:
    """Write the dialogs that the script opens: earlier chats, the keys, and whether to remove or delete something."""
    e = html.escape
    keys = "".join(f"<div><dt>{e(key)}</dt><dd>{e(what)}</dd></div>" for key, what in say.keys)
    close = f'<button type="button" data-do="close-dialog">{e(say.close)}</button>'
    return (
        f'<dialog id="earlier" aria-label="{e(say.earlier)}" data-forget="{e(say.forget)}"'
        f' data-none="{e(say.earlier_none)}" data-kept="{e(say.earlier_kept)}"><h2>{e(say.earlier)}</h2>'
        "<p></p><ul></ul>"
        f'<div class="buttons"><button type="button" data-do="ask-forget-all">{e(say.forget_all)}</button>'
        f"{close}</div></dialog>"
        f'<dialog id="keys" aria-label="{e(say.shortcuts)}"><h2>{e(say.shortcuts)}</h2><dl>{keys}</dl>'
        f'<div class="buttons">{close}</div></dialog>'
        + _confirming("confirm", "confirm", say.remove, "", say.remove_detail, say)
        + _confirming("confirm-forget", "forget-all", say.forget_all, say.forget_question, say.forget_detail, say)
    )


def _confirming(name: str, what: str, label: str, question: str, detail: str, say: Strings) -> str:
    """Write the dialog that asks whether to do something; the script fills in a question that is empty."""
    e = html.escape
    return (
        f'<dialog id="{name}" aria-label="{e(label)}"><h2>{e(question)}</h2><p>{e(detail)}</p>'
        f'<div class="buttons"><button type="button" class="primary" data-do="{what}">{e(label)}</button>'
        f'<button type="button" data-do="close-dialog">{e(say.cancel)}</button></div></dialog>'
    )


def _script(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")
