import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

LAYERS = ("vectorstore", "qa", "ui")  # each may import the ones before it, by their public names
FOREIGN = {
    "chromadb": ["vectorstore/chroma.py"],
    "llama_index.vector_stores": ["vectorstore/chroma.py"],
    "llama_index.retrievers": ["vectorstore/keywords.py"],
    "onnxruntime": ["vectorstore/onnx.py"],
    "bs4": ["vectorstore/html.py"],
    "mcp": ["ui/tools.py"],
    "charset_normalizer": ["vectorstore/decoding.py"],
    "pypdf": ["vectorstore/pdf_process.py"],
    "yaml": ["vectorstore/parsing.py"],
}
FILES = [path for layer in LAYERS for path in sorted((ROOT / layer).rglob("*.py"))]


def imports(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.append(node.module)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way_through_public_names(path: Path) -> None:
    layer = path.relative_to(ROOT).parts[0]
    for name in imports(path):
        package = name.split(".")[0]
        if package in LAYERS:
            assert LAYERS.index(package) < LAYERS.index(layer), f"{path} imports {name}"
            assert name == package, f"{path} reaches into {name}"


@pytest.mark.parametrize("library", FOREIGN)
def test_one_file_knows_each_foreign_library(library: str) -> None:
    users = [
        path.relative_to(ROOT).as_posix()
        for path in FILES
        if any(name == library or name.startswith(f"{library}.") for name in imports(path))
    ]
    assert users == FOREIGN[library]


def test_only_the_window_knows_gradio() -> None:
    users = {
        path.relative_to(ROOT).parts[0] for path in FILES if any(n.split(".")[0] == "gradio" for n in imports(path))
    }
    assert users == {"ui"}


@pytest.mark.parametrize("layer", LAYERS[:2])
def test_public_names_are_listed_sorted_and_there(layer: str) -> None:
    module = importlib.import_module(layer)
    assert list(module.__all__) == sorted(module.__all__, key=lambda name: (not name.isupper(), name))
    for name in module.__all__:
        assert getattr(module, name).__doc__ or name.isupper()


def test_importing_qa_loads_nothing_heavy_and_does_nothing() -> None:
    code = (
        "import os, sys; before = dict(os.environ), sorted(os.listdir()); import qa; "
        "heavy = {'gradio', 'chromadb', 'onnxruntime', 'openai', 'torch'} & set(sys.modules); "
        "print(sorted(heavy), before == (dict(os.environ), sorted(os.listdir())))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[]", "True"]
    assert not done.stderr
