from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.drafts import read_drafts
from qa.facts import Grounds, find_fault
from qa.gate import Gate, Passage, Ruling
from qa.reader import Reader
from qa.wording import Words
from vectorstore import split_sentences

TEXT = (
    "The ministers of Fiji and Samoa met in Geneva on 4 March 2021. "
    "The Fijian envoy, Mere Vula, called the treaty “a step — no more — towards\nsafer seas”. "
    "The talks lasted five hours, and 1,200 people protested outside. "
    "Samoa did not sign the treaty. It has accused Fiji of overfishing."
)
READER = Reader()  # loads its model when it first reads
PASSAGE = Passage("a.txt", 100, TEXT, tuple(split_sentences(TEXT)), "Talks on fishing, March 5, 2021")


@pytest.fixture(scope="module")
def gate() -> Gate:
    return Gate({1: PASSAGE}, READER)


def quoted(gate: Gate, sentence: str) -> str:
    (proof,) = gate.check(sentence, [1]).proofs
    return TEXT[proof.start - PASSAGE.start : proof.end - PASSAGE.start]


@pytest.mark.parametrize(
    ("sentence", "proof"),
    [
        ("The ministers of Fiji and Samoa met in Geneva on 4 March 2021.", "The ministers of Fiji"),
        ("The talks lasted five hours.", "The talks lasted"),
        ("Samoa did not sign the treaty.", "Samoa did not sign"),
    ],
)
def test_what_the_passage_says_passes_with_the_words_that_prove_it(gate: Gate, sentence: str, proof: str) -> None:
    assert quoted(gate, sentence).startswith(proof)


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("The talks lasted six hours.", "the number 6 is not there"),
        ("The talks lasted five days.", "5 is not in day"),
        ("The talks lasted 1,200 hours, and five people protested outside.", "1200 is not in hour"),
        ("The ministers of Fiji and Samoa met in Geneva on 4 May 2021.", "4 is not in may"),
        ("The ministers of Fiji and Samoa met in Geneva in May.", "May is not there"),
        ("The ministers of Fiji and Samoa met in Vienna.", "'vienna' is not there"),
        ("The ministers of Fiji and Tonga met in Geneva.", "'tonga' is not there"),
        ("Samoa signed the treaty.", "a denial is left out"),
        ("The talks did not last five hours.", "it is denied"),
        ("Mere Samoa called the treaty a step.", "'mere samoa' is no name there"),
        ("The envoy called it “a step towards safer seas”.", "“a step towards safer seas” is not quoted"),
        ('The envoy called it "a small step".', "“a small step” is not quoted"),
        ('The envoy called it "a step.', "a quotation does not end"),
        ("See https://fiji.example for more.", "it holds a link or markup"),
        ("The ministers met ![here](x).", "it holds a link or markup"),
    ],
)
def test_what_the_passage_does_not_say_is_stopped_by_rule(gate: Gate, sentence: str, fault: str) -> None:
    ruling = gate.check(sentence, [1])
    assert not ruling.is_supported
    assert ruling.fault.startswith(fault)


@pytest.mark.parametrize(
    "sentence",
    [
        "Football is played by two teams.",
        "The treaty was rewritten by lawyers and praised by economists.",
        "The ministers exchanged gifts and danced all night.",
        "Fiji has accused Samoa of overfishing.",
        "Mere Vula called Samoa a step towards safer seas.",
    ],
)
def test_what_the_passage_does_not_say_is_never_shown_as_it_was_written(gate: Gate, sentence: str) -> None:
    ruling = gate.check(sentence, [1])
    assert not ruling.is_supported or ruling.is_quoted
    assert not ruling.is_quoted or ruling.sentence in TEXT


@pytest.mark.parametrize(
    ("sentence", "proof"),
    [
        ("The talks went on for five hours.", "The talks lasted"),
        ("Samoa didn't sign the treaty.", "Samoa did not sign"),
    ],
)
def test_what_the_passage_says_in_other_words_passes_as_it_was_written(gate: Gate, sentence: str, proof: str) -> None:
    assert quoted(gate, sentence).startswith(proof)
    assert gate.check(sentence, [1]).sentence == sentence


