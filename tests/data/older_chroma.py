"""Index six articles with an older Chroma, for older_chroma.tar.xz, which holds a folder for each version:

pip install --no-deps --target OLD chromadb==1.3.7
pip install --target OLD "posthog<6"
PYTHONPATH=OLD:.:tests python tests/data/older_chroma.py FOLDER
tar -C FOLDER --owner=0 --group=0 -cJf tests/data/older_chroma.tar.xz 1.0.20 1.1.1 1.3.7 1.5.0
"""

import sys
import tempfile
from pathlib import Path

import chromadb
from chromadb.api.client import Client
from laws import CountingEmbedding
from test_durability import articles_of

from vectorstore import ArticleIndex

if not hasattr(Client, "close"):  # new with 1.5.2
    setattr(Client, "close", lambda _: None)  # noqa: B010

with tempfile.TemporaryDirectory() as folder:
    for name, text in articles_of(range(6)).items():
        (Path(folder) / name).write_text(text)
    with ArticleIndex.open(Path(folder), Path(sys.argv[1]) / chromadb.__version__, CountingEmbedding()) as index:
        index.sync()
        if index.audit():
            raise SystemExit(f"Chroma {chromadb.__version__} lost something")
