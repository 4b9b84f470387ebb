"""Write what the browser is asked to do, as `ui/chat.js` reads it: keep the chat, copy, download, or say something."""

import json
import time
from base64 import b64encode

from .conversation import Conversation
from .saved import write_conversation

__all__ = ["copy", "download", "keep", "tell"]


def keep(conversation: Conversation, told: str = "") -> str:
    """Ask to keep the conversation as it now stands, and perhaps to say something."""
    title = conversation[0].question if conversation else ""
    return _order("keep", title=title, chat=write_conversation(conversation), told=told)


def copy(text: str, told: str) -> str:
    """Ask to copy a text, and to say so."""
    return _order("copy", text=text, told=told)


def download(name: str, media_type: str, content: bytes, told: str) -> str:
    """Ask to save a file, and to say so."""
    return _order("download", name=name, type=media_type, content=b64encode(content).decode(), told=told)


def tell(words: str) -> str:
    """Ask to say something in passing."""
    return _order("tell", told=words)


def _order(kind: str, **fields: str) -> str:
    # the same order twice is still two; Gradio warns of what looks like a script, though this is never HTML
    return json.dumps({"kind": kind, "at": time.time_ns(), **fields}).replace("<", "\\u003c")
