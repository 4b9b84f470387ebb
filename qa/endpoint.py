"""Speak to an OpenAI-compatible server: the one file that knows the OpenAI client and its errors."""

import os
import re
import ssl
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from json import JSONDecodeError
from socket import gaierror
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx
import openai
from llama_index.core.base.llms.types import ChatMessage, ChatResponse, ChatResponseAsyncGen
from llama_index.llms.openai_like import OpenAILike

from .llm import ModelFailed

__all__ = ["Endpoint"]

_CONNECT = 10.0  # seconds
_PROXIED = ("http", "https", "all")
_CREDENTIALS = re.compile(r"^(\w+://)?.*@")


class Endpoint(OpenAILike):
    """Write with a model behind an OpenAI-compatible address; raises ModelFailed with the reason where it can't.

    Each call has an HTTP client of its own and closes it, so that ending a call ends it at the server too, from
    whatever thread and event loop.
    """

    def __init__(self, **fields: Any) -> None:
        # one try: the answer from the articles' own sentences is better than a long wait
        super().__init__(
            **{"is_chat_model": True, "max_retries": 0, "reuse_client": False, "temperature": 0.0, **fields}
        )

    @classmethod
    def class_name(cls) -> str:
        """Name the class as LlamaIndex asks for it."""
        return "Endpoint"

    async def astream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseAsyncGen:
        """Yield the reply as it comes."""

        async def pieces() -> AsyncIterator[ChatResponse]:
            async with (
                _explaining(self),
                _client(self.timeout) as client,
            ):
                bound = self.model_copy()
                bound._async_http_client = client
                reason, wrote = None, False
                async for response in await super(Endpoint, bound).astream_chat(messages, **kwargs):
                    choices = getattr(response.raw, "choices", None)
                    reason = choices[0].finish_reason if choices else reason
                    wrote = wrote or bool(response.delta)
                    yield response
                if reason is None:
                    raise ModelFailed("it broke off" if wrote else "it wrote nothing")

        return pieces()  # type: ignore[return-value]


def _client(timeout: float) -> httpx.AsyncClient:
    certificates = _certificates(os.environ.get("SSL_CERT_FILE"))
    try:
        return httpx.AsyncClient(
            timeout=httpx.Timeout(timeout, connect=_CONNECT), verify=certificates, follow_redirects=False
        )
    except (ValueError, httpx.InvalidURL, ImportError) as error:  # nothing else here comes from outside
        raise ModelFailed(_proxy_failed("used")) from error


@lru_cache(maxsize=1)
def _certificates(file: str | None) -> ssl.SSLContext:
    """Load the certificates, from the file that SSL_CERT_FILE names, once; it takes as long as a short answer."""
    try:
        return httpx.create_ssl_context()
    except OSError as error:
        raise ModelFailed(
            f"its certificate can't be checked, as SSL_CERT_FILE={file!r} can't be read; name a file of certificates, "
            "or unset it"
        ) from error


@asynccontextmanager
async def _explaining(endpoint: Endpoint) -> AsyncIterator[None]:
    """Say what went wrong in words of our own: a server's may hold the key."""
    try:
        yield
    except (openai.OpenAIError, httpx.HTTPError, ValueError) as error:
        raise ModelFailed(_explained(error, endpoint)) from error


def _explained(error: Exception, endpoint: Endpoint) -> str:
    match error:
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            return f"it refused the key ({error.status_code}); set PARLEY_LLM_KEY"
        case openai.NotFoundError():
            return f"it has no model {endpoint.model!r}, or the address lacks its /v1 (404)"
        case openai.RateLimitError():
            wait = error.response.headers.get("retry-after", "")
            return f"it is busy (429){f'; try again in {wait} s' if wait.isdecimal() else ''}"
        case openai.APIStatusError():
            return f"it failed ({error.status_code})"
        case openai.APITimeoutError() | httpx.TimeoutException():
            return "it did not reply in time"
        case JSONDecodeError() | UnicodeDecodeError() | openai.APIResponseValidationError():
            return "what it sent can't be read"
        case openai.APIConnectionError() | httpx.TransportError():
            return _unconnected(error, str(endpoint.api_base))
    return f"it failed ({type(error).__name__})"


def _unconnected(error: BaseException, address: str) -> str:
    host = str(urlsplit(address).hostname)
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLError):
            return "its certificate can't be trusted" if "CERTIFICATE" in str(cause).upper() else "it speaks no TLS"
        if isinstance(cause, gaierror | ConnectionRefusedError) and _is_proxied(address):
            return _proxy_failed("reached")
        if isinstance(cause, gaierror):
            return f"there is no host {host!r}"
        if isinstance(cause, ConnectionRefusedError):
            return "nothing listens there"
        if isinstance(cause, httpx.TimeoutException):
            return "it did not reply in time"
        if isinstance(cause, httpx.RemoteProtocolError | httpx.ReadError):
            return "it broke off"
    return "it can't be reached"


def _is_proxied(address: str) -> bool:
    parts = urlsplit(address)
    return bool({parts.scheme, "all"} & getproxies().keys()) and not proxy_bypass(str(parts.hostname))


def _proxy_failed(what: str) -> str:
    """Name the proxies that are set, without the passwords in them."""
    proxies = {scheme: _CREDENTIALS.sub(r"\1", proxy) for scheme, proxy in getproxies().items()}
    named = ", ".join(f"{scheme.upper()}_PROXY={proxies[scheme]!r}" for scheme in _PROXIED if scheme in proxies)
    return f"the proxy can't be {what} ({named}); write it as http://HOST:PORT, or unset it"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and all that led to it."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for inner in error.exceptions:
                yield from _causes(inner)
        error = error.__cause__ or error.__context__
