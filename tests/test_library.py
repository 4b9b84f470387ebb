"""The library: the folder as the window changes it, without a browser and then in one."""

import contextlib
import http.client
import json
from datetime import date
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from browser import Show, ask, said
from conftest import MakeFolder
from hypothesis import given
from hypothesis import strategies as st
from made_up import Told
from playwright.sync_api import Page, expect

from qa import Assistant
from ui.chat import window
from ui.library import Library, LibraryError, safe_name
from ui.shelf import Filter, Shelf
from ui.strings import ENGLISH

TALKS = "Talks in Geneva\n\nThe ministers met in Geneva on Monday. They agreed to talk again in spring.\n"
TARIFFS = "Steel tariffs rise\n\nTariffs on steel rose to twenty percent. Exporters in Ohio complained loudly.\n"
PANDAS = "Two pandas arrive\n\nTwo giant pandas arrived at the zoo in San Diego on Friday. Visitors queued for hours.\n"


@pytest.fixture
def assistant(closing: contextlib.ExitStack, make_folder: MakeFolder, tmp_path: Path) -> Assistant:
    folder = make_folder({"talks.txt": TALKS, "tariffs.txt": TARIFFS})
    assistant = closing.enter_context(Assistant.open(folder, tmp_path / "index"))
    assistant.sync()
    return assistant


@pytest.fixture
def library(assistant: Assistant) -> Library:
    return Library(assistant)


@given(st.text(max_size=300))
def test_a_file_name_stays_in_its_folder_on_every_system(name: str) -> None:
    try:
        safe = safe_name(name)
    except LibraryError:
        return
    assert Path(safe).name == safe
    assert not set(safe) & set('<>:"/\\|?*\r\n\0')
    assert not safe.startswith(".")
    assert len(safe.encode()) <= 140
    assert safe_name(safe) == safe


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\a.txt", "a.txt"),
        (".hidden.txt", "hidden.txt"),
        ("CON.txt", "_CON.txt"),
        ("<script>alert(1)</script>.md", "script-.md"),
        ("a\u202egpj.txt", "agpj.txt"),
        ("News & views, 3 May.html", "News & views, 3 May.html"),
    ],
)
def test_a_file_name_is_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize("name", ["", "..", "/", "a/", "...", "x.aVeryLongSuffixIndeed"])
def test_what_is_no_file_name_is_refused(name: str) -> None:
    with pytest.raises(LibraryError, match="rename it"):
        safe_name(name)


def test_added_articles_answer_after_a_sync_and_failures_are_taken_out_again(
    library: Library, assistant: Assistant
) -> None:
    assert library.add("pandas.txt", PANDAS.encode()) == "pandas.txt"
    assert library.add("pandas.txt", b"Another file\n\nIt rained in Bern on Sunday.\n") == "pandas 2.txt"
    assert library.add("broken.txt", b"\0\0\0") == "broken.txt"
    for twin in ("again.txt", "talks.txt"):
        with pytest.raises(LibraryError, match=r"already here as 'pandas\.txt'"):
            library.add(twin, PANDAS.encode())
    with pytest.raises(LibraryError, match=r"already here as 'talks\.txt'"):
        library.add("other.txt", TALKS.encode())
    report, refused = library.sync()
    assert report.added == ("pandas 2.txt", "pandas.txt")
    assert list(refused) == ["broken.txt"]
    assert "NUL" in refused["broken.txt"]
    assert not (assistant.config.articles / "broken.txt").exists()
    assert "San Diego" in assistant.ask("Where did the giant pandas arrive?").text
    assert library.shelf.articles[0].source == "pandas 2.txt"


