"""The chat window as a person meets it: in a real browser, over the articles that come with Parley."""

import contextlib
import http.client
import json
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import pytest
from browser import DESK, Open, Show, ask, said
from made_up import Echo
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from qa import Assistant, Citation, Turn
from ui.chat import window
from ui.strings import ENGLISH

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
HOSTILE = ROOT.parent / "shared" / "hostile"
WHEN = "When did the US cut military contacts with China?"
WHO = "What did Liu Zhenli say about Taiwan?"
UNKNOWN = "How many moons does Jupiter have?"
PHONE = ViewportSize(width=390, height=844)
# by default one of each layout: the narrowest, with a sheet, and with a pane
WIDTHS = [
    pytest.param(width, marks=[] if width in (320, 768, 1920) else pytest.mark.slow)
    for width in (320, 390, 768, 1024, 1280, 1920)
]
# What no text of ours or of an article may become.
ACTIVE = "form, iframe, img, input, script, object, embed, video, audio, link, style, base, meta, svg, math, template"

PAYLOADS = (
    "<script>window.__pwn=1</script>",
    '<img src=http://evil.example/a.png onerror="alert(1)">',
    "![pixel](http://evil.example/b.png)",
    "[click](javascript:alert(2)) [1](#cite-0-7) [2](http://evil.example/)",
    "<iframe src=http://evil.example/></iframe><form action=http://evil.example/>"
    "<input autofocus onfocus=alert(3)></form>",
    "</p></div></main><style>body{display:none}</style>",
    "# Heading\n\n- list\n\n> quote\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```html\n<b>x</b>\n```",
    "https://evil.example www.evil.example mail@evil.example",
    "${alert(4)} {{value}} {{{constructor}}} `${alert(5)}` $$x$$ \\(y\\)",
    '<svg/onload=alert(6)><math><mi xlink:href="javascript:alert(7)">',
    "[ref]: http://evil.example/ 'x'\n[ref]\n![ref]",
    "&lt;script&gt;alert(8)&lt;/script&gt; &#60;b&#62; **bold** __bold__ ~~gone~~",
    "\u202eright to left\u202c \u200bzero\u200d \x07bell",
)


def payloads(step: int) -> list[str]:
    """Give our own hostile texts, and public collections where the checkout has them beside it.

    Markup is given whole, of the strings and injections every nth.
    """
    texts = list(PAYLOADS)
    for name in ("markup", "naughty-strings", "injections"):
        path = HOSTILE / f"{name}.json"
        if path.is_file():
            items = json.loads(path.read_text(encoding="utf-8"))
            taken = items if name == "markup" else items[::step]
            texts += [item if isinstance(item, str) else item["text"] for item in taken]
    return [text for text in texts if text.strip()]


@pytest.fixture
def page(visit: Open, address: str) -> Page:
    return visit(address).page


def marked(page: Page) -> Locator:
    return page.locator("#pane mark.current")


def expect_quote(page: Page, citation: Citation) -> None:
    """Expect the pane to show the citation's words, marked and within sight."""
    expect(page.locator("#pane .pane-head h2")).to_have_text(citation.title)
    shown = f"#pane mark[data-quote='{citation.number}'].current"
    expect(page.locator(shown).first).to_be_visible()
    assert "".join(page.locator(shown).all_text_contents()) == citation.quote
    page.wait_for_function(
        """selector => {
          const mark = document.querySelector(selector).getBoundingClientRect();
          const view = document.querySelector("#pane .scroll").getBoundingClientRect();
          const seen = Math.min(mark.bottom, view.bottom, innerHeight) - Math.max(mark.top, view.top, 0);
          return seen >= Math.min(mark.height, view.height / 2);
        }""",
        arg=shown,
    )


def test_a_citation_opens_the_article_at_its_quote(page: Page, seeds: Assistant) -> None:
    answer = seeds.ask(WHEN)
    reply = ask(page, WHEN)
    expect(said(reply)).to_have_text(" ".join(answer.text.replace("**", "").split()))
    for citation in (*answer.citations, answer.citations[0]):
        link = reply.get_by_role("link", name=f"[{citation.number}]", exact=True).first
        link.click()
        expect_quote(page, citation)
        expect(link).to_have_attribute("aria-current", "true")
        expect(page.locator("#announcer")).to_contain_text(f"Quote {citation.number} of {len(answer.citations)}")


def test_an_answers_first_quote_shows_by_itself(page: Page, seeds: Assistant) -> None:
    ask(page, WHEN)
    expect_quote(page, seeds.ask(WHEN).citations[0])


