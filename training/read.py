"""Teaches the network that reads: a question and a passage, and where the answer stands.

    python read.py READING OURS TREEBANK OUT.pt --find FIND.pt

Input: [CLS] question [SEP] about, passage [SEP]. The span head gives where the
answer begins and ends, with the first piece for "nothing here" (Devlin et al.
2019); the answers head says whether the passage answers at all.

It reads general questions first, then twice our own: beside each what a careless
reader would take for its answer (negatives.py, twins.py), and in the second pass who
did what to whom (roles.py).
"""

import argparse
import collections
import os
import random
import time

import torch
import torch.nn.functional as F

import data
import noise
import pieces
import roles
from model import Reader, base_folder
from negatives import Negatives, bent, near_misses
from twins import Twins

TOKENS = 3200  # pieces a batch
RATE = 1.2e-4
LONGEST = 200  # pieces of a passage


def window(passage, sentence, more):
    """A run of sentences around one, with where each begins: (text, {sentence: offset})."""
    first, last = sentence, sentence + 1
    while more > 0 and (first > 0 or last < len(passage.sentences)):
        if first > 0 and (last == len(passage.sentences) or random.random() < 0.5):
            first -= 1
        else:
            last += 1
        more -= 1
        if sum(map(len, passage.sentences[first:last])) > 4 * LONGEST:
            break
    text, starts = "", {}
    for i in range(first, last):
        text += " " if text else ""
        starts[i] = len(text)
        text += passage.sentences[i]
    return text, starts


def about(passage):
    return passage.about + ". " if passage.about and random.random() < 0.8 else ""


class Tempting:
    """What stands beside our own questions and does not answer them."""

    def __init__(self, questions, documents, tok, find):
        self.negatives = Negatives(documents)
        self.twins = Twins(questions)
        self.near = near_misses(questions, tok, find) if find else {}

    def windows(self, q, most):
        """(passage, text) around near misses, none of which holds the answer."""
        out, seen = [], set()
        answer = q.answer and q.kind != "yesno" and q.sentences()[q.sentence][slice(*q.answer)].lower()
        for i, j in self.near.get(id(q), []):
            if len(out) == most or i in seen and random.random() < 0.7:
                continue
            p = q.document.passages[i]
            text, starts = window(p, j, random.randint(0, 3))
            if q.answer and i == q.passage and q.sentence in starts:
                text = p.sentences[j]
            if not (answer and len(answer) > 3 and answer in text.lower()):
                seen.add(i)
                out.append((p, text))
        return out


def examples(questions, tempting, ours):
    """(question, head, text, start, end); start is -1 where the text does not answer.

    ours: with all that tempts, for questions asked of whole documents.
    """
    out = []
    for q in questions:
        p = q.document.passages[q.passage]
        asked = noise.typed(q.text, q.kind)

        def nothing(passage, text):
            out.append((asked, about(passage), text, -1, -1))

        for more in (random.randint(0, 1), random.randint(1, 5))[: 2 if ours else 1]:
            text, starts = window(p, q.sentence, more)
            if q.answer is None:
                nothing(p, text)
            else:
                at = starts[q.sentence]
                out.append((asked, about(p), text, at + q.answer[0], at + q.answer[1]))
        if ours and random.random() < 0.6 and (twin := tempting.twins.of(q)):
            k = q.sentence + random.randint(0, 1)
            mine = q.sentence + (k <= q.sentence)
            text, starts = window(data.Passage(p.about, p.sentences[:k] + [twin] + p.sentences[k:]), mine, random.randint(1, 4))
            at = starts[mine]
            out.append((asked, about(p), text, at + q.answer[0], at + q.answer[1]))
            alone = data.Passage(p.about, p.sentences[: q.sentence] + [twin] + p.sentences[q.sentence + 1 :])
            nothing(p, window(alone, q.sentence, random.randint(0, 3))[0])
        if q.answer and random.random() < (0.25 if ours else 0.3) and (b := bent(q)):
            out.append((b, about(p), window(p, q.sentence, random.randint(0, 3))[0], -1, -1))
        if q.answer and ours and len(p.sentences) > 1 and random.random() < 0.5:  # its passage without the sentence
            left = data.Passage(p.about, p.sentences[: q.sentence] + p.sentences[q.sentence + 1 :])
            nothing(p, window(left, min(q.sentence, len(left.sentences) - 1), random.randint(0, 4))[0])
        for other, text in tempting.windows(q, 2 if ours else 0):
            nothing(other, text)
        for i in tempting.negatives.same_document(q, 0 if ours else 1):
            other = q.document.passages[i]
            nothing(other, window(other, random.randrange(len(other.sentences)), random.randint(0, 4))[0])
        if random.random() < (0.5 if ours else 0.1) and (found := tempting.negatives.elsewhere(q)):
            other = found[0].passages[found[1]]
            nothing(other, window(other, random.randrange(len(other.sentences)), 2)[0])
    random.shuffle(out)
    return out


def encode(tok, found):
    """(ids of the question's part, ids of the passage's part, first and last piece of the answer or 0)."""
    rows = []
    asked = tok.encode_batch([e[0] for e in found], add_special_tokens=False)
    heads = tok.encode_batch([e[1] for e in found], add_special_tokens=False)
    texts = tok.encode_batch([e[2] for e in found], add_special_tokens=False)
    for (_, _, _, start, end), q, h, t in zip(found, asked, heads, texts):
        first = [pieces.BEGIN] + q.ids[: pieces.QUESTION] + [pieces.END]
        head = h.ids[: pieces.QUESTION]
        a = b = 0
        if start >= 0:
            inside = [i for i, (x, y) in enumerate(t.offsets) if y > start and x < end]
            if not inside or inside[-1] >= LONGEST:
                continue
            a, b = (len(first) + len(head) + i for i in (inside[0], inside[-1]))
        rows.append((first, head + t.ids[:LONGEST] + [pieces.END], a, b))
    return rows


