"""A real llama.cpp server with a tiny model of random weights: the wire is real, and what it writes is nonsense."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from conftest import MakeFolder
from laws import CountingEmbedding, assert_lawful

from qa import Assistant, open_llm

gguf = pytest.importorskip("gguf")
xllamacpp = pytest.importorskip("xllamacpp")

WIDTH, CONTEXT = 32, 8192
WORDS = "the of in and a was signed treaty Geneva Monday both sides glad [1] . The".split()
TEMPLATE = "{% for message in messages %}{{ message['role'] + ': ' + message['content'] + '\n' }}{% endfor %}assistant:"


def make_model(path: Path) -> None:
    """Write a Llama of one layer with seeded random weights, whose tokens are bytes and a few words."""
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)), *(f"▁{word}" for word in WORDS)]
    kinds = [gguf.TokenType.UNKNOWN, gguf.TokenType.CONTROL, gguf.TokenType.CONTROL]
    kinds += [gguf.TokenType.BYTE] * 256 + [gguf.TokenType.NORMAL] * len(WORDS)
    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(1)
    writer.add_feed_forward_length(2 * WIDTH)
    writer.add_head_count(2)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * len(tokens))
    writer.add_token_types(kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_chat_template(TEMPLATE)
    chance = np.random.default_rng(1)
    square, wide, tall = (WIDTH, WIDTH), (2 * WIDTH, WIDTH), (WIDTH, 2 * WIDTH)
    shapes = {"token_embd": (len(tokens), WIDTH), "output": (len(tokens), WIDTH)}
    shapes |= {f"blk.0.{name}": square for name in ("attn_q", "attn_k", "attn_v", "attn_output")}
    shapes |= {"blk.0.ffn_gate": wide, "blk.0.ffn_up": wide, "blk.0.ffn_down": tall}
    for name, shape in shapes.items():
        writer.add_tensor(f"{name}.weight", chance.normal(0, 0.3, shape).astype(np.float32))
    for name in ("output_norm", "blk.0.attn_norm", "blk.0.ffn_norm"):
        writer.add_tensor(f"{name}.weight", np.ones(WIDTH, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    make_model(tmp_path / "tiny.gguf")
    options = xllamacpp.CommonParams()
    options.model.path = str(tmp_path / "tiny.gguf")
    options.n_ctx, options.n_predict, options.n_parallel = CONTEXT, 200, 1
    options.port, options.warmup = 0, False
    server = xllamacpp.Server(options)
    yield f"{server.listening_address}/v1"
    del server


def test_the_nonsense_of_a_real_server_is_not_shown(address: str, make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder({"a.txt": "The treaty was signed in Geneva on Monday. Both sides were glad of it."})
    question = "Where was the treaty signed?"
    with Assistant.open(folder, tmp_path / "index", embedding=CountingEmbedding()) as plain:
        default = plain.ask(question)
    llm = open_llm(address, "tiny", context=CONTEXT)
    with Assistant.open(folder, tmp_path / "index", llm=llm, embedding=CountingEmbedding()) as assistant:
        answer = assistant.ask(question)
        assert_lawful(answer, assistant)
    assert (answer.text, answer.citations) == (default.text, default.citations)
    assert answer.written_by == ""
    assert answer.notes[0].startswith("The articles don't prove what the language model tiny at 127.0.0.1 wrote.")