def test_an_earlier_answers_citation_opens_its_own_quote(page: Page, seeds: Assistant) -> None:
    first = ask(page, WHEN)
    ask(page, WHO)
    expect(page.locator("#pane .pane")).to_have_attribute("data-shows", "cite-1-1")
    first.get_by_role("link", name="[1]").first.click()
    expect(page.locator("#pane .pane")).to_have_attribute("data-shows", "cite-0-1")
    expect_quote(page, seeds.ask(WHEN).citations[0])


def test_tabs_walk_through_an_answers_quotes(show: Show) -> None:
    page = show(Echo(["Alpha stands here.\nBeta stands there."])).page
    ask(page, "So:")
    page.locator("#pane .tabs button").first.click()
    expect(page.locator("#pane .tabs button[aria-current]")).to_have_count(1)
    assert "".join(marked(page).all_text_contents()) == "Alpha stands here.Beta stands there."


def test_what_the_articles_dont_say_shows_the_closest_passages(page: Page, seeds: Assistant) -> None:
    answer = seeds.ask(UNKNOWN)
    assert not answer.answered
    reply = ask(page, UNKNOWN, cites=bool(answer.nearest))
    expect(reply.locator('a[href^="#cite-"]')).to_have_count(0)
    for term in answer.missing:
        expect(reply).to_contain_text(term)
    for citation in answer.nearest:
        reply.locator(f'a.card[href="#near-0-{citation.number}"]').click()
        expect_quote(page, citation)


def test_every_article_can_be_read_before_any_question(page: Page, seeds: Assistant) -> None:
    expect(page.locator("#pane .articles .open")).to_have_count(len(seeds.articles))
    expect(page.locator("#brand")).to_contain_text(f"seeds · {len(seeds.articles)} articles")
    for number, article in enumerate(seeds.articles):
        page.locator("#pane .articles .open").nth(number).click()
        expect(page.locator("#pane .pane-head h2")).to_have_text(article.title)
        shown = page.locator("#pane .article p").all_text_contents()
        assert "".join("".join(shown).split()) == "".join(article.text.split())
        page.locator("#pane [data-show=list]").click()


def test_an_example_question_is_asked_by_a_click(page: Page, seeds: Assistant) -> None:
    examples = page.locator("#conversation .example")
    expect(examples).to_have_count(len(seeds.example_questions))
    examples.first.click()
    expect(page.locator("#conversation [data-testid=user]")).to_have_text(seeds.example_questions[0])
    expect(page.locator('#conversation a[href^="#"]').first).to_be_visible()
    expect(examples).to_have_count(0)


def test_a_new_chat_forgets_the_old_one(page: Page) -> None:
    ask(page, WHEN)
    page.get_by_role("button", name=ENGLISH.new_chat).click()
    expect(page.locator("#conversation [data-testid=bot]")).to_have_count(0)
    expect(page.locator("#pane .pane-list")).to_be_visible()
    ask(page, WHO)
    expect(page.locator("#pane .pane")).to_have_attribute("data-shows", "cite-0-1")


def test_a_follow_up_is_asked_with_what_was_said_before(show: Show) -> None:
    echo = Echo(["It rained."])
    page = show(echo).page
    ask(page, "First?")
    ask(page, "And then?")
    assert echo.histories == [(), (Turn("user", "First?"), Turn("assistant", "First? It rained. [1]"))]


def test_two_tabs_share_nothing(visit: Open, address: str) -> None:
    person = visit(address)
    first, second = person.page, person.new_tab()
    other = visit(address).page
    ask(first, WHEN)
    for page in (second, other):
        expect(page.locator("#conversation [data-testid=bot]")).to_have_count(0)
        expect(page.locator("#pane .pane-list")).to_be_visible()
    reply = ask(second, WHO)
    expect(reply.locator('a[href="#cite-0-1"]').first).to_be_visible()
    expect(first.locator("#conversation [data-testid=user]")).to_have_text([WHEN])


def test_a_slow_answer_holds_up_nobody_else(show: Show, visit: Open) -> None:
    echo = Echo(["It rained."])
    window = show(echo)
    slow, quick = window.page, visit(window.address).page
    slow.locator("#question textarea").fill("wait")
    slow.keyboard.press("Enter")
    expect(slow.locator("#conversation [data-testid=bot]")).to_contain_text(ENGLISH.reading)
    ask(quick, "Now?")
    expect(slow.locator("#conversation [data-testid=bot]")).to_contain_text(ENGLISH.reading)
    echo.release.set()
    expect(said(slow.locator("#conversation [data-testid=bot]"))).to_have_text("wait It rained. [1]")