def test_an_upload_never_overwrites_or_follows_a_link(library: Library, assistant: Assistant, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    (assistant.config.articles / "link.txt").symlink_to(outside)
    assert library.add("link.txt", PANDAS.encode()) == "link 2.txt"
    assert not outside.exists()


def test_a_removed_article_is_kept_and_comes_back(library: Library, assistant: Assistant) -> None:
    ticket = library.remove("talks.txt")
    report, _ = library.sync()
    assert report.removed == ("talks.txt",)
    assert not assistant.ask("Where did the ministers meet?").answered
    assert library.put_back(ticket) == "talks.txt"
    library.sync()
    assert "Geneva" in assistant.ask("Where did the ministers meet?").text
    with pytest.raises(LibraryError, match="not among"):
        library.put_back(ticket)


@pytest.mark.parametrize("stamp", ["..", ".", "", "2024", "../kept", "2024-05-13T10-00-00.000000Z/.."])
def test_only_what_was_removed_is_put_back(library: Library, assistant: Assistant, stamp: str) -> None:
    (assistant.config.kept / "removed" / "2024").mkdir(parents=True, exist_ok=True)
    decoys = [assistant.config.kept / place / "decoy.txt" for place in (".", "removed", "removed/2024")]
    for decoy in decoys:
        decoy.write_text("Nobody removed this.")
    with pytest.raises(LibraryError, match="not among"):
        library.put_back(f"{stamp}/decoy.txt")
    assert all(decoy.exists() for decoy in decoys)


def test_what_is_added_during_a_sync_is_taken_up_or_refused_by_the_next(library: Library) -> None:
    library.add("pandas.txt", PANDAS.encode())
    added: list[str] = []

    def add(*_: int) -> None:
        added.extend([] if added else [library.add("late.bin", b"late")])

    library.sync(add)
    assert added == ["late.bin"]
    assert list(library.sync()[1]) == ["late.bin"]
    assert not (library.folder / "late.bin").exists()


def test_the_last_article_stays(library: Library, assistant: Assistant) -> None:
    (library.folder / "notes.xyz").write_text("This is no article.")
    library.remove("talks.txt")
    for _ in range(2):  # before that is synced, and after
        with pytest.raises(LibraryError, match=r"'tariffs\.txt' is the last article.*add another"):
            library.remove("tariffs.txt")
        library.sync(confirmed=True)
    assert "twenty" in assistant.ask("To what did tariffs on steel rise?").text
    library.add("pandas.txt", PANDAS.encode())
    library.remove("tariffs.txt")
    assert library.sync(confirmed=True)[0].added == ("pandas.txt",)


@pytest.mark.parametrize("source", ["../outside.txt", "/etc/passwd", "none.txt", "", ".", "link.txt"])
def test_only_files_of_the_folder_can_be_removed(library: Library, tmp_path: Path, source: str) -> None:
    (tmp_path / "outside.txt").write_text("Not an article of the folder.")
    (library.folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    with pytest.raises(LibraryError, match="is no file"):
        library.remove(source)
    with pytest.raises(LibraryError, match="not among"):
        library.put_back(f"../{source}")
    assert (tmp_path / "outside.txt").exists()


def test_a_changed_folder_is_noticed(library: Library) -> None:
    assert not library.pending().changed
    (library.folder / "pandas.txt").write_text(PANDAS)
    (library.folder / "talks.txt").unlink()
    assert (library.pending().added, library.pending().removed) == (("pandas.txt",), ("talks.txt",))
    library.sync()
    assert not library.pending().changed


SHELF = Shelf.fill(
    [
        Told("a/x.txt", "Ministers meet", "One two", date(2024, 1, 3), outlet="AP"),
        Told("b/y.txt", "Steel rises", "One", date(2024, 2, 1), outlet="CNN"),
        Told("c/z.txt", "Steel falls", "One"),
    ],
    {},
)


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, "xyz"),
        (None, "xyz"),
        ({"text": "steel"}, "yz"),
        ({"text": "STEEL b/"}, "y"),
        ({"outlet": "AP"}, "x"),
        ({"since": "2024-01-04"}, "y"),
        ({"until": "2024-01-03"}, "x"),
        ({"since": "2024-01-03", "until": "2024-02-01"}, "xy"),
        ({"since": "yesterday", "until": 7}, "xyz"),
        ({"text": "nothing"}, ""),
    ],
)
def test_a_filter_keeps_what_has_all_of_it(fields: object, found: str) -> None:
    assert "".join(article.source[2] for article in SHELF.matching(Filter.read(fields))) == found


@pytest.fixture
def page(show: Show, assistant: Assistant) -> Page:
    return show(assistant).page


def titles(page: Page) -> list[str]:
    return page.locator("#pane .articles .title").all_text_contents()


