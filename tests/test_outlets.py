from pathlib import Path

import pytest

from vectorstore import Article

BODY = "The ministers met in Geneva.\n"


@pytest.mark.parametrize(
    ("text", "url", "body_start", "outlet"),
    [
        (BODY, None, 0, ""),
        ("(CNN) -- Now that the talks are over, work begins.", None, 0, "CNN"),
        ("Talks resume\n\nWASHINGTON (AP) — The talks resumed.", None, 0, "AP"),
        ("He joined the World Health Organization (WHO) in May.", None, 0, ""),
        (BODY, "https://www.example.org/a", 0, "example.org"),
        ("(CNN) -- It rained.", "https://news.example/", 0, "news.example"),
        (BODY, "http://[broken", 0, ""),
        ("---\npublisher: 'The Daily'\n---\n" + BODY, "https://example.org/", 30, "The Daily"),
        ("---\nsource: https://example.com/x\n---\n" + BODY, "https://example.org/", 38, "example.org"),
        ("source: Reuters\n" + BODY, None, 0, ""),
    ],
)
def test_an_outlet_is_named_where_the_article_names_it(
    text: str, url: str | None, body_start: int, outlet: str
) -> None:
    assert Article(Path("a.txt").name, "", "Talks", text, url=url, body_start=body_start).outlet == outlet
