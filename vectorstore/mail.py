"""Extract the text of a mail, and of a page that a browser saved as one (MHTML)."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart

from .decoding import decode
from .extract import Extract, UnreadableArticle
from .html import read_html

__all__ = ["read_mail", "read_mhtml"]

_FLOWED = re.compile(r" \n(?!\n)")


def read_mail(content: bytes) -> Extract:
    """Extract a mail's text, its subject and date; raises UnreadableArticle where it holds no text."""
    message = _parsed(content)
    body = message.get_body(("plain", "html"))
    if body is None or not message.keys():
        raise UnreadableArticle("holds no text of a mail")
    text = _text(body)
    sent = message["date"].datetime if message["date"] else None
    page = read_html(text) if body.get_content_subtype() == "html" else Extract(text.replace("\r\n", "\n"))
    if body.get_param("format") == "flowed":
        page = Extract(_FLOWED.sub(" ", page.text))
    subject = str(message["subject"] or "") or page.title
    return Extract(page.text, subject, sent.date().isoformat() if sent else None, page.url)


def read_mhtml(content: bytes) -> Extract:
    """Extract the article of a saved page; raises UnreadableArticle where it holds no page."""
    message = _parsed(content)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = read_html(_text(part))
            saved_from = message["snapshot-content-location"] or part["content-location"]
            return Extract(page.text, page.title, page.published, page.url or (str(saved_from) if saved_from else None))
    raise UnreadableArticle("holds no page")


def _parsed(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=policy.default)


def _text(part: MIMEPart) -> str:
    payload = part.get_payload(decode=True)
    return decode(payload if isinstance(payload, bytes) else b"", part.get_content_charset())
