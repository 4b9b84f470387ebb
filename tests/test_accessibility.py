"""Everyone can use the window: checked by axe-core on each screen, by keyboard, and in both languages."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import Open, ask
from playwright.sync_api import Page, expect

from ui.chinese import CHINESE
from ui.languages import LANGUAGES, language_of
from ui.strings import ENGLISH

WHEN = "When did the US cut military contacts with China?"
OVERVIEW = "What do the articles say about Taiwan?"
UNKNOWN = "How many moons does Jupiter have?"
PHONE = {"width": 390, "height": 844}


def expect_accessible(page: Page) -> None:
    """Expect that axe-core finds nothing serious or critical."""
    found = Axe().run(page).response["violations"]
    told = [
        f"{rule['id']}: {node['target']} {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]
    assert not told, "\n".join(told)


@pytest.mark.parametrize(
    "look",
    [
        pytest.param({}, id="light", marks=pytest.mark.slow),
        pytest.param({"color_scheme": "dark"}, id="dark", marks=pytest.mark.slow),
        pytest.param({"viewport": PHONE}, id="phone", marks=pytest.mark.slow),
        pytest.param({"color_scheme": "dark", "viewport": PHONE}, id="dark phone"),
    ],
)
def test_axe_finds_nothing_serious_on_any_screen(visit: Open, address: str, look: dict[str, Any]) -> None:
    page = visit(address, **look).page
    expect(page.locator("#conversation .example").first).to_be_visible()
    expect_accessible(page)
    reply = ask(page, OVERVIEW)
    reply.locator(".log summary").click()
    reply.locator(".menu summary").click()
    expect_accessible(page)
    ask(page, UNKNOWN)
    page.locator('#conversation a.card[href="#near-1-1"]').click()
    expect(page.locator("#pane mark.current").first).to_be_visible()
    page.wait_for_function("document.getAnimations().every(motion => motion.playState !== 'running')")
    expect_accessible(page)
    page.keyboard.press("Escape")
    page.locator("#articles-button").click()
    page.locator("#library-tools [name=text]").fill("military")
    expect(page.locator("#note .narrowed")).to_have_count(1)
    page.wait_for_function("document.getAnimations().every(motion => motion.playState !== 'running')")
    expect_accessible(page)
    page.keyboard.press("Escape")  # empties the search box
    page.keyboard.press("Escape")
    page.locator("#earlier-button").click()
    expect(page.locator("#earlier li")).not_to_have_count(0)
    expect_accessible(page)


def test_the_citations_are_walked_by_keyboard(visit: Open, address: str) -> None:
    page = visit(address).page
    ask(page, OVERVIEW)
    page.locator('#conversation a[href="#cite-0-1"]').first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#pane .article")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#pane .pane")).to_have_attribute("data-shows", "cite-0-2")
    expect(page.locator("#announcer")).to_contain_text("Quote 2 of")
    expect(page.locator('#conversation a.card[href="#cite-0-2"]')).to_have_attribute("aria-current", "true")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#pane .pane")).to_have_attribute("data-shows", "cite-0-3")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#pane .pane")).to_have_attribute("data-shows", "cite-0-2")
    page.keyboard.press("Escape")
    expect(page.locator('#conversation a[href="#cite-0-1"]').first).to_be_focused()
    page.keyboard.press("Control+k")
    expect(page.locator("#question textarea")).to_be_focused()


def test_a_sheet_on_a_phone_keeps_the_focus(visit: Open, address: str) -> None:
    page = visit(address, viewport=PHONE, has_touch=True).page
    ask(page, OVERVIEW)
    link = page.locator('#conversation a[href="#cite-0-1"]').first
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#evidence")).to_have_attribute("aria-modal", "true")
    inside = "document.querySelector('#evidence').contains(document.activeElement)"
    for key in (*["Tab"] * 12, *["Shift+Tab"] * 12):
        page.keyboard.press(key)
        page.wait_for_function(inside)
    page.keyboard.press("Escape")
    expect(page.locator("#evidence")).to_be_hidden()
    expect(link).to_be_focused()


def test_the_window_speaks_the_browsers_language(visit: Open, address: str) -> None:
    page = visit(address, locale="zh-CN").page
    expect(page.locator("#send")).to_have_text(CHINESE.send)
    expect(page.locator("#question textarea")).to_have_attribute("placeholder", CHINESE.question_hint)
    expect(page.locator("#conversation .placeholder")).to_contain_text(CHINESE.welcome)
    expect(page.locator("#library-tools")).to_contain_text(CHINESE.add)
    reply = ask(page, WHEN)
    expect(reply).to_contain_text(CHINESE.sources)
    for label, words in ((CHINESE.question, WHEN), (CHINESE.answer, CHINESE.sources)):
        expect(page.get_by_role("group", name=label, exact=True)).to_contain_text(words)
    expect(reply.locator(".log summary")).to_contain_text("段")
    expect(page.locator("html")).to_have_attribute("lang", re.compile("^zh"))
    expect_accessible(page)


@pytest.mark.parametrize("words", LANGUAGES.values(), ids=LANGUAGES)
def test_every_language_fills_in_the_same_places(words: Any) -> None:
    for name, english in ENGLISH.words().items():
        there, here = (
            set(re.findall(r"{(\w+)", text.replace("{year}", "") if name == "date" else text))
            for text in (words.words()[name], english)
        )
        assert there == here, name
    assert len(words.months) == 12
    assert len(words.keys) == len(ENGLISH.keys)


@pytest.mark.parametrize(
    ("accepted", "words"),
    [
        (None, ENGLISH),
        ("", ENGLISH),
        ("zh-CN,zh;q=0.9,en;q=0.8", CHINESE),
        ("en-GB,zh;q=0.5", ENGLISH),
        ("de,zh;q=0.5", CHINESE),
        ("*", ENGLISH),
    ],
)
def test_the_first_language_that_is_there_is_taken(accepted: str | None, words: Any) -> None:
    assert language_of(accepted) is words
