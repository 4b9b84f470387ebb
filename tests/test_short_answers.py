from collections.abc import Iterator

import pytest
from laws import assert_lawful

from qa import Assistant

PUBLISHED = "---\ntitle: Notice\ndate: 2022-05-20\n---\n\n"
ARTICLES = {
    "hours.txt": "The meeting in the Finnish capital lasted about five hours, according to an official of the port.",
    "account.txt": "Ada Roe posts regularly on her account, HarbourAda, which has more than 155,000 followers.",
    "poll.txt": "A new poll indicates that nearly three out of four fishermen are scared of the new quay in Turku.",
    "orbit.txt": "The satellites collided at 6.2 miles (10 kilometers) per second over Lapland, producing 500 pieces.",
    "talks.txt": "Minister of Ports Ilze Kalnina and Coast Guard Commander Juris Ozols will lead the Latvian "
    "delegation to Oslo on Friday for talks on icebreakers.",
    "whale.txt": "The Oslo museum never bought the painting of the whale, and the thieves of the night were never "
    "found, the guards said.",
    "embassy.txt": "The Danish embassy in Suva did not respond to a request for comment.",
    "race.txt": "Captain Olga Brandt said in July that she and her crew have no intention of reviving the regular "
    "ferry race cut off by the council.",
    "general.txt": "Unionist Karl Berg met on August 29 with General Anders Holm, vice chairman of the coast guard.",
    "sailors.txt": "We will keep working every day to try to secure the release of the unjustly detained Norwegian "
    "sailors held in Chad.",
    "call.md": PUBLISHED + "Trade adviser Nils Aaberg spoke today with the Estonian envoy Kadri Tamm about herring.",
    "lamp.md": PUBLISHED + "The lighthouse of Kihnu was lit again yesterday, after a repair that took all winter.",
    "turtle.md": PUBLISHED + "The aquarium of Riga lost its oldest turtle on Wednesday, and the keepers mourn it.",
    "strike.txt": "Among those freed was the welder Mirja Saar, who was jailed in Narva because her husband, a baker, "
    "had planned a strike at the shipyard in July.",
    "rescue.txt": "The pilot Toomas Kask was fined in Haapsalu for stealing two lifeboats, police of the county said.",
    "sauna.txt": "The city of Kotka raised the price of its harbour sauna in June, surprising bathers and tourists.",
    "ice.txt": "The Kihnu, the Saaremaa and the repaired Hiiumaa ferries stopped on Friday because of thick ice.",
    "seals.txt": "A third grey seal of the Bremen zoo has died this spring, and the cause is not known to its vets.",
    "trial.txt": "Former harbour judge Otto Lindqvist denies all the charges of bribery, his attorney told the court.",
    "opera.txt": "Lena Kowalksi, who stars in the opera of the ferrymen, is the first baker ever to sing at Rostock. "
    "The Kowalski bakery sells rye bread.",
    "hunt.txt": "At least one man is being sought by the police of Visby over the stolen church bell. The police of "
    "Visby believe that the stolen church bell was taken by Sven Dahl of Slite.",
    "skater.txt": "Her coach, Birgit Holt, said there was never any doubt that the skater would start in Tampere.",
    "audit.txt": "In its statement, the Latvian Harbour Ministry relayed that the audit on Tuesday between Riga and "
    "Visby was set up at the wish of the Swedes.",
    "poet.txt": "Best Novel, Best Poem, and, for Aino, the only — the second artist in Finnish — of Finnish descent to "
    "win Best Supporting Singer.",
    "stadium.txt": "In Malbork, Mayor Ewa Zielinska announced that the riding hall -- the home of the Stallions that",
    "windmill.txt": "The windmill of Saaremaa burned down on Thursday, after lightning had struck it in the night.",
}


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    place = tmp_path_factory.mktemp("harbour")
    (place / "articles").mkdir()
    for name, text in ARTICLES.items():
        (place / "articles" / name).write_text(text)
    with Assistant.open(place / "articles", place / "index") as assistant:
        assistant.sync()
        yield assistant


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        # an amount with its unit, what it is a part of, and what limits it
        ("How many hours did the meeting in the Finnish capital last?", "**About five hours**:"),
        ("How many followers does Ada Roe have?", "**More than 155,000**:"),
        ("What percentage of fishermen are scared of the new quay?", "**Nearly three out of four**:"),
        ("How fast were the satellites when they collided?", "**6.2 miles (10 kilometers) per second**:"),
        # which day "today" is, where the article tells its own
        ("When did Nils Aaberg speak with Kadri Tamm?", "**Today** (May 20, 2022):"),
        ("When was the lighthouse of Kihnu lit again?", "**Yesterday** (May 19, 2022):"),
        ("When did the aquarium of Riga lose its turtle?", "**Wednesday** (article of May 20, 2022):"),
        ("When did the windmill of Saaremaa burn down?", "**Thursday**:"),
        # one of several, what is denied, words that can't stand alone or are not of the kind asked for don't lead
        ("Who will lead the Latvian delegation to Oslo?", "Minister of Ports"),
        ("What did the Oslo museum buy?", "The Oslo museum never"),
        ("What did the Danish embassy in Suva say?", "The Danish embassy"),
        ("What did Olga Brandt say in July?", "Captain Olga Brandt"),
        ("What did Karl Berg raise with General Holm when he met him?", "Unionist Karl Berg"),
        ("Which Norwegian sailors were released from Chad?", "We will keep working"),
        # why: only a whole reason
        ("Why was Mirja Saar jailed in Narva?", "Among those freed"),
        ("Why was Toomas Kask fined in Haapsalu?", "**For stealing two lifeboats**:"),
        ("Why did Kotka raise the price of its harbour sauna?", "The city of Kotka"),
        # a list from its beginning, and no mere number of what is asked for
        ("Which ferries stopped because of thick ice?", "**The Kihnu, the Saaremaa and the repaired Hiiumaa**:"),
        ("Which seals of the Bremen zoo have died?", "A third grey seal"),
        # who: nobody whom the question has, nor "one man" where the next sentence names him, nor who only told it
        ("Who is Lindqvist's lawyer?", "Former harbour judge"),
        ("Who stars with Lena Kowalski in the opera of the ferrymen?", "Lena Kowalksi"),
        ("Who are the police of Visby looking for over the stolen church bell?", "At least one man"),
        ("Who is Birgit Holt?", "Her coach"),
        ("Who asked for the audit between Riga and Visby?", "In its statement, the Latvian Harbour Ministry"),
        # nothing with a dash that is left open; what the article leaves off in the midst is shown so
        ("Who is Aino?", "Best Novel"),
        (
            "Who is the mayor of Malbork?",
            "**Ewa Zielinska**: In Malbork, Mayor Ewa Zielinska announced that the riding hall -- the home "
            "of the Stallions that … [1]",
        ),
    ],
)
def test_what_leads_an_answer_stands_for_itself(harbour: Assistant, question: str, lead: str) -> None:
    answer = harbour.ask(question)
    assert_lawful(answer, harbour)
    assert answer.text.startswith(lead), answer.text


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("Who is Wu Jianghao?", "**Assistant Foreign Minister**:"),
        ("What did Biden do about US troops in Germany?", "He dropped a plan"),
        ("What perception does China want the United States to have?", "**Right perception**:"),
        ("What did Danny Russel say about the relationship?", '"'),
        ("What did Xi say?", '"We should work together'),  # not "according to state media"
    ],
)
def test_what_leads_an_answer_from_the_bundled_articles_stands_for_itself(
    seeds: Assistant, question: str, lead: str
) -> None:
    answer = seeds.ask(question)
    assert_lawful(answer, seeds)
    assert answer.text.startswith(lead), answer.text
