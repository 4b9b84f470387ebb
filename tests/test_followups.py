import re
import time
from pathlib import Path

import pytest
from conftest import MakeFolder
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import CountingEmbedding

from qa import Assistant, Turn
from qa.followups import resolve

LIU = (
    "China’s Defense Ministry cited the Chief of Staff of China’s Central Military Commission General Liu Zhenli as "
    "telling US Joint Chiefs of Staff Chairman General Charles Q. Brown that the “right perception” toward China "
    "should be established by the US to improve bilateral relations. [1]"
)
SEVERED = (
    "**August 2022**: The US severed military-to-military contacts with China in August 2022, after then-House Speaker "
    "Nancy Pelosi visited Taiwan. [1]"
)
MET = (
    "**Antony Blinken**: Secretary of State Antony Blinken met with Chinese leader Xi Jinping on Monday in Beijing. [1]"
)
GENERAL = ("Which Chinese general spoke with General Brown?", LIU)
OFFICIAL = ("Which U.S. official met Xi in Beijing?", MET)
CONTACTS = ("Why did the US sever military-to-military contacts with China?", SEVERED)
TAIWAN = ("What did Biden say about Taiwan?", "Biden raised the issue with Xi. [1]")
SUMMIT = ("Which summit did Blinken attend before going to China?", "He attended the G7 summit in Britain. [1]")
MENG = (
    "Where is Meng Wanzhou under house arrest?",
    "Huawei executive Meng Wanzhou remains under house arrest in Canada pending an extradition hearing. [1]",
)
YELLEN = (
    "Who ruled out reviving the economic dialogue?",
    "**Janet Yellen**: Treasury Secretary Janet Yellen said in July that she has no intention of reviving it. [1]",
)

BALI = ("What did Holm say about Taiwan in Bali?", "")
ENVOY = ("Who led the US delegation at the Geneva talks?", "")
VISIT = ("When did Holm meet Ann Reid in Apia?", "**May 2023**: Holm met Ann Reid in Apia on May 3. [1]")
FINAL = ("Who won the men's final at Wimbledon in 2019?", "**Ida Holm**: Ida Holm won it. [1]")
DUTY = ("What is the new duty on electric buses from Samoa?", "")
QUAKE = ("How many people died in the earthquake in Nepal?", "")
MEDALS = ("How many medals did Norway win at the Games in Beijing?", "")