def test_articles_are_uploaded_with_the_reasons_for_what_is_not_added(page: Page, tmp_path: Path) -> None:
    files = {"pandas.txt": PANDAS.encode(), "copy.txt": TALKS.encode(), "<b>broken.txt": b"\0"}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    page.locator("#library-tools input[type=file]").set_input_files([tmp_path / name for name in files])
    assert page.locator("#library-tools input[type=file]").input_value() == ""  # the same may be chosen again
    status = page.locator("#library-status")
    expect(status).to_contain_text("1 added")
    expect(status).to_contain_text("copy.txt the same file is already here as 'talks.txt'")
    expect(status).to_contain_text("-b-broken.txt a binary file")
    expect(page.locator("#pane .articles .open")).to_have_count(3)
    expect(page.locator("#brand")).to_contain_text("3 articles")
    expect(ask(page, "Where did the giant pandas arrive?")).to_contain_text("San Diego")


def test_a_dropped_file_is_added(page: Page) -> None:
    drop = page.evaluate_handle(
        """text => {
          const files = new DataTransfer();
          files.items.add(new File([text], "pandas.txt"));
          return files;
        }""",
        PANDAS,
    )
    page.dispatch_event("#pane", "dragover", {"dataTransfer": drop})
    expect(page.locator(".drop-hint")).to_be_visible()
    page.dispatch_event("#pane", "drop", {"dataTransfer": drop})
    expect(page.locator("#pane .articles .open")).to_have_count(3)


def test_a_removal_is_confirmed_and_can_be_undone(page: Page, assistant: Assistant) -> None:
    remove = page.get_by_role("button", name=f"{ENGLISH.remove}: Talks in Geneva")
    remove.click()
    page.locator("#confirm").get_by_role("button", name=ENGLISH.cancel).click()
    expect(page.locator("#confirm")).to_be_hidden()
    remove.click()
    expect(page.locator("#confirm")).to_contain_text("Remove “Talks in Geneva”")
    page.locator("#confirm").get_by_role("button", name=ENGLISH.remove).click()
    expect(page.locator("#pane .articles .open")).to_have_count(1)
    assert not (assistant.config.articles / "talks.txt").exists()
    page.get_by_role("button", name=ENGLISH.undo).click()
    expect(page.locator("#pane .articles .open")).to_have_count(2)
    assert (assistant.config.articles / "talks.txt").read_text() == TALKS


def test_a_folder_changed_on_disk_is_offered_for_sync(page: Page, assistant: Assistant) -> None:
    (assistant.config.articles / "pandas.txt").write_text(PANDAS)
    page.reload()
    note = page.locator("#folder-note")
    expect(note).to_contain_text("1 added")
    note.get_by_role("button", name=ENGLISH.sync).click()
    expect(page.locator("#library-status")).to_contain_text("1 added")
    expect(note).to_be_hidden()
    expect(page.locator("#pane .articles .open")).to_have_count(3)


def test_a_citation_of_a_changed_or_removed_article_is_told_and_not_marked(page: Page, assistant: Assistant) -> None:
    link = ask(page, "Where did the ministers meet?").locator('a[href="#cite-0-1"]').first
    expect(page.locator("#pane mark.current")).to_contain_text("Geneva")
    file = assistant.config.articles / "talks.txt"
    file.write_text("A correction stands here now.\n\n" + TALKS)
    page.locator("#pane [data-show=list]").click()
    page.locator("#library-tools [data-do=sync]").click()
    expect(page.locator("#library-status")).to_contain_text("1 updated")
    link.click()
    expect(page.locator("#pane .changed")).to_have_text(ENGLISH.changed_since)
    expect(page.locator("#announcer")).to_have_text(ENGLISH.changed_since)
    expect(page.locator("#pane mark")).to_have_count(0)
    file.unlink()
    page.reload()
    reply = page.locator("#conversation [data-testid=bot]")
    expect(reply).to_contain_text(ENGLISH.changed_since)
    page.locator("#pane .articles .open").first.click()
    page.locator("#folder-note [data-do=sync]").click()
    expect(page.locator("#library-status")).to_contain_text("1 removed")
    page.reload()
    expect(reply).to_contain_text(ENGLISH.removed_since)
    ask(page, "To what did tariffs on steel rise?")
    file.write_text(TALKS)
    assistant.sync()
    page.reload()
    expect(said(reply.first)).to_contain_text("Geneva")
    file.unlink()
    assistant.sync()
    link.click()
    expect(page.locator("#pane .gone")).to_have_text(ENGLISH.gone)
    expect(page.locator("#announcer")).to_have_text(ENGLISH.gone)


