"""Teaches the network that finds: late interaction over the vectors of pieces.

    python find.py READING OURS OUT.pt

Every sentence of a batch is a candidate for every question of it. A sentence's
score is the mean over the question's pieces of the best cosine with one of its
own (ColBERT's MaxSim, Khattab and Zaharia 2020), and beside it, at half the
weight, the cosine of the means.
"""

import argparse
import os
import random
import time

import torch
import torch.nn.functional as F

import data
import noise
import pieces
from model import Bert, base_folder

BATCH = 24
MOST = 40  # passages a batch
LONGEST = 160  # pieces of a passage; of a longer one what is around the sentence
RATE = 4e-5


def scores(hidden, belongs, asked, question_ids):
    """For each question and each sentence of the batch: MaxSim and the cosine of means.

    Also the number of each sentence by (passage, sentence).
    """
    hidden, asked = F.normalize(hidden.float(), dim=-1), F.normalize(asked.float(), dim=-1)
    number, rows, columns, owner = {}, [], [], []
    for r, b in enumerate(belongs):
        for t, j in enumerate(b):
            if j >= 0:
                rows.append(r)
                columns.append(t)
                owner.append(number.setdefault((r, j), len(number)))
    owner = torch.tensor(owner)
    candidates = hidden[rows, columns]
    inside = question_ids != 0
    counted = inside & (question_ids != pieces.BEGIN) & (question_ids != pieces.END)
    similar = torch.einsum("qld,td->qlt", asked, candidates)
    best = torch.full((*similar.shape[:2], len(number)), -1.0).scatter_reduce(2, owner.expand_as(similar), similar, "amax")
    most = (best * counted[:, :, None]).sum(1) / counted.sum(1, keepdim=True)
    pooled = F.normalize(torch.zeros(len(number), candidates.shape[1]).index_add(0, owner, candidates), dim=-1)
    mean = F.normalize((asked * inside[:, :, None]).sum(1), dim=-1)
    return most, mean @ pooled.T, number


def vectors(model, rows, dropout=0.0):
    """The vectors of all rows' pieces, worked out in groups of like length."""
    order = sorted(range(len(rows)), key=lambda r: len(rows[r]))
    out = [None] * len(rows)
    for i in range(0, len(order), 8):
        group = order[i : i + 8]
        ids = pieces.pad([rows[r] for r in group])
        for r, v in zip(group, model(ids, torch.zeros_like(ids), dropout)):
            out[r] = v[: len(rows[r])]
    return torch.nn.utils.rnn.pad_sequence(out, batch_first=True)


def batches(questions):
    """Endless: questions of a batch with the passages that they share."""
    while True:
        random.shuffle(questions)
        for i in range(0, len(questions) - BATCH + 1, BATCH):
            yield questions[i : i + BATCH]


def step(model, tok, batch):
    """The loss of one batch and the share that was found at once."""
    passages, where, wanted = [], {}, []

    def number(document, i, sentence):
        """The number of a passage in the batch, and of the sentence in what is taken of it."""
        key = id(document), i
        if key not in where:
            if len(passages) >= MOST:
                return None
            p = document.passages[i]
            about = p.about if random.random() < 0.8 else ""
            first, last = 0, len(p.sentences)
            while last - first > 1 and sum(map(len, p.sentences[first:last])) > 4 * LONGEST:
                first, last = (first + 1, last) if sentence - first > last - 1 - sentence else (first, last - 1)
            where[key] = len(passages), first
            passages.append(pieces.passage(tok, about, p.sentences[first:last]))
        number, first = where[key]
        return number, sentence - first

    for q in batch:
        wanted.append(number(q.document, q.passage, q.sentence))
    for q in batch:  # what else the document says is what a question is mistaken about
        others = [i for i in range(len(q.document.passages)) if i != q.passage]
        if others:
            i = random.choice(others)
            number(q.document, i, random.randrange(len(q.document.passages[i].sentences)))
    asked = pieces.pad([pieces.question(tok, noise.typed(q.text, q.kind)) for q in batch])
    hidden = vectors(model, [p[0] for p in passages], 0.1)
    most, mean, numbers = scores(hidden, [p[1] for p in passages], model(asked, torch.zeros_like(asked), 0.1), asked)
    kept = [k for k, w in enumerate(wanted) if w in numbers]
    right = torch.tensor([numbers[wanted[k]] for k in kept])
    loss = F.cross_entropy(most[kept] * 40, right) + 0.5 * F.cross_entropy(mean[kept] * 20, right)
    return loss, (most[kept].argmax(1) == right).float().mean().item()