# what was asked and answered before, the question, what must be filled in, and what must not
FILLED_IN = [
    # the person asked for
    (GENERAL, "What did he say about Taiwan?", "What did Liu Zhenli say about Taiwan?", "Brown"),
    (GENERAL, "What did Brown tell him?", "What did Brown tell Liu Zhenli?", "him"),
    (GENERAL, "What is his view of the South China Sea?", "Liu Zhenli's view", "his"),
    (GENERAL, "What did he say about his country?", "What did Liu Zhenli say about his country?", "Brown"),
    (GENERAL, "and what did he urge", "What did Liu Zhenli urge?", "and"),
    (OFFICIAL, "Who greeted him at the airport?", "Who greeted Antony Blinken at the airport?", "Xi"),
    (OFFICIAL, "Where else will he go?", "Where else will Antony Blinken go?", "Xi"),
    (OFFICIAL, "What did Xi tell him?", "What did Xi tell Antony Blinken?", "him"),
    (YELLEN, "When did she say that?", "Janet Yellen", "she"),
    (YELLEN, "What is her post?", "Janet Yellen's post", "her"),
    # a person of the question or of the answer
    (TAIWAN, "Who is his secretary of state?", "Who is Biden's secretary of state?", "Xi"),
    (TAIWAN, "What did Xi tell him about that?", "What did Xi tell Biden about Taiwan?", "him"),
    (CONTACTS, "When did she go to Taiwan?", "When did Nancy Pelosi go to Taiwan?", "she"),
    (MENG, "What is she waiting for there?", "What is Meng Wanzhou waiting for in Canada?", "there"),
    # several
    (GENERAL, "What did they discuss?", "Liu Zhenli", "they"),
    (GENERAL, "What did they discuss?", "Brown", "they"),
    (OFFICIAL, "What did the two leaders discuss?", "What did Antony Blinken and Xi discuss?", "two"),
    (("What did Biden and Xi agree on?", ""), "When did they meet?", "When did Biden and Xi meet?", "they"),
    (("What has China denied?", ""), "Whom did they blame?", "Whom did China blame?", "they"),
    # the event
    (CONTACTS, "And when was that?", "When did the US sever military-to-military contacts with China?", "Why"),
    (CONTACTS, "When?", "When did the US sever military-to-military contacts with China?", "Why"),
    (CONTACTS, "When did that happen?", "When did the US sever military-to-military contacts with China?", "that"),
    (CONTACTS, "Who did it?", "the US severed military-to-military contacts with China", "Pelosi"),
    (CONTACTS, "What happened after that?", "after the US severed military-to-military contacts with China", "that"),
    (GENERAL, "Who asked for it?", "Who asked for the conversation between Liu Zhenli and Brown?", "it"),
    (GENERAL, "When was that?", "When did Liu Zhenli speak with General Brown?", "Which"),
    (GENERAL, "Why?", "Why did Liu Zhenli speak with General Brown?", "Which"),
    (GENERAL, "How long did the call last?", "the call between Liu Zhenli and Brown", "Which"),
    (OFFICIAL, "How long did the meeting last?", "the meeting between Antony Blinken and Xi in Beijing", "Which"),
    (OFFICIAL, "Which summit did he attend before that?", "before he met Xi in Beijing", "that"),
    (OFFICIAL, "Who else?", "Who else met Xi in Beijing?", "Which"),
    # the thing
    (SUMMIT, "Where was it held?", "the summit that Blinken attended before going to China", "it"),
    (SUMMIT, "What did its communique criticize?", "the communique of the summit that Blinken attended", "its"),
    (
        ("When did the videoconference between Brown and Liu take place?", ""),
        "Who asked for it?",
        "the videoconference",
        "it",
    ),
    (("When did the videoconference take place?", ""), "At whose request was that videoconference?", "the vid", "that"),
    (
        ("Who won the election in Fiji?", ""),
        "When was the election held?",
        "When was the election in Fiji held?",
        "Who",
    ),
    (
        ("How many were listed in the June 2021 order?", ""),
        "When did it take effect?",
        "the June 2021 order take",
        "it",
    ),
    (
        ("What did the ministry add to its list?", "**polysilicon**: The ministry added polysilicon. [1]"),
        "Where is it made?",
        "Where is polysilicon made?",
        "ministry",
    ),
    (
        ("Who stars in Blue Lagoons?", "Ida Holm stars in it. [1]"),
        "what is it about?",
        "What is Blue Lagoons about?",
        "it",
    ),
    (("How much did Blue Lagoons cost?", ""), "Who directed it?", "Who directed Blue Lagoons?", "cost"),
    (("When was Blue Lagoons shown?", ""), "How much did it cost?", "How much did Blue Lagoons cost?", "it"),
    (("When did the Lumo deal close?", ""), "What is it about?", "What is the Lumo deal about?", "it"),
    (("What did Mayor Holm say?", ""), "Who wrote it?", "Who wrote it", "Who wrote Holm"),
    (
        ("Who led the Samoan side in Oslo?", ""),
        "Who stood in for Fiji there?",
        "Who stood in for Fiji in Oslo?",
        "there",
    ),
    # one thing put in the place of another
    (TAIWAN, "What about Japan?", "What did Biden say about Japan?", "Taiwan"),
    (TAIWAN, "And Xi?", "What did Xi say about Taiwan?", "Biden"),
    (TAIWAN, "How about climate change?", "What did Biden say about climate change?", "Taiwan"),
    (TAIWAN, "And in 2023?", "What did Biden say about Taiwan in 2023?", "And"),
    (TAIWAN, "And what did Xi say?", "What did Xi say about Taiwan?", "Biden"),
    (TAIWAN, "Did Xi say the same?", "Did Xi say the same about Taiwan?", "Biden"),
    (OFFICIAL, "Who did he meet there?", "Who did Antony Blinken meet in Beijing?", "there"),
    (BALI, "And about Hong Kong?", "What did Holm say about Hong Kong in Bali?", "Taiwan"),
    (BALI, "And on the South China Sea?", "What did Holm say on the South China Sea in Bali?", "Taiwan"),
    (BALI, "What about climate change?", "What did Holm say about climate change in Bali?", "Taiwan"),
    (BALI, "And the Pentagon?", "What did the Pentagon say about Taiwan in Bali?", "Holm"),
    (BALI, "And Reid in Lima?", "What did Reid say about Taiwan in Lima?", "Bali"),
    (ENVOY, "And Japan?", "Who led the Japan delegation at the Geneva talks?", "US"),
    (ENVOY, "And the Chinese delegation?", "Who led the Chinese delegation at the Geneva talks?", "US"),
    (("Who represented China in the Geneva talks?", ""), "And the United States?", "the United States in", "China"),
    (("When did the US cut ties with Samoa?", ""), "And Fiji?", "When did Fiji cut ties with Samoa?", "the"),
    (("When did President Holm visit Samoa?", ""), "And President Reid?", "When did President Reid visit", "Holm"),
    (("Who is the president of France?", ""), "And of Samoa?", "Who is the president of Samoa?", "France"),
    (
        ("Who is the president of France?", ""),
        "And the prime minister?",
        "Who is the prime minister of France?",
        "pres",
    ),
    (("What is China's view of tariffs?", ""), "And India's?", "What is India's view of tariffs?", "China"),
    (
        ("What did the court rule in May 2022?", ""),
        "What about March?",
        "What did the court rule in March 2022?",
        "May",
    ),
    (("What did the judge say about bail?", ""), "And the lawyers?", "What did the lawyers say about bail?", "judge"),
    (("Why did Boeing cut its staff in Leeds?", ""), "And in Suva?", "Why did Boeing cut its staff in Suva?", "Leeds"),
    (("What was agreed at the G7 summit?", ""), "And at the G20?", "What was agreed at the G20?", "G7"),
    (FINAL, "And the women's final?", "Who won the women's final at Wimbledon in 2019?", "men's"),
    (QUAKE, "And in the flood?", "How many people died in the flood?", "earthquake"),
    (MEDALS, "And Germany?", "How many medals did Germany win at the Games in Beijing?", "Norway"),
    (MEDALS, "And how many gold medals?", "How many gold medals did Norway win at the Games in Beijing?", "And"),
    (DUTY, "What about solar cells?", "What is the new duty on solar cells from Samoa?", "buses"),
    (DUTY, "And the old duty?", "What is the old duty on electric buses from Samoa?", "new"),
    (DUTY, "And the quota?", "What is the quota on electric buses from Samoa?", "duty"),
    (DUTY, "And the ferries?", "What is the new duty on the ferries from Samoa?", "buses"),
    (("What did the judge say about bail?", ""), "What about parole?", "What did the judge say about parole?", "bail"),
    (("Why did Momo the panda die?", ""), "What about the other pandas?", "Why did the other pandas die?", "Momo"),
    (("How much does the red Lumo Go cost?", ""), "And the Mini?", "How much does the Mini cost?", "red"),
    (("How much does the red lumo go cost?", ""), "and the small one?", "How much does the small one cost?", "red"),
    (("Where did Holm and Reid meet in May 2023?", ""), "And in July of that year?", "meet in July 2023?", "May"),
    (("Where did Holm and Reid meet on May 3, 2023?", ""), "And on July 5?", "Reid meet on July 5, 2023?", "May"),
    (("Will Holm visit Samoa?", ""), "And the market?", "Will Holm visit Samoa (the market)?", "about"),
    # a question after "what about"
    (ENVOY, "What about Holm, when did he arrive?", "When did Holm arrive?", "about"),
    (ENVOY, "And what about Eve Park, who greeted her?", "Who greeted Eve Park?", "about"),
    (BALI, "What about Reid, why?", "Why did Reid say that about Taiwan in Bali?", "Holm"),
    # where and when it was
    (VISIT, "What did they discuss?", "What did Holm and Ann Reid discuss in Apia?", "they"),
    (VISIT, "What did he say about tariffs?", "What did Holm say about tariffs in Apia?", "he"),
    (VISIT, "Where did they meet next?", "Where did Holm and Ann Reid meet next?", "Apia"),
    (("When did Holm visit Samoa?", ""), "Who did he meet?", "Who did Holm meet in Samoa?", "he"),
    (("When did Holm visit Samoa?", ""), "Who did he meet there?", "Who did Holm meet in Samoa?", "there"),
    (("Where did Holm meet Reid in May 2023?", ""), "What did they say?", "Holm and Reid say in May 2023?", "they"),
    (("Why did Holm meet Reid in May 2023?", ""), "When did they agree to?", "Holm and Reid agree to?", "May"),
    (("What did Holm say about the war in Ukraine?", ""), "What did he ask?", "What did Holm ask?", "Ukraine"),
    # a question without a noun
    (QUAKE, "How many were injured?", "How many were injured in the earthquake in Nepal?", "people"),
    (("Did the US reach the final in Suva?", ""), "Who won?", "Who won in Suva?", "US"),
    (FINAL, "How long did it last?", "How long did the men's final at Wimbledon in 2019 last?", "it"),
    (MEDALS, "How many of them were gold?", "How many of the medals that Norway won at the Games in Beijing", "them"),
    # made-up news
    (
        (
            "Who led the tariff talks at Geneva in May 2024?",
            "**Ida Holm**: Envoy Ida Holm led the tariff talks at Geneva. [1]",
        ),
        "And which agencies took part?",
        "Which agencies took part at Geneva in May 2024?",
        "Ida",
    ),
    (
        ("What did the mayor's order of June 3, 2021 end for small shops in Samoa?", ""),
        "From what date?",
        "From what date did the mayor's order of June 3, 2021 end for small shops in Samoa?",
        "What",
    ),
    (
        ("Where did Ida Holm speak about fishing quotas on May 3, 2021?", ""),
        "What did she propose there?",
        "What did Ida Holm propose when she spoke about fishing quotas on May 3, 2021?",
        "there",
    ),
    (
        ("Which law on quotas did Holm sign in July 2024?", ""),
        "With whom did he want the islands to talk?",
        "With whom did Holm want the islands to talk?",
        " he ",
    ),
    # who was asked for is described where the answer doesn't say
    (
        ("Who is the prime minister of Japan?", "The articles don't say."),
        "How old is he?",
        "How old is the prime",
        "he",
    ),
    (("Which envoy met Holm?", ""), "What did he say?", "What did the envoy who met Holm say?", "he "),
    # the noun that was asked for
    (("How many jobs will be lost?", ""), "When?", "When will the jobs be lost?", "many"),
    (("How many hostages have been freed?", ""), "By whom?", "By whom have the hostages been freed?", "many"),
    (("Which of the envoys were invited to Bali?", ""), "When was that?", "When were the envoys invited", "Which"),
    (("How many jobs will the firm cut in May?", ""), "Why?", "Why will the firm cut the jobs in May?", "many"),
    (("Which summit did Blinken attend?", ""), "When?", "When did Blinken attend the summit?", "Which"),
    (("In which city did they meet?", ""), "When?", "When did they meet?", "city"),
    (("What was said about Taiwan?", ""), "When?", "When was it said about Taiwan?", "What"),
    (("How many people died in the fire?", ""), "When?", "the people died in the fire?", "many"),
    # more of it
    (CONTACTS, "Tell me more", "Tell me more about why the US severed military-to-military contacts with China?", "it"),
    (GENERAL, "Tell me more, please.", "more about which Chinese general spoke with General Brown?", "please"),
    (("What do the articles say about Taiwan?", ""), "More?", "Tell me more about Taiwan?", "articles"),
    (("How many jobs will be lost?", ""), "Can you tell me more about it?", "about how many jobs will be lost?", "it"),
    # typed without capitals
    (("who is liu zhenli?", LIU), "what did he say about taiwan", "Liu Zhenli", "Brown"),
]

