"""Whatever a file, an upload or a citation is called, nothing outside the folder of articles is read or written."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from vectorstore.articles import read_bytes
from vectorstore.extract import UnreadableArticle

FORMS = (
    "../secret.txt",
    "../../secret.txt",
    "../outside/secret.txt",
    "./../outside/secret.txt",
    "x/../../outside/secret.txt",
    "..//outside//secret.txt",
    "..\\outside\\secret.txt",
    "..\\..\\outside\\secret.txt",
    "%2e%2e/outside/secret.txt",
    "..%2foutside%2fsecret.txt",
    "%2e%2e%2foutside%2fsecret.txt",
    "..%252foutside%252fsecret.txt",
    "..%c0%afoutside%c0%afsecret.txt",
    "....//outside/secret.txt",
    "..;/outside/secret.txt",
    "{outside}/secret.txt",
    "/{outside}/secret.txt",
    "file://{outside}/secret.txt",
    "~/secret.txt",
    "$HOME/secret.txt",
    "\\\\server\\share\\secret.txt",
    "//server/share/secret.txt",
    "\\\\?\\C:\\secret.txt",
    "C:\\secret.txt",
    "C:secret.txt",
    "secret.txt\0.txt",
    "../outside/secret.txt\0",
    "secret.txt::$DATA",
    "talks.txt/../../outside/secret.txt",
    "talks.txt/.",
    "CON.txt",
    "nul",
    "COM1.txt",
    "/dev/stdin",
    "/proc/self/environ",
    "..",
    ".",
    "",
    "/",
    "\u2024\u2024/outside/secret.txt",
    "\uff0e\uff0e\uff0foutside\uff0fsecret.txt",
    "..\u2215outside\u2215secret.txt",
    "link.txt",
    "linked/secret.txt",
    "again/link.txt",
    "turned.txt",
)

CHILD = """
import contextlib, json, os, sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from laws import CountingEmbedding
from qa import Assistant, ParleyError
from ui.library import Library, LibraryError
outside, folder, forms = Path({outside!r}), Path({folder!r}), {forms!r}
touched, watching = [], True
def watch(event, arguments):
    if not watching or event.split(".")[0] not in ("open", "os", "shutil", "sqlite3"):
        return
    follows = event == "open" and not arguments[2] & (os.O_NOFOLLOW | os.O_EXCL) or event == "sqlite3.connect"
    for argument in arguments:
        if isinstance(argument, (str, bytes)) and os.path.isabs(path := os.fsdecode(argument)):
            head, tail = os.path.split(path)
            reached = os.path.realpath(path) if follows else os.path.join(os.path.realpath(head), tail)
            if reached.startswith(str(outside)):
                touched.append([event, path])
with Assistant.open(folder, Path({index!r}), embedding=CountingEmbedding()) as assistant:
    sys.addaudithook(watch)
    report = assistant.sync()
    watching = False
    (folder / "turned.txt").unlink()
    (folder / "turned.txt").symlink_to(outside / "secret.txt")  # since it was indexed
    watching = True
    library = Library(assistant)
    kept = assistant.config.kept
    (kept / "removed").mkdir(parents=True)
    for place in (kept, kept / "removed"):
        (place / "secret.txt").write_text("The secret treaty was signed in Bern.")
    decoys = sorted(map(str, kept.rglob("secret.txt")))
    shown, removed, added = [], [], []
    for form in forms:
        with contextlib.suppress(KeyError):
            shown.append(assistant.article(form).text)
        for act in (library.remove, library.put_back, lambda form: library.put_back("x/" + form)):
            with contextlib.suppress(LibraryError):
                removed.append(act(form))
        with contextlib.suppress(LibraryError):
            added.append(library.add(form, f"Minister {{len(added)}} met farmers in Oslo.".encode()))
    assistant.sync(confirmed=True)
    told = [assistant.article(source).text for source in (each.source for each in assistant.articles)]
    assert sorted(map(str, kept.rglob("secret.txt"))) == decoys
print(json.dumps([touched, [*report.added], report.failed, shown, removed, added, told]))
"""


def test_no_name_leads_out_of_the_folder(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "articles"
    (outside / "deep").mkdir(parents=True)
    (outside / "secret.txt").write_text("The secret treaty was signed in Bern.")
    (outside / "deep" / "secret.txt").write_text("The secret treaty was signed in Bern.")
    (folder / "again").mkdir(parents=True)
    (folder / "talks.txt").write_text("Ministers met in Geneva on Monday.")
    (folder / "turned.txt").write_text("Ministers met in Lima on Sunday.")
    odd = ("x\\..\\secret.txt", "%2e%2e%2fsecret.txt", "C:secret.txt")
    for name in odd:
        (folder / name).write_text(f"Ministers met {len(name)} times in Rome.")
    links = {
        "link.txt": "../outside/secret.txt",
        "linked": "../outside",
        "again/link.txt": "../link.txt",
        "again/linked": str(outside / "deep"),
        "page.html": str(outside / "secret.txt"),
        "up": "..",
    }
    for name, target in links.items():
        (folder / name).symlink_to(target)
    forms = [form.replace("{outside}", str(outside)) for form in FORMS]
    before = {path: path.read_bytes() for path in outside.rglob("*.txt")}
    code = CHILD.format(
        tests=str(Path(__file__).parent),
        outside=str(outside),
        folder=str(folder),
        index=str(tmp_path / "i"),
        forms=forms,
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, "HOME": str(outside)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    touched, indexed, failed, shown, removed, added, told = json.loads(done.stdout)
    assert touched == []
    assert set(indexed) == {"talks.txt", "turned.txt", *odd}
    assert set(failed) == set(links)
    assert not any("secret treaty" in text for text in told)
    assert "Ministers met in Lima on Sunday." in shown, "what was indexed is shown, not what took its place"
    assert not any("secret treaty" in text for text in shown)
    assert {Path(ticket.partition("/")[2]).as_posix() for ticket in removed} <= set(indexed)
    assert all((folder / name).is_file() and not (folder / name).is_symlink() for name in added)
    assert {path: path.read_bytes() for path in outside.rglob("*.txt")} == before
    assert {path.name for path in tmp_path.iterdir()} == {"outside", "articles", "i"}


def test_a_file_that_became_a_link_since_it_was_listed_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("The secret treaty was signed in Bern.")
    (tmp_path / "link.txt").symlink_to("secret.txt")
    with pytest.raises(UnreadableArticle, match="can't be read"):
        read_bytes(tmp_path / "link.txt")