def batches(rows):
    """Batches of about TOKENS pieces, of rows of like length."""
    order = list(range(len(rows)))
    random.shuffle(order)
    length = lambda k: len(rows[k][0]) + len(rows[k][1])
    out = []
    for i in range(0, len(order), 3000):
        part, batch, most = sorted(order[i : i + 3000], key=length), [], 0
        group = []
        for k in part:
            if batch and max(most, length(k)) * (len(batch) + 1) > TOKENS:
                group.append(batch)
                batch, most = [], 0
            batch.append(k)
            most = max(most, length(k))
        group.append(batch)
        random.shuffle(group)
        out += group
    return out


def tensors(rows, batch):
    ids = pieces.pad([rows[k][0] + rows[k][1] for k in batch])
    types = pieces.pad([[0] * len(rows[k][0]) + [1] * len(rows[k][1]) for k in batch])
    return ids, types, torch.tensor([rows[k][2] for k in batch]), torch.tensor([rows[k][3] for k in batch])


def judge(model, rows):
    """Accuracy of the answers head, and of the span's place where there is one."""
    model.eval()
    right = placed = n = 0
    with torch.no_grad():
        for batch in batches(rows):
            ids, types, start, end = tensors(rows, batch)
            s, e, a = model(ids, types)
            right += ((a > 0) == (start > 0)).sum().item()
            has = start > 0
            placed += ((s[:, 1:].argmax(1) + 1 == start) & (e[:, 1:].argmax(1) + 1 == end) & has).sum().item()
            n += has.sum().item()
    model.train()
    return right / len(rows), placed / max(n, 1)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("reading")
    p.add_argument("ours")
    p.add_argument("treebank")
    p.add_argument("out")
    p.add_argument("--find", help="the network find, for near misses")
    p.add_argument("--begin", help="a reader to go on from, without the general questions first")
    p.add_argument("--threads", type=int, default=2)
    a = p.parse_args()
    random.seed(5)
    torch.manual_seed(5)
    torch.set_num_threads(a.threads)
    tok = pieces.tokenizer()
    sources = data.everything(a.reading, a.ours)
    ours, general = sources["ours"] + sources["news"], sources["wiki"] + sources["qamr"]
    documents = {id(q.document): q.document for v in sources.values() for q in v if len(q.document.passages) > 1}
    tempting = Tempting(ours + sources["held"], list(documents.values()), tok, a.find)
    who = roles.asked(a.treebank, "ewt-train*", 5000)
    tests = {"held out": encode(tok, examples(sources["held"], tempting, True)), "roles": encode(tok, roles.asked(a.treebank, "ewt-[dt]e*", 600))}
    # The general questions first, then ours, with other windows and slips each time.
    stages = [] if a.begin else [encode(tok, examples(sources["wiki"] + sources["qamr"][:14000], tempting, False))]
    for more in ([], who):
        stages.append(encode(tok, examples(ours, tempting, True) + examples(random.sample(general, min(3000, len(general))), tempting, False) + more))
    plan = [(stage, batch) for stage in stages for batch in batches(stage)]
    model = Reader()
    model.bert.load_base(base_folder())
    if a.begin:
        model.load_state_dict(torch.load(a.begin, weights_only=True))
    model.bert.freeze_tables()
    model.train()
    weights = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": [w for w in weights if w.dim() > 1], "weight_decay": 0.01}, {"params": [w for w in weights if w.dim() == 1], "weight_decay": 0.0}], lr=RATE, betas=(0.9, 0.98))
    begin, kept = 0, a.out + ".part"
    if os.path.exists(kept):  # go on where it was stopped
        state = torch.load(kept, weights_only=True)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        begin = state["step"]

    def report():
        for name, rows in tests.items():
            print(name + ": answers %.3f, span %.3f" % judge(model, rows), flush=True)

    print([len(s) for s in stages], "examples in", len(plan), "batches", flush=True)
    started, run = time.time(), collections.Counter()
    for n in range(begin, len(plan)):
        rows, batch = plan[n]
        for g in optimiser.param_groups:
            g["lr"] = RATE * min(1, (n + 1) / 100) * max(0.02, 1 - n / len(plan))
        ids, types, start, end = tensors(rows, batch)
        s, e, answers = model(ids, types, 0.1)
        y = (start > 0).float()
        span = (F.cross_entropy(s, start) + F.cross_entropy(e, end)) / 2
        loss = span + 0.5 * F.binary_cross_entropy_with_logits(answers, y)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimiser.step()
        run["span"] += span.item()
        run["right"] += ((answers > 0).float() == y).float().mean().item()
        if n % 50 == 49:
            left = (time.time() - started) / (n + 1 - begin) * (len(plan) - n - 1) / 60
            print(f"{n + 1}/{len(plan)} span {run['span'] / 50:.3f} answers {run['right'] / 50:.3f}, {left:.0f} min left", flush=True)
            run.clear()
        if n % 200 == 199:
            torch.save({"model": model.state_dict(), "optimiser": optimiser.state_dict(), "step": n + 1}, kept)
        if n % 600 == 599:
            report()
    torch.save(model.state_dict(), a.out)
    report()


if __name__ == "__main__":
    main()