def found(model, tok, questions):
    """Share of the questions whose sentence is first, and in the first three, of its whole document."""
    model.eval()
    cache, first, third, n = {}, 0, 0, 0
    with torch.no_grad():
        for q in questions:
            if q.answer is None:
                continue
            key = id(q.document)
            if key not in cache:
                rows = [pieces.passage(tok, p.about, p.sentences) for p in q.document.passages]
                cache[key] = vectors(model, [r[0] for r in rows]), [r[1] for r in rows]
            hidden, belongs = cache[key]
            asked = pieces.pad([pieces.question(tok, q.text)])
            most, mean, numbers = scores(hidden, belongs, model(asked, torch.zeros_like(asked)), asked)
            right = numbers.get((q.passage, q.sentence))
            if right is None:
                continue
            score = most[0]
            rank = int((score > score[right]).sum())
            first, third, n = first + (rank == 0), third + (rank < 3), n + 1
    model.train()
    return first / n, third / n


def main():
    p = argparse.ArgumentParser()
    p.add_argument("reading")
    p.add_argument("ours")
    p.add_argument("out")
    p.add_argument("--steps", type=int, default=1600)
    p.add_argument("--threads", type=int, default=2)
    a = p.parse_args()
    random.seed(3)
    torch.manual_seed(3)
    torch.set_num_threads(a.threads)
    tok = pieces.tokenizer()
    sources = data.everything(a.reading, a.ours)
    test = sources["held"]
    mine = [q for q in sources["ours"] if q.answer]
    random.shuffle(sources["qamr"])
    random.shuffle(sources["wiki"])
    questions = mine * 2 + [q for q in sources["news"] if q.answer] * 2 + sources["qamr"][:7000] + sources["wiki"][:6000]
    model = Bert().load_base(base_folder()).freeze_tables()
    model.train()
    begin = 0
    weights = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(weights, lr=RATE, weight_decay=0.01)
    kept = a.out + ".part"
    if os.path.exists(kept):  # go on where it was stopped
        state = torch.load(kept, weights_only=True)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        begin = state["step"]
        random.seed(3 + begin)
    print(len(questions), "questions; held out:", len(test), flush=True)
    started, run = time.time(), [0.0, 0.0]
    for n, batch in zip(range(begin, a.steps), batches(questions)):
        for g in optimiser.param_groups:
            g["lr"] = RATE * min(1, (n + 1) / 60) * max(0.03, (a.steps - n) / a.steps)
        loss, right = step(model, tok, batch)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimiser.step()
        run = [run[0] + loss.item(), run[1] + right]
        if n % 40 == 39:
            left = (time.time() - started) / (n + 1 - begin) * (a.steps - n - 1) / 60
            print(f"{n + 1}/{a.steps} loss {run[0] / 40:.3f} right {run[1] / 40:.3f}, {left:.0f} min left", flush=True)
            run = [0.0, 0.0]
        if n % 200 == 199:
            torch.save({"model": model.state_dict(), "optimiser": optimiser.state_dict(), "step": n + 1}, kept)
        if n % 400 == 399:
            print("held out: first %.3f, in three %.3f" % found(model, tok, test), flush=True)
    torch.save({"bert." + k: v for k, v in model.state_dict().items()}, a.out)
    print("held out: first %.3f, in three %.3f" % found(model, tok, test), flush=True)


if __name__ == "__main__":
    main()
