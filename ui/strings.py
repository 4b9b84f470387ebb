"""Keep every English word of the chat window in one place."""

__all__: list[str] = []

PRODUCT = "Parley"
ARTICLES = "Articles"
NEW_CHAT = "New chat"
SEND = "Send"
CLOSE = "Close"
QUESTION = "Question"
QUESTION_HINT = "Ask about the articles …"
CONVERSATION = "Conversation"
EVIDENCE = "Evidence"
WELCOME = "What would you like to know?"
WELCOME_DETAIL = (
    "Every answer quotes the articles word for word. Choose a number such as [1] to read the quote in its article."
)
READING = "Reading the articles …"
QUOTES = "Quotes in this answer"
CLOSEST = "Closest passages"
NOT_MENTIONED = "No article mentions"
PICK_ARTICLE = "Choose one to read it. Once you ask, the quoted article opens here."
NO_ARTICLES = "There are no articles here yet."
ARTICLE_TEXT = "Article text"
UNTITLED = "Untitled article"
BROKEN = "Something went wrong while answering. The terminal that runs Parley says more."


def answers_from(folder: str, articles: int) -> str:
    """Say what the answers come from, in words."""
    return f"{folder} · {count_articles(articles)}"


def count_articles(number: int) -> str:
    """Say how many articles there are, in words."""
    return "1 article" if number == 1 else f"{number:,} articles"


def count_words(number: int) -> str:
    """Say how long a text is, in words."""
    return "1 word" if number == 1 else f"{number:,} words"


def position(number: int, total: int, title: str, *, proves: bool) -> str:
    """Say which passage is being shown, for those who hear the window."""
    return f"{'Quote' if proves else 'Passage'} {number} of {total}, in {title}"


def open_quote(title: str) -> str:
    """Say what choosing a citation does."""
    return f"Show the quote in “{title}”"


def too_long(length: int, limit: int) -> str:
    """Say that a question is too long."""
    return f"The question has {length:,} characters; ask it in at most {limit:,}."
