"""Keep the words of the chat window in one place: English here, other languages as the same fields filled in anew."""

import re
from dataclasses import asdict, dataclass
from datetime import date as Date  # noqa: N812 - a field is called so

from qa import NOT_SAID

__all__ = ["ENGLISH", "Strings"]


@dataclass(frozen=True)
class Strings:
    """Hold every word of the window; what stands in braces is filled in by `format`."""

    articles: str = "Articles"
    new_chat: str = "New chat"
    earlier: str = "Earlier chats"
    shortcuts: str = "Keyboard"
    send: str = "Send"
    stop: str = "Stop"
    close: str = "Close"
    cancel: str = "Cancel"
    question: str = "Question"
    answer: str = "Answer"
    question_hint: str = "Ask about the articles …"
    conversation: str = "Conversation"
    evidence: str = "Evidence"
    welcome: str = "What would you like to know?"
    welcome_detail: str = (
        "Every answer quotes the articles word for word. Choose a number such as [1] to read the quote in its article."
    )
    reading: str = "Reading the articles …"
    stopped: str = "Stopped."
    broken: str = "Something went wrong while answering. The terminal that runs Parley says more."
    changed_since: str = (
        "An article quoted here has changed since. Ask again for an answer from the articles as they are."
    )
    removed_since: str = (
        "An article quoted here is no longer in the folder. Ask again for an answer from the articles that are there."
    )
    gone: str = "The article that you chose is no longer in the folder."
    none_to_ask: str = "No article matches what the list is narrowed to, so there is none to ask."
    too_long: str = "The question has {length:,} characters; ask it in at most {limit:,}."

    # what happened, above an answer
    read_as: str = "Read as: {question}"
    passages: str = "{passages} from {articles}"
    seconds: str = "{seconds:.1f} s"
    one_passage: str = "1 passage"
    some_passages: str = "{number:,} passages"
    passages_read: str = "The passages came from these articles:"
    written_by: str = "Written by {model}; each sentence was checked against the words it cites."
    only_among: str = "asked of {articles} alone"

    # below an answer
    sources: str = "Sources"
    quotes: str = "Quotes in this answer"
    closest: str = "Closest passages"
    not_said: str = NOT_SAID
    not_mentioned: str = "No article mentions"
    they_do_say: str = "The articles do answer:"
    also_in: str = "Also in {files}"
    open_quote: str = "Show the quote in “{title}”"
    copy: str = "Copy"
    copied: str = "Copied with its footnotes"
    retry: str = "Retry"
    edit: str = "Edit"
    retry_hint: str = "Answer the question anew; what follows it is dropped"
    edit_hint: str = "Edit the question"
    copy_hint: str = "Copy the answer with its footnotes"
    like: str = "Good"
    like_hint: str = "A good answer"
    dislike: str = "Bad"
    dislike_hint: str = "A bad answer"
    noted: str = "Noted in {file}"
    not_noted: str = "Could not be noted: {reason}"
    export: str = "Export"
    as_markdown: str = "Markdown"
    as_html: str = "HTML"
    as_docx: str = "Word"
    export_one: str = "This answer as"
    export_all: str = "The whole chat as"
    exported: str = "Exported as {name}"
    editing: str = "Editing an earlier question; what follows it will be dropped."
    shown_quote: str = "Quote {number} of {total}, in {title}"
    shown_passage: str = "Passage {number} of {total}, in {title}"
    previous: str = "Previous"
    next: str = "Next"

    # the library
    search: str = "Search"
    search_hint: str = "Title or file"
    outlet: str = "Outlet"
    any_outlet: str = "Any outlet"
    since: str = "From"
    until: str = "To"
    add: str = "Add articles"
    sync: str = "Sync folder"
    sync_anyway: str = "They are meant to be gone"
    syncing: str = "Syncing …"
    drop_here: str = "Drop the files to add them to the folder"
    uploading: str = "Adding {name} …"
    not_added: str = "Not added"
    up_to_date: str = "The folder is in sync."
    synced: str = "In sync again: {added} added, {updated} updated, {removed} removed."
    on_disk: str = "The folder has changed: {added} added, {updated} changed, {removed} removed."
    remove: str = "Remove"
    remove_question: str = "Remove “{title}” from the articles?"
    remove_detail: str = "Its file is moved out of the folder and kept; you can put it back."
    removed: str = "“{title}” was removed. Its file is kept at {place}."
    undo: str = "Put it back"
    put_back: str = "“{name}” is back."
    left_out: str = "Not indexed"
    no_articles: str = "There are no articles here yet. Add some, or drop them here."
    none_match: str = "No article matches."
    matching: str = "{shown} of {total}; answers come from these alone."
    narrowed: str = "Answers come from {shown} of {total} alone."
    all_again: str = "Ask all articles"
    more: str = "And {number:,} more; search to find them."
    article_text: str = "Article text"
    untitled: str = "Untitled article"
    is_indexed: str = "indexed"
    one_article: str = "1 article"
    some_articles: str = "{number:,} articles"
    one_word: str = "1 word"
    some_words: str = "{number:,} words"
    holds: str = "{folder} · {articles}"
    date: str = "{month} {day}, {year}"
    months: tuple[str, ...] = (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    )  # fmt: skip

    # earlier chats, and the keyboard
    earlier_none: str = "Chats are kept in this browser, and nowhere else. There is none yet."
    earlier_kept: str = "Kept in this browser, and nowhere else."
    forget: str = "Delete"
    forget_all: str = "Delete all"
    forget_question: str = "Delete all earlier chats?"
    forget_detail: str = "They are kept in this browser alone, and can't be brought back."
    keys: tuple[tuple[str, str], ...] = (
        ("Ctrl K", "Write a question"),
        ("Ctrl .", "Stop the answer"),
        ("Enter", "Send; with Shift, a new line"),
        ("Tab", "Go through the numbers, sources and buttons"),
        ("← →", "Previous and next quote, while reading the article"),
        ("Esc", "Back from the article to the answer"),
    )

    # patterns of the English reasons why a file is left out, each with what it is in another language
    reasons: tuple[tuple[str, str], ...] = ()

    def reason(self, english: str) -> str:
        """Say why a file is left out; as in English where no other words are there."""
        for pattern, words in self.reasons:
            if found := re.fullmatch(pattern, english):
                return found.expand(words)
        return english

    def count_articles(self, number: int) -> str:
        """Say how many articles there are."""
        return self.one_article if number == 1 else self.some_articles.format(number=number)

    def count_words(self, number: int) -> str:
        """Say how long a text is."""
        return self.one_word if number == 1 else self.some_words.format(number=number)

    def count_passages(self, number: int) -> str:
        """Say how many passages were read."""
        return self.one_passage if number == 1 else self.some_passages.format(number=number)

    def on_date(self, day: Date | None) -> str:
        """Write a date out; nothing where it is not known."""
        return self.date.format(month=self.months[day.month - 1], day=day.day, year=day.year) if day else ""

    def words(self) -> dict[str, str]:
        """Give the plain words by name, as Gradio's labels take them."""
        return {name: words for name, words in asdict(self).items() if isinstance(words, str)}


ENGLISH = Strings()
