import contextlib
import io
import re
import shlex

import pytest
from conftest import ROOT

from ui.cli import main

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS: list[tuple[str, str]] = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)


def output_after(language: str, text: str) -> str:
    """Give the README's output block that follows the block of this language that holds this text."""
    at = next(number for number, (name, body) in enumerate(BLOCKS) if name == language and text in body)
    assert BLOCKS[at + 1][0] == "text"
    return BLOCKS[at + 1][1]


def test_the_python_example_prints_what_the_readme_shows() -> None:
    (code,) = [body for language, body in BLOCKS if language == "python"]
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(code, "README.md", "exec"), {})
    assert printed.getvalue() == output_after("python", "ask(")


def test_the_command_line_example_prints_what_the_readme_shows(capsys: pytest.CaptureFixture[str]) -> None:
    command = next(body for language, body in BLOCKS if language == "sh" and "parley ask" in body)
    assert main(shlex.split(command)[1:]) == 0
    assert capsys.readouterr().out == output_after("sh", "parley ask")


def test_the_two_commands_are_targets_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\S+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))]
)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
        assert ((ROOT / page).parent / target).exists(), f"{page} links to {target}"


def test_the_commands_in_the_readme_are_those_of_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    for command in re.findall(r"^\| `parley (\w+)", README, re.MULTILINE):
        assert re.search(rf"^\s+{command}\s", told, re.MULTILINE)