ALONE = [
    (GENERAL, "What did Blinken say about his visit?"),
    (GENERAL, "Which general said that he wanted dialogue?"),
    (GENERAL, "Who said that he was ready?"),
    (GENERAL, "Is it true that Liu is a general?"),
    (GENERAL, "How long does it take to fly to Beijing?"),
    (GENERAL, "Did Brown say that he wanted dialogue?"),
    (GENERAL, "How many countries are there in Asia?"),
    (GENERAL, "What did China say it would do?"),
    (GENERAL, "And where was Netflix founded?"),
    (GENERAL, "Who had not spoken with his Chinese counterpart after nine months?"),
    (CONTACTS, "What do the articles say about climate change?"),
    (CONTACTS, "  When did the US cut contacts with China ?"),
    (CONTACTS, "How long did the meeting in the Chinese capital last?"),
    (CONTACTS, "When he visited Taiwan, what did Blinken say?"),
    (OFFICIAL, "What did the US say?"),
    (OFFICIAL, "Which side requested the video call between the two generals?"),
    (OFFICIAL, "Summarise the articles."),
    (SUMMIT, "What is the population of Taiwan?"),
    (VISIT, "What is inflation?"),
    (VISIT, "Why do tariffs matter?"),
]


def turns(*texts: str) -> list[Turn]:
    return [Turn("assistant" if number % 2 else "user", text) for number, text in enumerate(texts) if text]


