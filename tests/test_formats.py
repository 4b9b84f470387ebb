"""Every file that people have: read with its letters, or left out with the reason, and never the end of Parley."""

import io
import os
import random
import socket
import time
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from laws import CountingEmbedding

from qa import Assistant
from vectorstore import ArticleIndex

LINES = [
    "The ministers met in Geneva on Monday and agreed to talk again in spring.",
    "Tariffs on steel rose to twenty percent, exporters in Ohio said.",
    "Two giant pandas arrived at the zoo in San Diego after a long flight.",
]
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf_of(pages: list[str]) -> bytes:
    """Write a PDF file of one line a page."""
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(len(pages)))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>"]
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    for n, text in enumerate(pages):
        drawn = f"BT /F1 10 Tf 40 700 Td ({text}) Tj ET"
        resources = f"<</Font<</F1 {font}>>>>"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {4 + 2 * n} 0 R/Resources{resources}>>"
        )
        objects.append(f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream")
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += f"{number} 0 obj{body}endobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size, at = len(objects) + 1, len(content)
    end = f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF"
    return content + f"xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode()


def docx_of(paragraphs: list[str], body: str = "") -> bytes:
    body = body or "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')
    return packed.getvalue()


def mail_of(text: str, *, charset: str = "utf-8") -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["Date"] = "Talks begin in Geneva", "Mon, 13 May 2024 10:00:00 +0000"
    message.set_content(text, charset=charset)
    return message


def page_of(text: str) -> str:
    return f"<html><head><title>Talks begin</title></head><body><nav>Home</nav><article><p>{text}</p></article></body>"


def saved_page() -> bytes:
    message = EmailMessage()
    message["Subject"], message["Snapshot-Content-Location"] = "Talks begin", "https://example.org/talks"
    message["Date"] = "Mon, 13 May 2024 10:00:00 +0000"
    message.set_content(page_of(LINES[0]), subtype="html", charset="windows-1252", cte="quoted-printable")
    message.add_related(b"\x89PNG", "image", "png", cid="<a>")
    return message.as_bytes()


def open_folder(files: dict[str, bytes], tmp_path: Path) -> ArticleIndex:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    index = ArticleIndex.open(folder, tmp_path / "index", CountingEmbedding())
    index.sync()
    return index


def test_pdf_word_mail_and_saved_pages_are_read_with_what_they_state(tmp_path: Path) -> None:
    files = {
        "a.pdf": pdf_of(LINES),
        "b.docx": docx_of(LINES),
        "c.eml": mail_of("\n\n".join(LINES)).as_bytes(),
        "d.mhtml": saved_page(),
    }
    with open_folder(files, tmp_path) as index:
        assert index.failed == {}
        pdf, word, mail, page = map(index.article, files)
        assert all(line in pdf.text for line in LINES)
        assert [pdf.page_at(pdf.text.index(line)) for line in LINES] == [1, 2, 3]
        assert word.text == "\n\n".join(LINES)
        assert word.page_at(0) is None
        assert mail.text.strip() == "\n\n".join(LINES)
        assert (mail.title, str(mail.published)) == ("Talks begin in Geneva", "2024-05-13")
        assert page.text == LINES[0]
        assert (page.title, page.url, page.published) == ("Talks begin", "https://example.org/talks", None)


def test_a_word_file_keeps_the_words_around_a_text_box_and_those_within_once(tmp_path: Path) -> None:
    compatible = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = "<w:r><w:pict><w:p><w:r><w:t>Box.</w:t></w:r></w:p></w:pict></w:r>"
    alternatives = f"<c:Choice>{box}</c:Choice><c:Fallback>{box}</c:Fallback>"
    body = (
        f'<w:p><w:r><w:t>Talks on COVID</w:t><w:noBreakHyphen/><w:t>19 before</w:t></w:r><c:AlternateContent xmlns:c="'
        f'{compatible}">{alternatives}</c:AlternateContent><w:r><w:t> and after it.</w:t></w:r></w:p>'
    )
    with open_folder({"a.docx": docx_of([], body)}, tmp_path) as index:
        assert index.article("a.docx").text == "Box.\n\nTalks on COVID-19 before and after it."


def test_a_page_is_read_as_a_browser_shows_it(tmp_path: Path) -> None:
    dated = '<script type="application/ld+json">{"datePublished": "2024-05-13\n"}</script>'
    zone = "-12:30" * 22
    pages = {
        "declared.xhtml": f'<?xml version="1.0"?><html><p>{LINES[0]}</p><?php end ?><![CDATA[x]]></html>',
        "feed.xhtml": f'<?xml version="1.0"?><rss><channel><item>{LINES[0]}</item></channel></rss>',
        "dated.html": f"{dated}<p>{LINES[0]}</p>",
        "wide.html": f"<meta charset=utf-16><p>{LINES[0]}</p>",
        "long.html": f'<meta name="date" content="2024-01-01 {zone}!"><p>{LINES[0]}</p>',
    }
    began = time.process_time()
    with open_folder({name: page.encode() for name, page in pages.items()}, tmp_path) as index:
        assert {index.article(name).text for name in pages} == {LINES[0]}
        assert str(index.article("dated.html").published) == "2024-05-13"
    assert time.process_time() - began < 10


def test_a_citation_from_a_pdf_names_its_page(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "report.pdf").write_bytes(pdf_of(LINES))
    with Assistant.open(folder, tmp_path / "index", embedding=CountingEmbedding()) as assistant:
        answer = assistant.ask("Where did the two giant pandas arrive?")
        assert [citation.page for citation in answer.citations] == [3]
        assert "report.pdf, page 3" in str(answer)
        assert answer.to_dict()["citations"][0]["page"] == 3


TEXTS = {
    "en": "“The café on the corner was full,” said José Müller, the minister’s aide; it cost £5 and €7 – no more.",
    "fr": "Le président a déclaré à l'Assemblée que la réforme serait votée avant l'été. Les élèves ont protesté.",
    "de": "Die Außenministerin erklärte, dass die Gespräche über den Frieden in größeren Städten weitergehen würden.",
    "es": "El presidente español dijo que mañana habrá una reunión. ¿Qué pasará después? Los niños volverán.",
    "ru": "Министр иностранных дел заявил, что переговоры продолжатся в Женеве. Стороны встретятся снова весной.",
    "uk": "Міністр закордонних справ заявив, що переговори триватимуть у Женеві. Сторони зустрінуться навесні.",
    "el": "Ο υπουργός Εξωτερικών δήλωσε ότι οι συνομιλίες θα συνεχιστούν στη Γενεύη την άνοιξη.",
    "pl": "Minister spraw zagranicznych oświadczył, że rozmowy będą kontynuowane. Związki żądają wyższych płac.",
    "ja": "外務大臣は月曜日にジュネーブで会談し、春に再び協議することで合意した。東京の株価は小幅に上昇した。",
    "zh": "外交部长星期一在日内瓦会面，并同意在春天再次会谈。北京的专家表示，双方关系正在改善。",
    "ko": "외무장관들은 월요일 제네바에서 만나 봄에 다시 회담하기로 합의했다. 서울의 주가는 소폭 상승했다.",
}
ENCODINGS = {
    "en": ["cp1252"],
    "fr": ["cp1252", "latin-1"],
    "de": ["cp1252", "latin-1"],
    "es": ["cp1252", "latin-1"],
    "ru": ["cp1251", "koi8-r", "cp866", "iso8859-5"],
    "uk": ["cp1251", "koi8-u"],
    "el": ["cp1253", "iso8859-7"],
    "pl": ["cp1250"],
    "ja": ["shift_jis", "euc-jp", "iso2022_jp"],
    "zh": ["gb18030", "big5"],
    "ko": ["euc-kr"],
}
MARKED = ["utf-8", "utf-8-sig", "utf-16", "utf-32"]


def test_text_in_any_common_encoding_keeps_every_letter(tmp_path: Path) -> None:
    files, expected = {}, {}
    for language, text in TEXTS.items():
        for encoding in (*MARKED, *ENCODINGS[language]):
            content = text.encode(encoding, "ignore")
            said = content.decode(encoding)
            declared = f'<meta charset="{encoding.replace("_", "-")}">'
            for name, written in (
                (f"{language} {encoding}.txt", content),
                (f"{language} {encoding}.html", f"{declared}<p>".encode() + content if encoding not in MARKED else b""),
            ):
                if written:
                    files[name], expected[name] = written, said
    with open_folder(files, tmp_path) as index:
        assert index.failed == {}
        read = {name: index.article(name).text.lstrip("\ufeff") for name in files}
    assert read == expected


def test_what_is_no_text_in_any_encoding_is_left_out_rather_than_garbled(tmp_path: Path) -> None:
    noise = random.Random(5).randbytes(3000).replace(b"\0", b"")
    with open_folder({"good.txt": LINES[0].encode(), "noise.txt": noise, "half.txt": b"\xff\xfea"}, tmp_path) as index:
        assert sorted(index.failed) == ["half.txt", "noise.txt"]


def test_a_file_that_shows_nothing_is_left_out_alone(tmp_path: Path) -> None:
    files = {"good.txt": LINES[0], "blank.txt": "\u00a0\n", "mark.md": "\ufeff\n\u200b\n", "rule.txt": "\ufeff\n\n---"}
    with open_folder({name: text.encode() for name, text in files.items()}, tmp_path) as index:
        assert index.failed == dict.fromkeys(("blank.txt", "mark.md"), "holds no text") | {
            "rule.txt": "holds no sentence of an article"
        }


def hostile_files(number: int, depth: int) -> dict[str, bytes]:
    """Make files that break readers: mutations of good ones, wrong names, bombs, and what is nested or goes on."""
    chosen = random.Random(number)
    good: dict[str, bytes] = {
        "txt": "\n\n".join(LINES).encode(),
        "md": ("---\ntitle: Talks\n---\n# Talks\n\n" + LINES[0]).encode(),
        "html": page_of(LINES[0]).encode(),
        "eml": mail_of(LINES[0]).as_bytes(),
        "mhtml": saved_page(),
        "pdf": pdf_of(LINES),
        "docx": docx_of(LINES),
        "json": b'{"a": [1, 2]}',
        "csv": b"a,b\n1,2\n",
    }
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    nested = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth // 25))
    made: dict[str, bytes] = {
        "bomb.docx": docx_of([], "<w:p>" + " " * 60_000_000 + "</w:p>"),
        "laughs.docx": docx_of([], "").replace(b"x", b"y"),
        "deep.docx": docx_of([], "<w:p>" * depth),
        "laughs.xhtml": f'<?xml version="1.0"?><!DOCTYPE h [<!ENTITY l0 "lol">{lol}]><h>&l11;</h>'.encode(),
        "deep.html": b"<div>" * depth + b"x",
        "attributes.html": b"<p " + b"a='1' " * depth + b">x</p>",
        "nested.eml": nested.encode(),
        "endless.pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj "
        b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj trailer<</Root 1 0 R>>",
        "line.txt": b"word " * depth * 10,
        "nul.txt": b"\0" * 1000,
        "large.txt": b"The ministers met. " * 2_800_000,
        f"{'n' * 251}.txt": LINES[1].encode(),
        "\u202egnp.txt": LINES[1].encode(),
        "new\nline.txt": LINES[1].encode(),
        "quoted.yaml.md": b"---\na: &a [*a, *a]\nb: !!python/object/apply:os.system [x]\n---\n" + LINES[0].encode(),
    }
    for n in range(number - len(made)):
        suffix, content = chosen.choice(sorted(good.items()))
        mutated = bytearray(content)
        for _ in range(chosen.choice((1, 3, 30))):
            at = chosen.randrange(len(mutated))
            how = chosen.randrange(4)
            if how == 0:
                mutated[at] = chosen.randrange(256)
            elif how == 1:
                del mutated[at : at + chosen.randrange(40)]
            elif how == 2:
                mutated[at:at] = chosen.randbytes(8)
            else:
                mutated[at:at] = mutated[at // 2 : at]
            mutated = mutated or bytearray(b"x")
        if chosen.random() < 0.2:
            suffix = chosen.choice(sorted(good))
        made[f"m{n:04d}.{suffix}"] = bytes(mutated)
    return made


def test_hostile_files_are_indexed_or_left_out_with_the_reason(tmp_path: Path) -> None:
    read_hostile(tmp_path, hostile=120, depth=30_000, controls=20)


@pytest.mark.slow
def test_two_thousand_hostile_files_are_indexed_or_left_out_with_the_reason(tmp_path: Path) -> None:
    read_hostile(tmp_path, hostile=1794, depth=100_000, controls=200)


def read_hostile(tmp_path: Path, hostile: int, depth: int, controls: int) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    files = hostile_files(hostile, depth)
    files |= {
        f"control{n:03d}.txt": f"Envoy number {n} of the union met farmers in village {n} on Friday.".encode()
        for n in range(controls)
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    odd: dict[str, Callable[[Path], object]] = {
        "pipe.txt": os.mkfifo,
        "out.txt": lambda path: path.symlink_to("/etc/hostname"),
        "loop": lambda path: path.symlink_to(folder),
        "dangling.txt": lambda path: path.symlink_to("nowhere"),
        "socket.txt": bind,
        "device.txt": lambda path: path.symlink_to("/dev/zero"),
    }
    for name, make in odd.items():
        make(folder / name)
    with Assistant.open(folder, tmp_path / "index", embedding=CountingEmbedding()) as assistant:
        report = assistant.sync()
        assert len(report.added) + len(report.failed) == len(files) + len(odd)
        assert {*report.added, *report.failed} == {*files, *odd}
        assert all(reason for reason in report.failed.values())
        assert odd.keys() <= report.failed.keys()
        for n in range(controls):
            assert f"control{n:03d}.txt" in report.added
            article = assistant.article(f"control{n:03d}.txt")
            assert article.text == files[article.source].decode()
        assert assistant.pending().unchanged == report.added


def bind(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        os.chdir(path.parent)  # a socket's whole path may be too long for one
        listener.bind(path.name)