def ruling_on(article: str, sentence: str) -> Ruling:
    return Gate({1: Passage("a.txt", 0, article, tuple(split_sentences(article)))}, READER).check(sentence, [1])


@pytest.mark.parametrize(
    ("article", "sentence"),
    [
        ("Officials denied that the bridge was unsafe.", "The bridge was unsafe."),
        ("Officials denied the old bridge was unsafe.", "The old bridge was unsafe."),
        ("The ministry rejected claims that the talks had failed.", "The talks had failed."),
        ("He falsely claimed that the vote was rigged.", "The vote was rigged."),
        ("The bridge was unsafe, critics claim.", "The bridge was unsafe."),
        ("The old bridge was unsafe, according to rumours.", "The old bridge was unsafe."),
        ("Few economists in Leeds supported the tax cut in May.", "Economists in Leeds supported the tax cut in May."),
        (
            "The mayor of the town allegedly took bribes from builders.",
            "The mayor of the town took bribes from builders.",
        ),
        ("The mayor was accused of taking bribes from builders.", "The mayor took bribes from builders."),
        ("The bank may have cut 500 jobs in Leeds last year.", "The bank cut 500 jobs in Leeds last year."),
        ("The bank was expected to sign the deal in May.", "The bank signed the deal in May."),
        ("The bank agreed to sign the deal in May.", "The bank signed the deal in May."),
        ("The firm refused to sign the deal in May and paid.", "The firm signed the deal in May and paid."),
        ("If the vote fails, the minister will resign.", "The minister will resign."),
        ("The minister will resign unless the vote succeeds.", "The minister will resign."),
        ("It is unclear whether the minister has resigned.", "The minister has resigned."),
        ("Has the minister of finance resigned?", "Has the minister of finance resigned."),
        (
            "The mine could harm the river, and locals protested.",
            "The mine would harm the river, and locals protested.",
        ),
        ("Voters are keen for signs the mayor will cut taxes.", "The mayor will cut taxes."),
        ("The plant is set to make steel in Leeds in May.", "The plant will make steel in Leeds in May."),
        ("The rivals in Leeds can beat anyone—as long as they train.", "The rivals in Leeds can beat anyone."),
        ("Fiji cut the plan, a move some experts saw as weak.", "Fiji cut the plan, a move experts saw as weak."),
        ("The firm owns 80 percent of parts of the chain.", "The firm owns 80 percent of the chain."),
        ("The talks were held on Monday morning in Geneva.", "On Monday morning in Geneva."),
    ],
)
def test_what_a_sentence_depends_on_is_not_left_out(article: str, sentence: str) -> None:
    ruling = ruling_on(article, sentence)
    assert ruling.is_quoted
    assert ruling.sentence == article


@pytest.mark.parametrize(
    ("article", "sentence"),
    [
        ("Jones sued Smith in May.", "Smith sued Jones in May."),
        ("Jones was sued by Smith in a court in Leeds over rent.", "Jones sued Smith in a court in Leeds over rent."),
        ("The dog bit the postman on Monday.", "The postman bit the dog on Monday."),
        ("The son of Smith was arrested in Leeds.", "Smith was arrested in Leeds."),
        ("Jones's lawyer was arrested in Leeds on Monday.", "Jones was arrested in Leeds on Monday."),
        ("The man who shot Jones was arrested in Leeds.", "Jones was arrested in Leeds."),
        ("Smith beat Jones and fled to Leeds on Monday.", "Jones fled to Leeds on Monday."),
        ("He was greeted at the port by Mere Vula.", "He greeted Mere Vula at the port."),
        (
            "Jones blamed the bank for the loss, while Smith urged investors to stay calm.",
            "Jones blamed the bank for the loss, while urging investors to stay calm.",
        ),
        (
            "In Suva, Vula signed pacts with Fiji and Samoa, and the union announced talks with Tonga.",
            "In Suva, Vula signed pacts with Tonga.",
        ),
        ("Trade makes up 60% of Fiji's income, 70% of Samoa's income.", "Trade makes up 60% of Samoa's income."),
    ],
)
def test_who_did_what_to_whom_is_not_turned_round(article: str, sentence: str) -> None:
    ruling = ruling_on(article, sentence)
    assert ruling.is_quoted
    assert ruling.sentence == article