def everything(_: str) -> bool:
    return True


@pytest.mark.parametrize(("earlier", "question", "filled_in", "gone"), FILLED_IN)
def test_a_question_that_leans_on_the_conversation_is_filled_in(
    earlier: tuple[str, str], question: str, filled_in: str, gone: str
) -> None:
    resolved = resolve(question, turns(*earlier), everything)
    assert filled_in in resolved
    assert not re.search(rf"(?<!\w){re.escape(gone)}(?!\w)", resolved.replace(filled_in, ""))
    assert resolved.endswith("?")


@pytest.mark.parametrize(("earlier", "question"), ALONE)
def test_a_question_that_stands_alone_is_left_alone(earlier: tuple[str, str], question: str) -> None:
    assert resolve(question, turns(*earlier), everything) == question


@pytest.mark.parametrize("question", [question for _, question, *_ in FILLED_IN])
def test_without_a_conversation_nothing_is_filled_in(question: str) -> None:
    assert resolve(question, [], everything) == question


def test_the_person_is_found_more_than_one_turn_back() -> None:
    history = turns(
        *OFFICIAL, "Where else will he go?", "Blinken will also visit South Korea and Japan. [1]", "Why?", ""
    )
    assert (
        resolve("Who greeted him at the airport?", history, everything) == "Who greeted Antony Blinken at the airport?"
    )
    history = turns(*GENERAL, "How long had they not talked?", "For over a year. [1]")
    assert resolve("What did he say about Taiwan?", history, everything).count("Liu Zhenli") == 1


