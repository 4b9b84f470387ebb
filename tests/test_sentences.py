import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.sentences import split_sentences

LETTERS = st.sampled_from(list("abAB19 .,!?…\"'“”‘’[]()\n\r\t-*#U.S.。é̀"))


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The U.S. Secretary of State met Gen. Charles Q. Brown on Oct. 30 in Washington.",
        "Officials pointed to a briefing on Nov. 16, when Mr. Kirby spoke of climate, e.g. China.",
        "The U.S. said that it would not.",
        "“Is this the end?” asked Lt. Col. Wu.",
        "It fell by 7.5 percent to 3.14 million.",
        "He threatened to harm then-Sen. Barack Obama, ex-Gov. Ann Lee said.",
        "Acme Inc. Chairman Li Wei, Ph.D. of St. Andrews, spoke at 5 p.m. Monday.",
    ],
)
def test_abbreviations_do_not_end_a_sentence(sentence: str) -> None:
    assert sentences(sentence) == [sentence]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("He flew to the U.S.", "The trip took a day."),
        ("They met in October.", "“We agree,” he said."),
        ("She said “no.”", "He left."),
        ("What now?", "Nobody knows."),
        ("谈判结束了。", "双方同意。"),
    ],
)
def test_sentences_end_at_their_punctuation(first: str, second: str) -> None:
    assert sentences(f"{first} {second}") == [first, second]


@pytest.mark.parametrize("text", ["Gen. Brown, " * 4000, "." * 10_000 + "x"])
def test_a_long_line_of_full_stops_takes_no_longer_than_any_line(text: str) -> None:
    began = time.process_time()
    assert "".join(sentences(text)).replace(" ", "") == text.replace(" ", "")
    assert time.process_time() - began < 1


def test_hard_wrapped_lines_are_one_sentence() -> None:
    text = (
        "The two covered a range of issues of interest to the United States and\n"
        "the international community.  It was an intense seven-hour session that\n"
        "Beijing and Washington had been planning for some time, reflecting the\n"
        "Gravity of the moment.\n"
    )
    assert [" ".join(sentence.split())[-20:] for sentence in sentences(text)] == [
        "rnational community.",
        "avity of the moment.",
    ]


def test_a_headline_is_a_sentence_of_its_own() -> None:
    body = "The talks were the first in more than a year, both ministries said in statements on Thursday in Beijing."
    assert sentences(f"Top officials talk for first time in a year\n{body}") == [
        "Top officials talk for first time in a year",
        body,
    ]


def test_an_address_that_no_column_wraps_leaves_the_other_lines_wrapped() -> None:
    text = (
        "The deputy minister of fisheries will lead a delegation to the\n"
        "capital of Samoa on Monday and Tuesday, where it will meet [the\n"
        "council](https://fisheries.example/councils/2024/01/28/statement-on-the-council-of-the-southern-seas/) of\n"
        "Fiji. The council has talked about the herring of the southern\n"
        "seas since last year."
    )
    assert sentences(text) == [text[: text.index(" The council has")], text[text.index("The council has") :]]


@given(st.text(LETTERS, max_size=300))
def test_sentences_hold_all_text_in_order(text: str) -> None:
    spans = split_sentences(text)
    ends = [0, *(end for _, end in spans)]
    for (start, end), before in zip(spans, ends, strict=False):
        assert before <= start < end
        assert text[start:end] == text[start:end].strip()
        assert not text[before:start].strip()
    assert not text[ends[-1] :].strip()