@pytest.mark.parametrize(
    ("article", "sentence"),
    [
        (
            "The fine cost the bank hundreds of billions of dollars.",
            "The fine cost the bank hundreds of millions of dollars.",
        ),
        (
            "Under Vula, spending on schools and roads more than doubled—after falling under the union before the war.",
            "Under Vula, spending on schools and roads more than doubled, before falling under the union.",
        ),
        (
            "Smith met Jones in Leeds. Jones said the bank should not interfere in the affairs of the union, according "
            "to a statement from the ministry.",
            "Smith said the bank should not interfere in the affairs of the union, according to a statement from the "
            "ministry.",
        ),
    ],
)
def test_another_word_does_not_stand_in_the_place_of_the_articles(article: str, sentence: str) -> None:
    assert ruling_on(article, sentence).is_quoted


@pytest.mark.parametrize(
    ("article", "sentence"),
    [
        ("Officials said on Monday that the bridge was unsafe.", "The bridge was unsafe."),
        ("The old bridge was unsafe, engineers found.", "The old bridge was unsafe."),
        ("The firm, which denied wrongdoing, paid the fine in May.", "The firm paid the fine in May."),
        ("The mayor allegedly took bribes from builders.", "The mayor reportedly took bribes from builders."),
        ("The firm paid the fine, although it had refused to.", "The firm paid the fine."),
        ("The bank signed the deal in May, as expected.", "The bank signed the deal in May."),
        ("Jones sued Smith over rent in May.", "Smith was sued by Jones over rent in May."),
        ("The bill was passed by the lower house on Tuesday.", "The lower house passed the bill on Tuesday."),
        ("The minister met all of the members on Monday.", "The minister met all the members Monday."),
        ("The report concluded that the bridge was unsafe.", "The bridge was unsafe."),
        (
            "The fee on steel in Fiji will rise from 25% to 50% by 2025.",
            "The fee on steel in Fiji will rise to 50% by 2025.",
        ),
        ("Smith met union vice chair Mere Vula in Geneva.", "Smith met Mere Vula in Geneva."),
    ],
)
def test_what_only_adds_to_a_sentence_may_be_left_out(article: str, sentence: str) -> None:
    assert ruling_on(article, sentence).is_shown_as_written


OTHER = "The ministers of Tonga met in Suva on 5 May 2021. They spoke about ferries."
PASSAGES = {1: PASSAGE, 2: Passage("b.txt", 0, OTHER, tuple(split_sentences(OTHER)), "Talks on ferries")}


@pytest.mark.parametrize("numbers", [[], [2], [9], [2, 9]])
def test_a_sentence_is_proved_by_another_passage_than_it_names(numbers: list[int]) -> None:
    ruling = Gate(PASSAGES, READER).check("The talks lasted five hours.", numbers)
    assert ruling.is_shown_as_written
    assert [proof.source for proof in ruling.proofs] == ["a.txt"]


@pytest.mark.parametrize("numbers", [[], [1], [2], [9]])
@pytest.mark.parametrize(
    "sentence",
    [
        "The ministers of Tonga met in Geneva on 4 March 2021.",
        "The talks lasted six hours.",
        "It snowed on the Matterhorn.",
        "China wants the states to have what is theirs.",
    ],
)
def test_what_no_passage_says_is_stopped_whatever_it_names(sentence: str, numbers: list[int]) -> None:
    ruling = Gate(PASSAGES, READER).check(sentence, numbers)
    assert ruling.fault
    assert not ruling.proofs


def test_passages_prove_a_sentence_together_only_where_it_names_them() -> None:
    gate, sentence = Gate(PASSAGES, READER), "They spoke about ferries, and 1,200 people protested outside."
    assert {proof.source for proof in gate.check(sentence, [1, 2]).proofs} == {"a.txt", "b.txt"}
    assert {proof.source for proof in gate.check(sentence, []).proofs} == {"a.txt"}