def test_a_person_stays_spoken_of_when_others_are_met() -> None:
    history = turns(
        *OFFICIAL, "Who did he meet on Sunday?", "**Wang Yi**: He met Foreign Minister Wang Yi on Sunday. [1]"
    )
    assert resolve("When did he leave?", history, everything) == "When did Antony Blinken leave?"


def test_each_follow_up_takes_from_the_one_before() -> None:
    history = turns(BALI[0], "So. [1]", "And about Samoa?", "So. [1]")
    assert resolve("And in Lima?", history, everything) == "What did Holm say about Samoa in Lima?"
    history = turns(*VISIT, "Who did he speak to?", "**Eve Park**: Holm spoke to Eve Park in Apia. [1]")
    assert resolve("What did they agree on?", history, everything) == "What did Holm and Eve Park agree on in Apia?"


@pytest.mark.parametrize("name", ["People’s Republic of China", "People's Bank of China", "Women's World Cup"])
def test_nobody_is_called_people(name: str) -> None:
    history = turns("When did Holm meet the envoy in Apia?", f"Holm met {name} envoys in Apia. [1]")
    resolved = resolve("What did they discuss?", history, everything)
    assert resolved == "What did Holm discuss in Apia?"


def test_a_name_that_no_article_holds_is_not_taken_from_an_answer() -> None:
    question = "What did he say about Taiwan?"
    resolved = resolve(question, turns(*GENERAL), lambda stem: stem not in {"liu", "zhen", "zhenli"})
    assert resolved == "What did the Chinese general who spoke with General Brown say about Taiwan?"


def test_a_country_is_never_he() -> None:
    resolved = resolve("What did he say?", turns("What did China deny?", "China denied it. [1]"), everything)
    assert "did China say" not in resolved


CLUTTER = st.lists(
    st.sampled_from(
        "what who did he she it they that there the same meeting Xi Beijing General Liu's U.S. and in of on , ? ( ) "
        "[1] ** "
        "’ “ … \n and-or 2023 Monday Ministry É e\u0301 \u202e about And".split(" ")
    ),
    max_size=30,
).map(" ".join)


@settings(max_examples=300)
@given(texts=st.lists(CLUTTER, max_size=6), question=CLUTTER)
def test_any_conversation_gives_a_question(texts: list[str], question: str) -> None:
    resolved = resolve(question, turns(*texts), everything)
    assert resolved == question or resolved.endswith("?")
    if any(character.isalnum() for character in question):
        assert any(character.isalnum() for character in resolved)


@pytest.mark.parametrize(
    "text", ["A" * 2000, "A " * 1000, "the " * 500, "he " * 600, "who did the A " * 140, ". " * 1000]
)
def test_long_texts_take_little_work(text: str) -> None:
    began = time.process_time()  # the processor's, so that a busy machine changes nothing
    resolve(text, turns(text, text), everything)
    resolve("What did he say about it there?", turns(text, text, f"Who {text}", text), everything)
    assert time.process_time() - began < 2


def test_a_long_conversation_keeps_the_question_short() -> None:
    history = turns(*(("Why was that?", "It was so. [1]") * 30)[:59], *CONTACTS, *(("Why?", "So. [1]") * 20))
    assert len(resolve("And when was that?", history, everything).split()) < 60


