"""Writes networks as the file of weights that encoder.Load reads.

    python export.py OUT.safetensors find=find.pt read=read.pt

Matrices become int8 with a scale for each output, packed as the kernels read
them; all else stays float32.
"""

import hashlib
import json
import struct
import sys

import numpy as np
import torch

from model import INNER, POSITIONS, SIZE, Bert, base_folder, vocabulary

NOTICE = "see training/MODEL.md"


class File:
    KINDS = {np.dtype("float32"): "F32", np.dtype("int8"): "I8", np.dtype("uint8"): "U8"}

    def __init__(self):
        self.tensors = {}

    def add(self, name, array):
        self.tensors[name] = np.ascontiguousarray(array)

    def add_quantised(self, name, rows, packed=True):
        scale = np.abs(rows).max(1) / np.float32(127)
        scale[scale == 0] = 1
        whole = np.clip(np.rint(rows / scale[:, None]), -127, 127).astype(np.int8)
        if packed:  # for every 16 outputs, for every pair of inputs, the pairs of the 16 outputs
            outputs, inputs = whole.shape
            whole = whole.reshape(outputs // 16, 16, inputs // 2, 2).transpose(0, 2, 1, 3)
        self.add(name, whole)
        self.add(name + ".scale", scale.astype(np.float32))

    def write(self, path, about):
        # float32 first: so all stand where processors like them, without gaps.
        order = sorted(self.tensors.items(), key=lambda x: -x[1].itemsize)
        header, at = {}, 0
        for name, array in order:
            header[name] = {"dtype": self.KINDS[array.dtype], "shape": list(array.shape), "data_offsets": [at, at + array.nbytes]}
            at += array.nbytes
        body = b"".join(array.tobytes() for _, array in order)
        header["__metadata__"] = about | {"sha256": hashlib.sha256(body).hexdigest()}
        head = json.dumps(header, separators=(",", ":"), sort_keys=True).encode()
        head += b" " * (-(len(head) + 8) % 64)
        with open(path, "wb") as f:
            f.write(struct.pack("<Q", len(head)) + head + body)


def array(t):
    return t.detach().float().numpy()


def met(pieces):
    """The numbers of the pieces that a text can have: some only keep places free."""
    return [i for i, piece in enumerate(pieces) if not piece.startswith("[unused")]


def add_tables(f, bert, pieces):
    kept = met(pieces)
    f.add("pieces", np.frombuffer("\n".join(pieces[i] for i in kept).encode(), dtype=np.uint8))
    f.add_quantised("words", array(bert.words.weight)[kept], packed=False)
    f.add("positions", array(bert.positions.weight))
    f.add("types", array(bert.types.weight))
    f.add("norm.gain", array(bert.norm.weight))
    f.add("norm.bias", array(bert.norm.bias))


def add_layers(f, name, bert):
    for i, layer in enumerate(bert.layers):
        at = f"{name}.{i}."
        joined = [layer.query, layer.key, layer.value]
        f.add_quantised(at + "attention", np.concatenate([array(x.weight) for x in joined]))
        f.add(at + "attention.bias", np.concatenate([array(x.bias) for x in joined]))
        for part in ("out", "up", "down"):
            linear = getattr(layer, part)
            f.add_quantised(at + part, array(linear.weight))
            f.add(at + part + ".bias", array(linear.bias))
        for part in ("norm1", "norm2"):
            norm = getattr(layer, part)
            f.add(at + part + ".gain", array(norm.weight))
            f.add(at + part + ".bias", array(norm.bias))


def export(path, networks, pieces, notice=NOTICE):
    """networks: name -> (Bert, {head: Linear}); all share the tables of the first."""
    f, shapes = File(), []
    add_tables(f, next(iter(networks.values()))[0], pieces)
    for name, (bert, heads) in networks.items():
        add_layers(f, name, bert)
        for head, linear in heads.items():
            f.add(f"{name}.head.{head}", array(linear.weight))
            f.add(f"{name}.head.{head}.bias", array(linear.bias))
        shapes.append({"name": name, "layers": len(bert.layers), "heads": {h: x.weight.shape[0] for h, x in heads.items()}})
    shape = {"tokenizer": "wordpiece", "pieces": len(met(pieces)), "size": SIZE, "inner": INNER, "positions": POSITIONS, "types": 2, "networks": shapes}
    f.write(path, {"format": "footnote 1", "shape": json.dumps(shape), "notice": notice, "languages": "en"})


def main():
    out, *given = sys.argv[1:]
    networks = {}
    for name, path in (x.split("=") for x in given):
        state = torch.load(path, weights_only=True)
        heads = {h: torch.nn.Linear(SIZE, state[h + ".weight"].shape[0]) for h in ("span", "answers") if h + ".weight" in state}
        for h, linear in heads.items():
            linear.weight.data, linear.bias.data = state[h + ".weight"], state[h + ".bias"]
        layers = 1 + max(int(k.split(".")[2]) for k in state if k.startswith("bert.layers."))
        bert = Bert(layers)
        bert.load_state_dict({k.removeprefix("bert."): v for k, v in state.items() if k.startswith("bert.")})
        networks[name] = (bert, heads)
    export(out, networks, vocabulary(base_folder()))


if __name__ == "__main__":
    main()
