import time

import pytest

from vectorstore.furniture import find_furniture

BODY = (
    "The ministers met on Monday and agreed to talk again in spring, according to both sides.\n\n"
    "Neither side named a date for the next round, which is expected to be held in Geneva in March.\n\n"
)


def furniture(text: str, title: str = "") -> list[str]:
    return [text[start:end] for start, end in find_furniture(text, title)]


@pytest.mark.parametrize(
    "line",
    [
        "This website uses cookies.",
        "Read More",
        "Read next: Ministers vow to reduce tensions",
        "Next Post Previous Post",
        "No Comment",
        "Add Comment",
        "Click here to post a comment",
        "Your email address will not be published. Required fields are marked *",
        "Share this article on Facebook",
        "Subscribe to our newsletter",
        "© 2024 The Daily Example. All rights reserved.",
        "Home » News » Ministers meet",
        "News  |  Sport | Weather | Jobs",
        "Advertisement",
    ],
)
def test_furniture_is_found_between_paragraphs(line: str) -> None:
    assert furniture(f"{BODY}{line}\n\n{BODY}") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Read more books, the minister told pupils at a school in Leeds.",
        "The committee added a comment to its report on cookies.",
        "“Next post is Beijing,” the ambassador said.",
        "He agreed to share the report with parliament on Tuesday.",
        "Comments by the minister drew criticism.",
        "The copyright law of 1998 was changed.",
        "Harbour | 12 | 7 | 3 | the ferries, which were counted at night",
    ],
)
def test_sentences_that_speak_of_such_things_stay(line: str) -> None:
    assert furniture(f"{BODY}{line}\n\n{BODY}") == []


@pytest.mark.parametrize("line", [" | ".join(["cell      "] * 8) + " | " + "x" * 60, "A" + "     >     B" * 5 + " |"])
def test_a_padded_table_takes_no_longer_than_any_line(line: str) -> None:
    began = time.process_time()
    assert furniture(f"{BODY}{line}\n\n{BODY}") == []
    assert time.process_time() - began < 1


def test_what_follows_the_comment_form_is_furniture() -> None:
    tail = "Leave a Reply\n\nI was there and none of this is true.\n"
    assert "I was there and none of this is true." in "".join(furniture(BODY * 3 + tail))


def test_teasers_of_other_stories_are_furniture_and_a_trailing_off_sentence_is_not() -> None:
    teasers = ["A volcano wakes after a century of…", "Researchers found that cats may…"]
    assert furniture(BODY + "\n".join(teasers)) == teasers
    assert furniture(BODY + "“I never thought…”\n\n" + BODY) == []


def test_links_inside_a_paragraph_are_furniture() -> None:
    assert furniture("He resigned on Friday. Watch the minister speak »  A successor was named.") == [
        "Watch the minister speak »"
    ]


def test_a_repeated_headline_is_furniture() -> None:
    title = "Ministers agree to meet again"
    assert furniture(f"{title}\n\n{title}\n\n{BODY}", title) == [title]


def test_a_caption_that_a_picture_left_behind_is_furniture_and_a_heading_is_not() -> None:
    caption = "The ministers during their meeting in Geneva"
    assert furniture(f"{BODY}{BODY}\n\n{caption}\n\n\n{BODY}") == [caption]
    assert furniture(f"{BODY}{BODY}\n\nThe road to Geneva\n\n{BODY}") == []
