import os
from datetime import date
from html import escape
from pathlib import Path

import pytest
from conftest import SEEDS, MakeFolder
from laws import CountingEmbedding

from qa import ArticlesNotFound, Assistant, SyncReport
from ui.chinese import CHINESE
from ui.library_view import library_view
from ui.shelf import Filter, Shelf

PARAGRAPH = "The ministers met in Geneva on Monday and agreed to talk again in spring. "


def sync(folder: Path, tmp_path: Path) -> tuple[Assistant, SyncReport]:
    assistant = Assistant.open(folder, tmp_path / "index", embedding=CountingEmbedding())
    return assistant, assistant.sync()


def test_every_file_is_indexed_or_listed_with_its_reason(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder(
        {
            "good.txt": PARAGRAPH,
            "deep/er/good.md": PARAGRAPH,
            "page.html": f"<p>{PARAGRAPH}</p>",
            "empty.txt": " \n",
            "furniture.txt": "Read More\n\nAdd Comment\n",
            "report.docx": "x",
            "table.xlsx": "x",
            ".hidden.txt": PARAGRAPH,
            ".trash/old.md": PARAGRAPH,
            "deep/.git/refs/HEAD": "x",
            "deep/.git/refs/note.txt": PARAGRAPH,
        }
    )
    (folder / "latin.txt").write_bytes("Café talks".encode("latin-1"))
    (folder / "binary.txt").write_bytes(b"PK\0\0")
    (folder / "link.txt").symlink_to("/etc/hostname")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    (Path(os.fsdecode(os.fsencode(folder) + b"/\xff.txt"))).write_text(PARAGRAPH)
    assistant, report = sync(folder, tmp_path)
    with assistant:
        assert report.added == ("deep/er/good.md", "good.txt", "latin.txt", "page.html")
        assert {source: reason.split()[0] for source, reason in report.failed.items()} == {
            "\udcff.txt": "its",
            ".hidden.txt": "a",
            ".trash": "a",
            "binary.txt": "a",
            "deep/.git": "a",
            "empty.txt": "holds",
            "furniture.txt": "holds",
            "link.txt": "a",
            "loop": "a",
            "pipe.txt": "not",
            "report.docx": "no",
            "table.xlsx": "Parley",
        }
        assert assistant.failed == report.failed
        shown = library_view(Shelf.fill([], report.failed), Filter(), CHINESE, may_change=True)
        assert [reason for reason in report.failed.values() if escape(reason) in shown] == []


def test_front_matter_gives_title_date_and_address_and_is_never_retrieved(
    make_folder: MakeFolder, tmp_path: Path
) -> None:
    header = "---\ntags: zebra\ntitle: 'Talks: a start'\ndate: '2024-05-13'\nsource_url: https://example.org/a\n---\n"
    assistant, _ = sync(make_folder({"a.md": header + PARAGRAPH}), tmp_path)
    with assistant:
        article = assistant.article("a.md")
        assert (article.title, article.published, article.url) == (
            "Talks: a start",
            date(2024, 5, 13),
            "https://example.org/a",
        )
        assert article.text == header + PARAGRAPH
        answer = assistant.ask("Where did the ministers meet?")
        assert answer.answered
        assert all(citation.start >= len(header) for citation in answer.citations)
        assert not assistant.ask("What are zebra tags?").answered


@pytest.mark.parametrize("usual", ["Title: Talks", "tags:\n  - zebra", "layout: post", "publisher: The Example"])
def test_only_what_has_a_usual_field_is_front_matter(usual: str, make_folder: MakeFolder, tmp_path: Path) -> None:
    note = "Note: the mayor of Abuja, Ruth Okoro, resigned on Friday."
    folder = make_folder(
        {"note.md": f"---\n{note}\n---\n\n{PARAGRAPH}", "usual.md": f"---\n{note}\n{usual}\n---\n\n{PARAGRAPH}"}
    )
    assistant, _ = sync(folder, tmp_path)
    with assistant:
        assert assistant.article("note.md").title == note
        assert [cited.source for cited in assistant.ask("Who is the mayor of Abuja?").citations] == ["note.md"]
        assert not assistant.ask("Who is the mayor of Abuja?", among=["usual.md"]).answered


@pytest.mark.parametrize(
    ("text", "title", "published"),
    [
        (f"# Talks begin\n\n{PARAGRAPH}", "Talks begin", None),
        (
            f"Home » World\n\nTalks begin in Geneva – The Example\n\nTalks begin in Geneva\n\n{PARAGRAPH}",
            "Talks begin in Geneva",
            None,
        ),
        (f"Talks begin in Geneva\nPublished: May 13, 2024\n\n{PARAGRAPH}", "Talks begin in Geneva", date(2024, 5, 13)),
        *(
            (f"Talks begin in Geneva\n{stated}\n\n{PARAGRAPH}", "Talks begin in Geneva", published)
            for stated, published in (
                ("December 31st, 2023", date(2023, 12, 31)),
                ("Updated Sept. 5, 2023 5:00 PM", date(2023, 9, 5)),
                ("10:00 a.m. EDT, Mon May 13, 2024", date(2024, 5, 13)),
                ("Mon., May 13, 2024 at 2:30pm", date(2024, 5, 13)),
                ("Sun, 31 Dec 2023 23:30:00 GMT", date(2023, 12, 31)),
                ("Sun, 31 Dec 2023 23:30:00 +0000", date(2023, 12, 31)),
                ("2023-12-31 10:00 UTC", date(2023, 12, 31)),
                ("February 30, 2024", None),
                ("01/02/2024", None),
                ("May 2024", None),
                ("Geneva, May 13, 2024", None),
            )
        ),
        (
            f"{PARAGRAPH * 3}\n\nIn 2019 they met on May 3, 2019.",
            "The ministers met in Geneva on Monday and agreed to talk again in spring. The ministers…",
            None,
        ),
    ],
)
def test_title_and_date_are_only_what_the_article_states(
    make_folder: MakeFolder, tmp_path: Path, text: str, title: str, published: date | None
) -> None:
    assistant, _ = sync(make_folder({"a.txt": text}), tmp_path)
    with assistant:
        article = assistant.article("a.txt")
        assert (article.title, article.published) == (title, published)


def test_html_keeps_the_article_and_drops_the_page_around_it(make_folder: MakeFolder, tmp_path: Path) -> None:
    page = f"""<!doctype html><html><head><title>Talks begin</title>
    <meta property="article:published_time" content="2024-05-13T10:00:00Z">
    <script>var spy = 'zebra';</script></head><body><nav><a href="/">Home zebra</a></nav>
    <p style="display: none">Ignore all zebra.</p><article><h1>Talks begin</h1>
    <p>{PARAGRAPH}</p><p>A caf&eacute; in <b>Gen</b>eva was&nbsp;closed.</p></article>
    <form><input value="zebra"><button>Subscribe zebra</button></form><footer>zebra</footer></body></html>"""
    assistant, _ = sync(make_folder({"a.html": page}), tmp_path)
    with assistant:
        article = assistant.article("a.html")
        assert (article.title, article.published) == ("Talks begin", date(2024, 5, 13))
        assert "zebra" not in article.text
        assert "A café in Geneva was" in article.text
        assert PARAGRAPH.strip() in article.text


def test_the_bundled_articles_are_untouched_and_their_furniture_is_never_cited(seeds: Assistant) -> None:
    assert [article.source for article in seeds.articles] == sorted(path.name for path in SEEDS.iterdir())
    for article in seeds.articles:
        assert article.text.encode() == (SEEDS / article.source).read_bytes()
    for question in ("Does the website use cookies?", "What is Netflix's new tool for sharing scenes?"):
        answer = seeds.ask(question)
        assert not answer.answered
        for citation in answer.nearest:
            spans = seeds.article(citation.source).furniture
            assert not any(start < citation.end and citation.start < end for start, end in spans)


def test_carriage_returns_and_byte_order_marks_keep_offsets_true(make_folder: MakeFolder, tmp_path: Path) -> None:
    text = "\ufeffTalks begin in Geneva\r\n\r\n" + PARAGRAPH + "\r\n"
    assistant, _ = sync(make_folder({"a.txt": text}), tmp_path)
    with assistant:
        citations = assistant.ask("Where did the ministers meet?").citations
        with (assistant.config.articles / "a.txt").open(encoding="utf-8", newline="") as handle:
            written = handle.read()
        assert PARAGRAPH.strip() in [citation.quote for citation in citations]
        assert all(written[citation.start : citation.end] == citation.quote for citation in citations)


def test_a_missing_folder_a_file_and_a_folder_with_nothing_to_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.txt").write_text(PARAGRAPH)
    for name, remedy in (("missing", "--articles DIR"), ("file.txt", "--articles DIR"), ("empty", "put .txt")):
        with (
            Assistant.open(tmp_path / name, tmp_path / "index", embedding=CountingEmbedding()) as assistant,
            pytest.raises(ArticlesNotFound) as error,
        ):
            assistant.sync()
        assert name in str(error.value)
        assert remedy in str(error.value)
        assert "\n" not in str(error.value)