def test_a_narrowed_list_limits_the_answers(page: Page) -> None:
    page.locator("#articles-button").click()
    search = page.locator("#library-tools [name=text]")
    search.fill("steel")
    expect(page.locator("#pane .told")).to_have_text("1 of 2 articles; answers come from these alone.")
    page.keyboard.press("Escape")
    expect(page.locator("#pane .told")).to_have_text("2 articles")
    expect(search).to_have_value("")
    expect(search).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#articles-button")).to_be_focused()
    search.fill("two")
    expect(page.locator("#note")).to_contain_text("0 of 2 articles")
    expect(ask(page, "Where did the ministers meet?", cites=False)).to_contain_text(ENGLISH.none_to_ask)
    search.fill("steel")
    expect(page.locator("#pane .told")).to_have_text("1 of 2 articles; answers come from these alone.")
    assert titles(page) == ["Steel tariffs rise"]
    reply = ask(page, "Where did the ministers meet?")
    expect(reply).not_to_contain_text("Geneva")
    expect(reply.locator(".log summary")).to_contain_text("from 1 article · asked of 1 article alone")
    page.locator("#note").get_by_role("button", name=ENGLISH.all_again).click()
    expect(page.locator("#note .narrowed")).to_have_count(0)
    expect(ask(page, "Where did the ministers meet?")).to_contain_text("Geneva")


def test_what_is_narrowed_and_edited_stays_so_through_a_sync(page: Page, assistant: Assistant) -> None:
    ask(page, "Where did the ministers meet?").get_by_role("button", name=ENGLISH.edit, exact=True).click()
    expect(page.locator("#note")).to_contain_text(ENGLISH.editing)
    page.locator("#pane [data-show=list]").click()
    search = page.locator("#library-tools [name=text]")
    search.fill("two")
    expect(page.locator("#pane .told")).to_have_text(ENGLISH.none_match)
    expect(page.locator("#note")).to_contain_text(ENGLISH.editing)
    (assistant.config.articles / "pandas.txt").write_text(PANDAS)
    page.locator("#library-tools [data-do=sync]").click()
    expect(page.locator("#pane .told")).to_have_text("1 of 3 articles; answers come from these alone.")
    expect(search).to_have_value("two")
    expect(page.locator("#note")).to_contain_text(ENGLISH.editing)
    page.locator("#note").get_by_role("button", name=ENGLISH.cancel).click()
    expect(page.locator("#note")).to_contain_text("Answers come from 1 of 3 articles alone.")


def test_a_folder_that_lost_many_articles_is_synced_once_that_is_confirmed(
    show: Show, closing: contextlib.ExitStack, make_folder: MakeFolder, tmp_path: Path
) -> None:
    folder = make_folder({f"{number}.txt": f"Title {number}\n\nIt rained on day {number}.\n" for number in range(20)})
    assistant = closing.enter_context(Assistant.open(folder, tmp_path / "many"))
    assistant.sync()
    for number in range(10):
        (folder / f"{number}.txt").unlink()
    page = show(assistant).page
    page.locator("#library-tools [data-do=sync]").click()
    page.get_by_role("button", name=ENGLISH.sync_anyway).click()
    expect(page.locator("#library-status")).to_contain_text("10 removed")
    expect(page.locator("#pane .articles .open")).to_have_count(10)


def post(address: str, name: str, body: bytes) -> dict[str, str]:
    connection = http.client.HTTPConnection(str(urlsplit(address).netloc), timeout=60)
    connection.request("POST", f"/articles?name={quote(name)}", body)
    response = connection.getresponse()
    told: dict[str, str] = json.loads(response.read())
    connection.close()
    return told


def test_an_upload_is_held_to_the_folder_and_to_a_size(assistant: Assistant, tmp_path: Path) -> None:
    with window(assistant) as address:
        assert post(address, "../../escaped.txt", PANDAS.encode()) == {"source": "escaped.txt"}
        assert "rename it" in post(address, "..", PANDAS.encode())["reason"]
        assert "larger than" in post(address, "big.txt", b"x" * 50_000_001)["reason"]
    assert sorted(path.name for path in assistant.config.articles.iterdir()) == [
        "escaped.txt",
        "talks.txt",
        "tariffs.txt",
    ]
    assert not (tmp_path.parent / "escaped.txt").exists()