def test_a_new_chat_ends_the_answer_under_way(show: Show) -> None:
    echo = Echo(["It rained."])
    page = show(echo).page
    page.locator("#question textarea").fill("wait")
    page.keyboard.press("Enter")
    expect(page.locator("#conversation [data-testid=bot]")).to_contain_text(ENGLISH.reading)
    with page.expect_response(lambda response: response.url.endswith("/reset")):
        page.get_by_role("button", name=ENGLISH.new_chat).click()
    expect(page.locator("#conversation [data-testid=bot]")).to_have_count(0)
    ask(page, "Now?")
    echo.release.set()
    expect(page.locator("#conversation [data-testid=bot]")).to_have_count(1)
    expect(page.locator("#pane .pane")).to_have_attribute("data-shows", "cite-0-1")


def test_a_failure_is_told_in_its_own_words_and_ends_nothing(show: Show) -> None:
    page = show(Echo(["It rained."])).page
    expect(said(ask(page, "fail", cites=False))).to_have_text("the index is <b>gone</b>; run: parley index")
    expect(ask(page, "#x", cites=False)).to_contain_text("invalid literal")
    ask(page, "Now?")
    expect(page.locator("#pane .pane")).to_have_attribute("data-shows", "cite-2-1")


def test_an_answer_shows_while_it_is_still_coming(show: Show) -> None:
    echo = Echo(["It rained."])
    page = show(echo).page
    page.locator("#question textarea").fill("pause")
    page.get_by_role("button", name=ENGLISH.send).click()
    reply = page.locator("#conversation [data-testid=bot]")
    expect(said(reply)).to_have_text("pause It rained.")
    expect(reply.get_by_role("link")).to_have_count(0)
    before = said(reply).bounding_box()
    echo.release.set()
    expect(said(reply).get_by_role("link")).to_have_text("[1]")
    assert said(reply).bounding_box() == before, "the answer moved when it was complete"


TOPS = """() => ["user", "bot"].map(who => [...document.querySelectorAll(`#conversation [data-testid=${who}]`)].pop()
  .getBoundingClientRect().top - document.querySelector("#conversation .bubble-wrap").getBoundingClientRect().top)"""


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_a_question_stands_at_the_top_while_its_answer_comes(show: Show, viewport: ViewportSize) -> None:
    echo = Echo(["It rained.\n" * 100, "It snowed."])
    page = show(echo, viewport=viewport).page
    at_the_top = f"() => {{ const [asked, told] = ({TOPS})(); return 0 < asked && asked < 20 && told < 120 }}"
    ask(page, "First?")
    ask(page, "Short?#1")
    page.wait_for_function(at_the_top)
    page.locator("#question textarea").fill("pause")
    page.keyboard.press("Enter")
    expect(page.locator("#conversation [data-testid=bot]").last).to_contain_text("It rained.")
    page.wait_for_function(at_the_top)
    page.locator("#conversation .bubble-wrap").evaluate("view => view.scrollTop += 300")
    before = page.evaluate(TOPS)
    echo.release.set()
    expect(page.locator("#send")).to_be_visible()
    assert page.evaluate(TOPS) == before


def test_blank_questions_are_not_asked(page: Page) -> None:
    page.locator("#question textarea").fill("   ")
    page.keyboard.press("Enter")
    expect(page.locator("#question textarea")).to_have_value("")
    expect(page.locator("#conversation [data-testid=user]")).to_have_count(0)


def test_everything_is_reached_by_keyboard(page: Page) -> None:
    page.locator("#question textarea").press_sequentially("One line")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("another")
    expect(page.locator("#question textarea")).to_have_value("One line\nanother")
    reply = ask(page, WHEN)
    link = reply.locator('a[href="#cite-0-1"]').first
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#pane .article")).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_width_scrolls_sideways(visit: Open, address: str, width: int) -> None:
    page = visit(address, viewport={"width": width, "height": 844}).page
    fits = "() => document.documentElement.scrollWidth <= innerWidth && document.body.scrollWidth <= innerWidth"
    page.wait_for_function(fits)
    name, button = page.locator("#brand h1").bounding_box(), page.locator("#articles-button").bounding_box()
    assert name
    assert button
    assert name["x"] + name["width"] <= button["x"] or name["y"] + name["height"] <= button["y"]
    ask(page, WHEN)
    page.wait_for_function(fits)
    page.locator('#conversation a[href="#cite-0-1"]').first.click()
    expect(marked(page).first).to_be_in_viewport()
    page.wait_for_function(fits)


