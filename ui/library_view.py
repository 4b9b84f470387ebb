"""Write the library: what the list is narrowed by, the articles, and what became of added files.

All text passes through `html.escape`. `ui/chat.js` turns `data-do` and `data-show` into events.
"""

import html
from collections.abc import Mapping, Sequence

from qa import SyncReport

from .pane import framed, shown_title
from .shelf import Filter, Shelf, Shelved
from .strings import Strings
from .text import one_line

__all__ = ["editing_note", "folder_note", "library_tools", "library_view", "narrowed_note", "outcome", "progress_bar"]

# More than anyone reads through; the search finds the others.
MOST_SHOWN = 300


def library_tools(shelf: Shelf, wanted: Filter, say: Strings, *, may_change: bool) -> str:
    """Write the controls above the list; `may_change` tells whether files may be added and removed from here."""
    options = "".join(
        f'<option value="{html.escape(name)}"{" selected" if name == wanted.outlet else ""}>'
        f"{html.escape(name)}</option>"
        for name in shelf.outlets
    )
    e = html.escape
    outlet = (
        f'<label>{e(say.outlet)}<select name="outlet"><option value="">{e(say.any_outlet)}</option>{options}</select>'
        "</label>"
    )
    choose = (
        f'<label class="add">{e(say.add)}<input type="file" multiple data-do="add"></label>'
        f'<button type="button" data-do="sync">{e(say.sync)}</button>'
    )
    return (
        f'<div class="tools" data-removing="{e(say.remove_question)}" data-uploading="{e(say.uploading)}">'
        f'<div class="tools-head"><h2>{e(say.articles)}</h2>{choose if may_change else ""}</div>'
        '<div class="filters" role="search">'
        f'<label class="wide">{e(say.search)}<input type="search" name="text" value="{e(wanted.text)}"'
        f' placeholder="{e(say.search_hint)}" autocomplete="off"></label>'
        f"{outlet if options else ''}"
        f'<label>{e(say.since)}<input type="date" name="since" value="{wanted.since or ""}"></label>'
        f'<label>{e(say.until)}<input type="date" name="until" value="{wanted.until or ""}"></label>'
        f'</div><p class="drop-hint" aria-hidden="true">{e(say.drop_here)}</p></div>'
    )


def library_view(shelf: Shelf, wanted: Filter, say: Strings, *, may_change: bool, told: str = "") -> str:
    """Write the list of the articles that a filter lets through, each a button that opens it, and what is left out.

    `told` stands above it, and is read out.
    """
    found = shelf.matching(wanted)
    items = "\n".join(_item(article, say, may_change=may_change) for article in found[:MOST_SHOWN])
    more = f'<p class="told">{html.escape(say.more.format(number=len(found) - MOST_SHOWN))}</p>'
    parts = [
        f'<p class="gone">{html.escape(told)}</p>' if told else "",
        _told(shelf, found, wanted, say),
        f'<ul class="articles">{items}</ul>' if items else "",
        more if len(found) > MOST_SHOWN else "",
        _left_out(shelf.left_out, say),
    ]
    return framed("list", f'<div class="scroll" tabindex="-1">{"".join(parts)}</div>', say, announce=told)


def _told(shelf: Shelf, found: Sequence[Shelved], wanted: Filter, say: Strings) -> str:
    total = say.count_articles(len(shelf.articles))
    if not shelf.articles:
        words = say.no_articles
    elif wanted == Filter():
        words = total
    else:
        words = say.matching.format(shown=len(found), total=total) if found else say.none_match
    return f'<p class="told" role="status">{html.escape(words)}</p>'


def _item(article: Shelved, say: Strings, *, may_change: bool) -> str:
    facts = [
        article.outlet,
        say.on_date(article.published),
        say.count_words(article.words),
        one_line(article.source),
        say.is_indexed,
    ]
    title = html.escape(shown_title(article.title, article.source, say))
    source = html.escape(article.source)
    remove = (
        f'<button type="button" class="remove" data-do="remove" data-source="{source}" data-title="{title}"'
        f' aria-label="{html.escape(say.remove)}: {title}" title="{html.escape(say.remove)}">×</button>'
    )
    return (
        f'<li><button type="button" class="open" data-show="article" data-source="{source}">'
        f'<span class="title">{title}</span>'
        f'<span class="meta">{html.escape(" · ".join(fact for fact in facts if fact))}</span></button>'
        f"{remove if may_change else ''}</li>"
    )


def _left_out(reasons: Mapping[str, str], say: Strings) -> str:
    if not reasons:
        return ""
    return (
        f'<details class="left-out"><summary>{html.escape(say.left_out)} <span class="count">{len(reasons):,}</span>'
        f"</summary>{_reasons(list(reasons.items())[:MOST_SHOWN], say)}</details>"
    )


def _reasons(pairs: Sequence[tuple[str, str]], say: Strings) -> str:
    lines = "".join(
        f"<li><b>{html.escape(one_line(name))}</b> {html.escape(one_line(say.reason(reason)))}</li>"
        for name, reason in pairs
    )
    return f'<ul class="reasons">{lines}</ul>'


def progress_bar(words: str, done: int = 0, total: int = 0) -> str:
    """Show how far work has come; without a total, only that it goes on."""
    how_far = f' value="{done}" max="{total}"' if total else ""
    return f'<div class="status" role="status"><label>{html.escape(words)}<progress{how_far}></progress></label></div>'


def outcome(
    words: str, refused: Sequence[tuple[str, str]], say: Strings, *, undo: str = "", anyway: bool = False
) -> str:
    """Tell what became of a change: in words, with the files that were refused.

    `undo` is the ticket to undo it; `anyway` offers a sync that takes what is gone for meant to be.
    """
    button = (
        f'<button type="button" data-do="undo" data-ticket="{html.escape(undo)}">{html.escape(say.undo)}</button>'
        if undo
        else ""
    )
    if anyway:
        button += f' <button type="button" data-do="sync-anyway">{html.escape(say.sync_anyway)}</button>'
    listed = f"<p><b>{html.escape(say.not_added)}</b></p>{_reasons(refused, say)}" if refused else ""
    told = f"<p>{html.escape(words)} {button}</p>" if words else ""
    close = f'<button type="button" class="dismiss" data-do="dismiss" aria-label="{html.escape(say.close)}">×</button>'
    return f'<div class="status" role="status">{told}{listed}{close}</div>'


def folder_note(report: SyncReport, say: Strings) -> str:
    """Offer a sync where the folder is no longer what is indexed; nothing where it is."""
    if not report.changed:
        return ""
    words = say.on_disk.format(added=len(report.added), updated=len(report.updated), removed=len(report.removed))
    return (
        f'<div class="status" role="status"><p>{html.escape(words)} '
        f'<button type="button" data-do="sync">{html.escape(say.sync)}</button></p></div>'
    )


def narrowed_note(shelf: Shelf, wanted: Filter, say: Strings) -> str:
    """Say above the question that only some articles are asked; nothing where all are."""
    if wanted == Filter():
        return ""
    shown, total = len(shelf.matching(wanted)), say.count_articles(len(shelf.articles))
    return (
        f'<p class="narrowed">{html.escape(say.narrowed.format(shown=shown, total=total))} '
        f'<button type="button" data-do="all">{html.escape(say.all_again)}</button></p>'
    )


def editing_note(say: Strings) -> str:
    """Say above the question that an earlier one is being edited."""
    return (
        f'<p class="narrowed">{html.escape(say.editing)} '
        f'<button type="button" data-do="leave-edit">{html.escape(say.cancel)}</button></p>'
    )