def test_an_assistant_reads_the_question_that_stands_alone(seeds: Assistant) -> None:
    for earlier, question, standalone in (
        (CONTACTS, "And when was that?", "When did the US sever military-to-military contacts with China?"),
        (GENERAL, "What did he say about Taiwan?", "What did Liu Zhenli say about Taiwan?"),
        (MENG, "Which company does she work for?", "Which company does Meng Wanzhou work for?"),
    ):
        first = seeds.ask(earlier[0])
        history = turns(earlier[0], first.text)
        answer = seeds.ask(question, history)
        assert (answer.question, answer.standalone_question) == (question, standalone)
        *_, streamed = seeds.stream(question, history)
        assert streamed == answer
        assert (answer.text, answer.citations) == ((alone := seeds.ask(standalone)).text, alone.citations)


def test_a_follow_up_is_answered(seeds: Assistant) -> None:
    first = seeds.ask(CONTACTS[0])
    assert "August 2022" in seeds.ask("And when was that?", turns(CONTACTS[0], first.text)).text


def test_a_question_that_names_nothing_stays_with_the_article(make_folder: MakeFolder, tmp_path: Path) -> None:
    crash = (
        "---\ndate: 2023-06-02\n---\n{place}\n\n"
        "A bus left the road near {place} on {day}. {hurt} passengers were injured. {name} drove the bus."
    )
    told = (("Malolo", "Monday", "Nine", "Ole Dahl"), ("Savusavu", "Friday", "Thirty", "Pia Roth"))
    folder = make_folder(
        {f"{place}.txt": crash.format(place=place, day=day, hurt=hurt, name=name) for place, day, hurt, name in told}
    )
    with Assistant.open(folder, tmp_path / "index") as assistant:
        for place, day, hurt, name in told:
            first = assistant.ask(f"When did the bus leave the road near {place}?")
            assert f"**{day}** (article of June 2, 2023): " in first.text
            history = turns(first.question, first.text)
            for question, said in (("How many passengers were injured?", hurt), ("Who drove the bus?", name)):
                answer = assistant.ask(question, history)
                assert said in answer.text
                assert {citation.source for citation in answer.citations} == {f"{place}.txt"}
        # an overview that was asked for before makes none of this question
        history = turns("Tell me about the bus near Savusavu", first.text)
        assert assistant.ask("Who drove it?", history).text.startswith("**Pia Roth**")


def test_a_follow_up_without_capitals_is_read_as_one_with_them(make_folder: MakeFolder, tmp_path: Path) -> None:
    told = (
        "The envoy said that Holm will visit West Samoa in May, and that Holm will then visit Tonga.",
        "In May the film Late Summer cost two million. Critics say that Late Summer is long. It was a hot summer.",
    )
    with Assistant.open(make_folder({f"{text[:3]}.txt": text for text in told}), tmp_path / "index") as assistant:
        for earlier, question, standalone in (
            ("Will Holm visit West Samoa?", "and tonga?", "Will Holm visit Tonga?"),
            ("will holm visit west samoa?", "and tonga?", "Will Holm visit Tonga?"),
            ("will holm visit west samoa?", "And Tonga?", "Will Holm visit Tonga?"),
            ("how much did late summer cost?", "who directed it?", "Who directed Late Summer?"),
            ("Will Holm visit West Samoa?", "what was said of tonga?", "what was said of tonga?"),
        ):
            assert assistant.ask(question, turns(earlier)).standalone_question == standalone


def test_who_is_unknown_to_the_articles_is_still_who_was_meant(make_folder: MakeFolder) -> None:
    folder = make_folder(
        {"a.txt": "The envoy of Samoa said that fishing quotas are fair. He met the minister in Apia."}
    )
    with Assistant.open(folder, folder.parent / "index", embedding=CountingEmbedding()) as assistant:
        first = assistant.ask("Who is Angela Merkel?")
        answer = assistant.ask("What did she say about quotas?", turns("Who is Angela Merkel?", first.text))
    assert answer.standalone_question == "What did Angela Merkel say about quotas?"


@pytest.mark.parametrize("history", [["Who is Liu Zhenli?"], [{"role": "user", "text": "Who?"}], [("user", "Who?")]])
def test_a_history_of_anything_but_turns_is_an_error(history: list[object], seeds: Assistant) -> None:
    with pytest.raises(TypeError, match="give it as Turn"):
        seeds.ask("What did he say?", history)  # type: ignore[arg-type]