def test_on_a_phone_the_evidence_is_a_sheet(visit: Open, address: str, seeds: Assistant) -> None:
    page = visit(address, viewport={"width": 390, "height": 844}, has_touch=True).page
    expect(page.locator("#evidence")).to_be_hidden()
    page.get_by_role("button", name=ENGLISH.articles, exact=True).tap()
    expect(page.locator("#pane .articles")).to_be_in_viewport()
    page.get_by_role("button", name=ENGLISH.close).tap()
    expect(page.locator("#evidence")).to_be_hidden()
    page.get_by_role("button", name=ENGLISH.articles, exact=True).tap()
    expect(page.locator("#pane .articles")).to_be_in_viewport()
    page.go_back()
    expect(page.locator("#evidence")).to_be_hidden()
    ask(page, WHEN)
    expect(page.locator("#evidence")).to_be_hidden()
    page.locator('#conversation a[href="#cite-0-1"]').first.tap()
    expect(marked(page).first).to_be_in_viewport()
    expect_quote(page, seeds.ask(WHEN).citations[0])
    page.locator("#pane .article p").last.scroll_into_view_if_needed()
    expect(page.locator("#pane .pane-head")).not_to_be_in_viewport()  # the article has its room
    expect(page.locator("#pane .tabs")).to_be_in_viewport()


@pytest.mark.parametrize("step", [pytest.param(1, id="all", marks=pytest.mark.slow), pytest.param(5, id="a part")])
def test_hostile_answers_are_only_text(show: Show, step: int) -> None:
    texts = payloads(step)
    batches = ["\n\n".join(texts[start : start + 100]) for start in range(0, len(texts), 100)]
    page = show(Echo(batches, [batch[:300] for batch in batches])).page
    for number in range(len(batches)):
        reply = ask(page, f"Legitimate words#{number}")
        expect(reply).to_contain_text("Legitimate words")
        expect(page.locator("#pane .pane")).to_have_attribute("data-shows", "cite-0-1")
        expect_harmless(page)
        page.locator("#new-chat").click()  # what is shown is written anew with each answer
        expect(page.locator("#conversation .placeholder")).to_be_visible()


def test_our_own_payloads_are_shown_as_they_are(show: Show) -> None:
    texts = [text for text in PAYLOADS if "\u202e" not in text]
    page = show(Echo(texts)).page
    for number, text in enumerate(texts):
        reply = ask(page, f"#{number}")
        shown = "".join(said(reply).all_inner_texts())
        assert "".join(shown.split()) == "".join(f"{text}[1]".split())
        assert "".join("".join(marked(page).all_text_contents()).split()) == "".join(text.split())


@pytest.mark.parametrize(
    "questions",
    [
        pytest.param(PAYLOADS, id="one by one", marks=pytest.mark.slow),
        pytest.param(["\n".join(PAYLOADS[::2]), "\n".join(PAYLOADS[1::2])], id="together"),
    ],
)
def test_hostile_articles_and_questions_are_only_text(
    questions: Sequence[str], show: Show, closing: contextlib.ExitStack, tmp_path: Path
) -> None:
    folder = tmp_path / "<script>window.__pwn=1<"
    folder.mkdir()
    (folder / "plain.txt").write_text("Weather\nIt rained in Geneva on Tuesday.\n", encoding="utf-8")
    for number, text in enumerate(PAYLOADS):
        name = text.translate(dict.fromkeys(map(ord, "/\\:*?\0\n\x07"), "-"))[:60]
        body = f"{text}\nThe payload of Tuesday is {text}\nIt rained in Geneva.\n"
        with contextlib.suppress(OSError):  # not every file system takes every name
            (folder / f"{number} {name}.txt").write_text(body, encoding="utf-8")
    assistant = closing.enter_context(Assistant.open(articles=folder, index=tmp_path / "index"))
    assistant.sync()
    page = show(assistant).page
    expect_harmless(page)
    for number in range(len(assistant.articles)):
        page.locator("#pane .articles .open").nth(number).click()
        expect(page.locator("#pane .pane-article")).to_be_visible()
        expect_harmless(page)
        page.locator("#pane [data-show=list]").click()
        expect(page.locator("#pane .pane-list")).to_be_visible()
    for text in (*questions, "Where did it rain on Tuesday?"):
        ask(page, text)  # waits for the links, which come with the whole answer
    expect(page.locator('#conversation a[href^="#cite-"], #conversation a[href^="#near-"]').first).to_be_visible()
    page.locator("#earlier-button").click()
    expect(page.locator("#earlier li")).not_to_have_count(0)
    expect_harmless(page)


