"""Teaches the network that reads: a question and a passage, and where the answer stands.

    python read.py READING OURS OUT.pt

Input: [CLS] question [SEP] about, passage [SEP]. The span head gives where the
answer begins and ends, with the first piece for "nothing here" (Devlin et al.
2019); the answers head says whether the passage answers at all.
"""

import argparse
import collections
import math
import os
import random
import re
import time

import torch
import torch.nn.functional as F

import data
import noise
import pieces
from model import Reader, base_folder

TOKENS = 3200  # pieces a batch
RATE = 1.2e-4
LONGEST = 200  # pieces of a passage
WORDS = re.compile(r"[a-z0-9]+")


def words(text):
    return set(WORDS.findall(text.lower()))


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


class Negatives:
    """Passages that look as if they answered: by the rare words that they share with a question."""

    def __init__(self, documents):
        self.all = [(d, i, words(p.about + " " + " ".join(p.sentences))) for d in documents for i, p in enumerate(d.passages)]
        self.df = collections.Counter(w for *_, ws in self.all for w in ws)
        self.by_word = collections.defaultdict(list)
        for k, (*_, ws) in enumerate(self.all):
            for w in ws:
                if self.df[w] < len(self.all) / 20:
                    self.by_word[w].append(k)

    def weight(self, shared):
        return sum(math.log(len(self.all) / self.df[w]) for w in shared if w in self.df)

    def same_document(self, q, most):
        asked = words(q.text)
        others = [i for i in range(len(q.document.passages)) if i != q.passage]
        answer = q.answer and q.kind != "yesno" and q.sentences()[q.sentence][slice(*q.answer)].lower()
        if answer and len(answer) > 3:  # another passage may say the same
            others = [i for i in others if answer not in " ".join(q.document.passages[i].sentences).lower()]
        others.sort(key=lambda i: -self.weight(asked & words(" ".join(q.document.passages[i].sentences))))
        picked = others[:most]
        if len(others) > most:
            picked.append(random.choice(others[most:]))
        return picked

    def elsewhere(self, q):
        score = collections.Counter()
        for w in words(q.text):
            for k in self.by_word.get(w, ()):
                score[k] += math.log(len(self.all) / self.df[w])
        for k, _ in score.most_common(4):
            if self.all[k][0] is not q.document:
                return self.all[k][:2]
        return None


NUMBER = re.compile(r"\b\d[\d,.]*\b")
NAME = re.compile(r"(?<!^)\b(?!I\b)[A-Z][a-z]+(?: [A-Z][a-z]+)*")
OPPOSITE = {a: b for x in ("first last,most least,largest smallest,biggest smallest,highest lowest,before after,more fewer,oldest youngest,won lost,"
                           "began ended,start end,north south,east west,increase decrease,include exclude,accept reject,support oppose,open close,"
                           "arrive leave,buy sell,allowed forbidden,minimum maximum,early late,same different,earliest latest").split(",") for a, b in [x.split(), x.split()[::-1]]}


def bent(q):
    """The question bent so that its passage no longer answers it; None where it has nothing to bend."""
    text = " ".join(q.document.passages[q.passage].sentences)
    ways = []
    if m := NUMBER.search(q.text):
        others = [n for n in NUMBER.findall(text) if n != m[0]] + [str(int(float(m[0].replace(",", "").rstrip(".") or 1)) + random.randint(1, 9))] if m[0].replace(",", "").rstrip(".").replace(".", "", 1).isdigit() else []
        if others:
            ways.append(q.text[: m.start()] + random.choice(others) + q.text[m.end() :])
    if m := NAME.search(q.text):
        near = [n for n in NAME.findall(" ".join(s for p in q.document.passages for s in p.sentences)) if n not in q.text and n not in text and m[0] not in n]
        if near and m[0] in text:
            ways.append(q.text[: m.start()] + random.choice(near) + q.text[m.end() :])
    w = q.text.split()
    flips = [i for i, x in enumerate(w) if x.lower() in OPPOSITE and x.lower() in text.lower()]
    if flips:
        i = random.choice(flips)
        ways.append(" ".join(w[:i] + [OPPOSITE[w[i].lower()]] + w[i + 1 :]))
    return random.choice(ways) if ways else None


def examples(questions, negatives, many):
    """(question, head, text, start, end); start is -1 where the text does not answer.

    many: with all near misses, for questions asked of whole documents.
    """
    out = []
    for q in questions:
        p = q.document.passages[q.passage]
        asked = noise.typed(q.text, q.kind)
        for more in (random.randint(0, 1), random.randint(1, 5))[: 2 if many else 1]:
            text, starts = window(p, q.sentence, more)
            if q.answer is None:
                out.append((asked, about(p), text, -1, -1))
            else:
                at = starts[q.sentence]
                out.append((asked, about(p), text, at + q.answer[0], at + q.answer[1]))
        if q.answer and random.random() < (0.25 if many else 0.3) and (b := bent(q)):
            out.append((b, about(p), window(p, q.sentence, random.randint(0, 3))[0], -1, -1))
        if q.answer and many and len(p.sentences) > 1 and random.random() < 0.5:  # its passage without the sentence
            left = data.Passage(p.about, p.sentences[: q.sentence] + p.sentences[q.sentence + 1 :])
            out.append((asked, about(p), window(left, min(q.sentence, len(left.sentences) - 1), random.randint(0, 4))[0], -1, -1))
        for i in negatives.same_document(q, 2 if many else 1):
            other = q.document.passages[i]
            out.append((asked, about(other), window(other, random.randrange(len(other.sentences)), random.randint(0, 4))[0], -1, -1))
        if random.random() < (0.5 if many else 0.1) and (found := negatives.elsewhere(q)):
            other = found[0].passages[found[1]]
            out.append((asked, about(other), window(other, random.randrange(len(other.sentences)), 2)[0], -1, -1))
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
    p.add_argument("out")
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--passes", type=int, default=2, help="over our own questions")
    a = p.parse_args()
    random.seed(5)
    torch.manual_seed(5)
    torch.set_num_threads(a.threads)
    tok = pieces.tokenizer()
    sources = data.everything(a.reading, a.ours)
    negatives = Negatives(list({id(q.document): q.document for v in sources.values() for q in v if len(q.document.passages) > 1}.values()))
    test = encode(tok, examples(sources["held"], negatives, True))
    mine = sources["ours"] + sources["news"]
    general = sources["wiki"] + sources["qamr"]
    # The general questions first, then ours, with other windows and slips each time.
    stages = [encode(tok, examples(sources["wiki"] + sources["qamr"][:14000], negatives, False))]
    for _ in range(a.passes):
        stages.append(encode(tok, examples(mine, negatives, True) + examples(random.sample(general, min(3000, len(general))), negatives, False)))
    plan = [(stage, batch) for stage in stages for batch in batches(stage)]
    model = Reader()
    model.bert.load_base(base_folder()).freeze_tables()
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
    print([len(s) for s in stages], "examples in", len(plan), "batches; held out:", len(test), flush=True)
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
            print("held out: answers %.3f, span %.3f" % judge(model, test), flush=True)
    torch.save(model.state_dict(), a.out)
    print("held out: answers %.3f, span %.3f" % judge(model, test), flush=True)


if __name__ == "__main__":
    main()
