"""Texts as pieces, and pieces as batches."""

import torch
from tokenizers import Tokenizer

from model import base_folder

BEGIN, END = 101, 102
QUESTION, PASSAGE = 48, 300  # pieces at most


def tokenizer():
    t = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    t.no_padding()
    t.no_truncation()
    return t


def pad(rows, fill=0):
    out = torch.full((len(rows), max(map(len, rows))), fill, dtype=torch.long)
    for i, row in enumerate(rows):
        out[i, : len(row)] = torch.tensor(row, dtype=torch.long)
    return out


def passage(tok, about, sentences):
    """The pieces of a passage under its headings, and to which sentence each belongs (-1: none).

    [CLS] about [SEP] sentences [SEP]; without the first part where there is no heading.
    """
    ids, belongs = [BEGIN], [-1]
    if about:
        head = tok.encode(about, add_special_tokens=False).ids[:QUESTION]
        ids += head + [END]
        belongs += [-1] * (len(head) + 1)
    for j, sentence in enumerate(sentences):
        s = tok.encode(sentence, add_special_tokens=False).ids
        ids += s
        belongs += [j] * len(s)
    return ids[: PASSAGE - 1] + [END], belongs[: PASSAGE - 1] + [-1]


def question(tok, text):
    return [BEGIN] + tok.encode(text, add_special_tokens=False).ids[:QUESTION] + [END]
