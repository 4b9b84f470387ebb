"""Ask another thing about the event of the last question: "When was that?", "Why?", "Tell me more"."""

import re

from .clauses import parse_question
from .mentions import Exchange, spoken_thing

__all__ = ["ask_again", "ask_fragment", "ask_more"]

_EVENT_ASKED = re.compile(
    r"^(?P<asked>when|where|why|how|(?:on|in|at|from|since|until|by)\s+(?:what|which)\s+\w+|what\s+(?:day|date|year|month|time))\s+"
    r"(?:(?:was|is)\s+(?:that|this|it)|(?:did|does)\s+(?:that|this|it|they)\s+(?:happen|take\s+place|occur|do\s+(?:that|this|it|so)))$",
    re.IGNORECASE,
)
_ACTION_ASKED = re.compile(
    r"^(?P<asked>when|where|why|how)\s+(?:did|does|has|have|had|was|were)\s+(?P<who>he|she|they|it)\s+(?:do|done|say|said)?\s*(?:that|this|it|so)$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^(?:please\s+|(?:can|could|would)\s+you\s+)?(?:(?:tell|give|say)\s+(?:(?:me|us)\s+)?(?:(?:a\s+(?:bit|little)|some)\s+)?)?"
    r"(?:more(?:\s+details?|\s+about\s+(?:it|that|this))?|go\s+on|continue|elaborate)(?:,?\s+please)?$",
    re.IGNORECASE,
)
_SPEAKING = frozenset("add announce argue claim declare do promise reveal say write".split())


def ask_more(core: str, exchange: Exchange) -> str:
    """Resolve "Tell me more" by the last question, as a clause where it makes one."""
    if not _MORE.match(core):
        return ""
    parsed = exchange.parsed
    clause = (
        exchange.statement() if parsed.auxiliary and not parsed.asks_for_subject else parsed.inverted or parsed.rest
    )
    if parsed.asked and clause:
        return f"tell me more about {parsed.asked[0].casefold()}{parsed.asked[1:]} {clause}"
    if parsed.tail.startswith("about "):
        return f"tell me more {parsed.tail}"
    return f"tell me more about this: {exchange.bare}"


def ask_again(core: str, exchange: Exchange) -> str:
    """Resolve "When was that?" and "Why did he do it?" by putting "When" before the last question."""
    bare = core[len(parse_question(core).lead) :]
    found = _EVENT_ASKED.match(bare) or _ACTION_ASKED.match(bare)
    if not found:
        return ""
    if re.search(r"\b(?:it|they)$", bare) and spoken_thing(exchange):
        return ""  # "When was it?" after "Which summit did he attend?"
    return _asked_anew(found["asked"], exchange)


def _asked_anew(asked: str, exchange: Exchange) -> str:
    """Ask another thing about the event of the last question."""
    parsed = exchange.parsed
    if parsed.inverted and (
        parsed.asks_for_subject
        or parsed.auxiliary not in {"is", "are", "was", "were"}
        or parsed.asked.casefold() in {"when", "where", "why", ""}
    ):
        return f"{asked} {_event(exchange)}"
    if turned := _turned(exchange):
        return f"{asked} {turned}"
    if statement := exchange.statement():
        return f"{asked} {_was(exchange)} it that {statement}"
    return f"{asked} was that ({exchange.bare})"


def _turned(exchange: Exchange) -> str:
    """Give "did Liu Zhenli speak with Brown" after "Which general spoke with Brown?"."""
    parsed = exchange.parsed
    described = f"the {parsed.asked_noun}" if parsed.asked_noun else ""
    return parsed.inverted_about(exchange.sought[0].text if exchange.sought else described)


def _was(exchange: Exchange) -> str:
    parsed = exchange.parsed
    verb = parsed.rest.partition(" ")[0]
    return "is" if not parsed.auxiliary and verb.endswith("s") and verb != "was" else "was"


def _event(exchange: Exchange) -> str:
    """Give "did Biden say that about Taiwan" for what follows another asking phrase."""
    parsed = exchange.parsed
    spoken = re.search(rf"\b(?:{'|'.join(_SPEAKING)})\b", parsed.rest)
    if spoken and parsed.auxiliary == "did" and parsed.asked.casefold() == "what":
        return f"did {parsed.rest[: spoken.end()]} that{parsed.rest[spoken.end() :]}"
    return parsed.event


def ask_fragment(core: str, exchange: Exchange) -> str:
    """Resolve "Why?" and "From what date?", which have no verb of their own."""
    parsed = parse_question(core)
    if not parsed.is_fragment:
        return ""
    asked = parsed.asked
    if asked.casefold() == "where" and not exchange.parsed.inverted and exchange.statement():
        return f"{asked} {_was(exchange)} it that {exchange.statement()}"
    if re.fullmatch(r"(?:and\s+)?(?:who|whom|what)(?:\s+else)?", asked, re.IGNORECASE):
        last = exchange.parsed
        if last.asked and not last.auxiliary:
            return f"{asked} {last.rest}"
        return f"{asked} {last.inverted}" if last.inverted else ""
    if parsed.asks_alike(exchange.parsed):
        return f"{asked} {exchange.parsed.inverted or exchange.parsed.rest}"
    if exchange.parsed.inverted:
        return f"{asked} {_event(exchange)}"
    if turned := _turned(exchange):
        return f"{asked} {turned}"
    if (statement := exchange.statement()) and exchange.parsed.asked:
        return f"{asked} {_was(exchange)} it that {statement}"
    return f"{asked} ({exchange.bare})"
