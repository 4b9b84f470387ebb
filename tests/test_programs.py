"""The same answers for programs: with Gradio's client, with plain HTTP, and as tools over MCP."""

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import anyio
import pytest
from conftest import MakeFolder
from gradio_client import Client
from gradio_client.exceptions import AppError
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from qa import Assistant
from ui.chat import MCP_PATH, window

WHEN = "When did the US cut military contacts with China?"
WHO = "What did Liu Zhenli say?"


@pytest.fixture(scope="module")
def address(seeds: Assistant) -> Iterator[str]:
    with window(seeds, mcp=True) as address:
        yield address


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[Client]:
    client = Client(address, verbose=False, analytics_enabled=False, httpx_kwargs={"timeout": 60})
    yield client
    client.close()


def test_a_program_asks_with_gradios_client(client: Client, seeds: Assistant) -> None:
    answer = seeds.ask(WHEN)
    assert client.predict(question=WHEN, api_name="/ask") == answer.to_dict()
    source = seeds.articles[1].source
    only = client.predict(question=WHEN, among=[source], api_name="/ask")
    assert only == seeds.ask(WHEN, among=[source]).to_dict()
    followed = client.predict(question="What did he say about Taiwan?", history=[WHO], api_name="/ask")
    assert "Liu Zhenli" in followed["standalone_question"]


def test_a_program_searches_and_lists(client: Client, seeds: Assistant) -> None:
    found = client.predict(words="climate change", most=3, api_name="/search")
    assert len(found) == 3
    for passage in found:
        text = seeds.article(passage["source"]).text
        assert text[passage["start"] : passage["end"]] == passage["quote"]
    listed = client.predict(api_name="/articles")
    assert [article["source"] for article in listed["articles"]] == [article.source for article in seeds.articles]
    assert listed["left_out"] == seeds.failed


@pytest.mark.parametrize("question", ["", "?", "x" * 2001])
def test_a_wrong_call_is_told_what_is_wrong(client: Client, question: str) -> None:
    with pytest.raises(AppError, match=r"no words|at most 2,000"):
        client.predict(question=question, api_name="/ask")


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("ask", {"question": 5}),
        ("ask", {"question": WHEN, "history": WHO}),
        ("ask", {"question": WHEN, "among": [[1]]}),
        ("search", {"words": WHEN, "most": "many"}),
    ],
)
def test_an_argument_of_another_type_is_told_in_one_line(client: Client, name: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(AppError, match=r"^[^\n]* is [^\n]*; give a [^\n]*$"):
        client.predict(**wrong, api_name=f"/{name}")


def test_only_the_three_are_offered(client: Client) -> None:
    offered = client.view_api(return_format="dict", print_info=False)
    assert sorted(offered["named_endpoints"]) == ["/articles", "/ask", "/search"]
    assert not offered["unnamed_endpoints"]


def test_plain_http_will_do(address: str, seeds: Assistant) -> None:
    connection = http.client.HTTPConnection(str(urlsplit(address).netloc), timeout=60)
    body = json.dumps({"data": [WHEN, None, None]})
    connection.request("POST", "/gradio_api/call/ask", body, {"Content-Type": "application/json"})
    event = json.loads(connection.getresponse().read())["event_id"]
    connection.request("GET", f"/gradio_api/call/ask/{event}")
    told = connection.getresponse().read().decode()
    connection.close()
    data = told.partition("event: complete\ndata: ")[2].partition("\n")[0]
    assert json.loads(data) == [seeds.ask(WHEN).to_dict()]


def test_what_libraries_note_is_not_shown_beside_the_tools(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder({"a.txt": "The ministers met in Geneva on Monday."})
    code = f"""if True:
        import logging
        from fastapi import FastAPI
        from qa import Assistant
        from ui.tools import serve_tools

        serve_tools(FastAPI(), "/tools", [])
        with Assistant.open({str(folder)!r}, {str(tmp_path / "index")!r}) as assistant:
            assistant.sync()
        logging.getLogger("parley").warning("This matters.")
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == "This matters.\n"


def test_an_mcp_client_finds_and_uses_the_tools(address: str, seeds: Assistant) -> None:
    async def use() -> tuple[dict[str, str], dict[str, Any], bool]:
        async with (
            streamable_http_client(f"{address.rstrip('/')}{MCP_PATH}") as (
                read,
                write,
                _,
            ),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            tools = {tool.name: str(tool.description) for tool in (await session.list_tools()).tools}
            result = await session.call_tool("ask", {"question": WHEN})
            wrong = await session.call_tool("ask", {"question": "?"})
            listed = await session.call_tool("articles", {})
            assert len((listed.structuredContent or {})["articles"]) == len(seeds.articles)
            return tools, json.loads(result.content[0].text), bool(wrong.isError)  # type: ignore[union-attr]

    with ThreadPoolExecutor(1) as other:  # the browser of other tests has an event loop in this thread
        tools, answer, refused = other.submit(anyio.run, use).result()
    assert sorted(tools) == ["articles", "ask", "search"]
    assert tools["ask"].startswith("Answer a question from the articles")
    assert answer == seeds.ask(WHEN).to_dict()
    assert refused