def test_a_quote_gets_the_bytes_of_the_article(gate: Gate) -> None:
    ruling = gate.check('The Fijian envoy, Mere Vula, called the treaty "a step - no more".', [1])
    assert ruling.sentence == 'The Fijian envoy, Mere Vula, called the treaty "a step — no more".' or not ruling.proofs


@pytest.mark.parametrize(
    ("claim", "proof"),
    [
        ("It cost $3bn.", "It cost 3 billion dollars."),
        ("It rose by 20%.", "It rose by twenty percent."),
        ("It rose by 5 percent.", "It rose by 5 per cent."),
        ("They met on Thurs., Sept. 5.", "They met on Thursday, the 5th of September."),
        ("They met on May 5.", "They met on the 5th of May."),
        ("The American envoy left.", "The U.S. envoy left."),
        ("China's army trained.", "The Chinese army trained."),
        ("It was built in the 1980s.", "It was built in 1984."),
        ("The PLA trained.", "The People's Liberation Army trained."),
        ("He has not yet spoken.", "He has yet to have spoken."),
    ],
)
def test_one_fact_in_two_forms_is_one_fact(claim: str, proof: str) -> None:
    words = Words(proof)
    assert find_fault(Words(claim), Grounds(words, words, Words(""))) == ""


@pytest.mark.parametrize(
    ("claim", "proof"),
    [
        ("It rose by 5 per day.", "It rose by 5 percent."),
        ("It rose by 5 percent.", "It rose by 5 per day."),
        ("It rose by 5 per week.", "It rose by 5 per day."),
        ("They met Marc in Oslo.", "They met in Oslo in March."),
    ],
)
def test_what_is_written_alike_is_not_one_fact(claim: str, proof: str) -> None:
    words = Words(proof)
    assert find_fault(Words(claim), Grounds(words, words, Words("")))


PIECES = [*"ab A.,!?\n\"“”’'-%$", "1", "20 ", "[1]", "May ", "not ", "Fiji ", "é", "\u202e"]


@settings(max_examples=200)
@given(text=st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_a_text_agrees_with_itself(text: str) -> None:
    words = Words(text)
    assert find_fault(words, Grounds(words, words, words)) == ""


ANSWER = (
    "The talks were held in Geneva. They lasted five hours [1]. “No more,” said Mere Vula [1][2]. "
    "It rained [3, 1]\nIt was over."
)


def test_a_draft_is_read_sentence_by_sentence_with_its_numbers() -> None:
    drafts = [(draft.text, draft.numbers) for draft in read_drafts([ANSWER])]
    assert drafts == [
        ("The talks were held in Geneva.", (1,)),
        ("They lasted five hours.", (1,)),
        ("“No more,” said Mere Vula.", (1, 2)),
        ("It rained", (3, 1)),
        ("It was over.", ()),
    ]


def test_a_stop_on_either_side_of_a_number_is_one_stop() -> None:
    written = 'It rained. [1]. “It was cold.” [2]. He said "no" [3]. Why?! [3].'
    assert [draft.text for draft in read_drafts([written])] == [
        "It rained.", "“It was cold.”", 'He said "no".', "Why?!"
    ]  # fmt: skip


@given(cuts=st.lists(st.integers(0, len(ANSWER)), max_size=12))
def test_a_draft_reads_the_same_however_it_comes_in_pieces(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(ANSWER)]
    pieces = [ANSWER[start:end] for start, end in pairwise(places)]
    assert list(read_drafts(pieces)) == list(read_drafts([ANSWER]))


def test_a_sentence_is_read_before_the_next_one_has_come() -> None:
    pieces = iter(["It rained. [1] I", "t was cold. [2]"])
    assert next(read_drafts(pieces)).text == "It rained."
    assert next(pieces)


def test_what_a_model_thinks_aloud_is_not_read() -> None:
    assert [draft.text for draft in read_drafts(["<thi", "nk>Hm. [1] So</th", "ink>\n\nIt rained. [1]"])] == [
        "It rained."
    ]