def expect_harmless(page: Page) -> None:
    """Expect that no text became anything else, and that nothing ran."""
    for place in ("#conversation .message-content", "#pane .pane", "#brand", "#note", "#library-status", "#earlier"):
        assert page.locator(place).locator(ACTIVE).count() == 0
    links = page.locator("#conversation .message-content a, #pane a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    assert all(link.startswith(("#cite-", "#near-", "#do-", "#ask-")) for link in links)
    assert page.evaluate("window.__pwn === undefined && getComputedStyle(document.body).display !== 'none'")


def test_should_escaping_fail_the_page_still_loads_nothing_foreign(browser: Browser, address: str) -> None:
    page = browser.new_context().new_page()
    answered: list[str] = []
    page.on("response", lambda response: answered.append(str(urlsplit(response.url).hostname)))
    page.goto(address)
    blocked = page.evaluate(
        """() => new Promise(resolve => {
          const blocked = [];
          document.addEventListener("securitypolicyviolation", event => {
            blocked.push(event.effectiveDirective);
            if (blocked.length === 6) resolve(blocked.sort());
          });
          const holder = document.createElement("div");
          holder.innerHTML = `<img src="http://evil.example/a"><iframe src="http://evil.example/b"></iframe>
            <object data="http://evil.example/c"></object><video src="http://evil.example/d"></video>
            <link rel=stylesheet href="http://evil.example/e">`;
          document.body.append(holder);
          fetch("http://evil.example/f").catch(() => {});
        })"""
    )
    page.evaluate(
        """() => new Promise(resolve => {
          document.addEventListener("securitypolicyviolation", resolve, { once: true });
          document.body.insertAdjacentHTML("beforeend", "<img src=data:, onerror='window.__pwn = 1'>");
        })"""
    )
    assert page.evaluate("window.__pwn") is None
    assert blocked == ["connect-src", "frame-src", "img-src", "media-src", "object-src", "style-src-elem"]
    assert set(answered) == {"127.0.0.1"}
    page.context.close()


def call(address: str, method: str, path: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(str(urlsplit(address).netloc), timeout=60)
    connection.request(method, path, headers=headers)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/", {}, 200),
        ("GET", "/", {"Host": "evil.example"}, 400),
        ("GET", "/", {"Host": "127.0.0.1.evil.example:80"}, 400),
        ("POST", "/gradio_api/queue/join", {"Origin": "http://evil.example"}, 403),
        ("POST", "/gradio_api/queue/join", {"Origin": "null"}, 403),
        ("POST", "/gradio_api/upload", {}, 404),
        ("POST", "/articles?name=x.txt", {"Origin": "http://evil.example"}, 403),
        ("GET", "/articles", {}, 404),
        ("GET", "/articles/x.txt", {}, 404),
        ("GET", "/gradio_api/file=pyproject.toml", {}, 404),
        ("GET", "/gradio_api/proxy=http://evil.example/", {}, 404),
        ("GET", "/gradio_api/info", {}, 200),
        ("POST", "/gradio_api/call/ask", {"Origin": "http://evil.example"}, 403),
        ("POST", "/gradio_api/mcp/", {}, 404),
        ("GET", "/monitoring", {}, 404),
        ("GET", "/openapi.json", {}, 404),
        ("GET", "/static/../../pyproject.toml", {}, 404),
        ("GET", "/assets/%2e%2e/%2e%2e/%2e%2e/__init__.py", {}, 404),
    ],
)
def test_the_server_answers_its_own_page_only(
    address: str, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    response = call(address, method, path, **headers)
    assert response.status in {status, 403} if status == 404 else response.status == status
    assert "frame-ancestors 'none'" in str(response.getheader("content-security-policy"))
    assert response.getheader("x-content-type-options") == "nosniff"
    assert response.getheader("referrer-policy") == "no-referrer"


def test_a_port_in_use_is_named_with_the_remedy() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match=rf"port {port} .*--port"), window(cast(Assistant, Echo(["x"])), port=port):
            pass


def test_serving_the_window_looks_up_no_foreign_host() -> None:
    script = f"""
import sys
looked_up = set()
def hook(event, args):
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        looked_up.add(args[0])
    elif event == "socket.connect" and isinstance(args[1], tuple):
        looked_up.add(args[1][0])
sys.addaudithook(hook)
sys.path[:0] = [{str(ROOT)!r}, {str(Path(__file__).parent)!r}]
import urllib.request
from made_up import Echo
from ui.chat import window
with window(Echo(["It rained."])) as address, urllib.request.urlopen(address) as response:
    assert response.status == 200
print(sorted(str(host) for host in looked_up))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "['127.0.0.1']", done.stderr
