"""What looks as if it answered a question and does not."""

import collections
import math
import random
import re

import torch

import find
import pieces
from model import Bert

WORDS = re.compile(r"[a-z0-9]+")


def words(text):
    return set(WORDS.findall(text.lower()))


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
        return sum(math.log(len(self.all) / self.df[w]) for w in sorted(shared) if w in self.df)

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
        for w in sorted(words(q.text)):
            for k in self.by_word.get(w, ()):
                score[k] += math.log(len(self.all) / self.df[w])
        for k, _ in score.most_common(4):
            if self.all[k][0] is not q.document:
                return self.all[k][:2]
        return None


def near_misses(questions, tok, path):
    """For each question, by id(), the sentences of its document that the network find takes for the answer and that are not."""
    state = torch.load(path, weights_only=True)
    model = Bert()
    model.load_state_dict({k.removeprefix("bert."): v for k, v in state.items() if k.startswith("bert.")})
    model.eval()
    by_document = collections.defaultdict(list)
    for q in questions:
        by_document[id(q.document)].append(q)
    near = {}
    with torch.no_grad():
        for asked in by_document.values():
            passages = asked[0].document.passages
            if len(passages) < 2:
                continue
            rows = [pieces.passage(tok, p.about, p.sentences) for p in passages]
            hidden = find.vectors(model, [r[0] for r in rows])
            for i in range(0, len(asked), 16):
                part = asked[i : i + 16]
                ids = pieces.pad([pieces.question(tok, q.text) for q in part])
                most, mean, numbers = find.scores(hidden, [r[1] for r in rows], model(ids, torch.zeros_like(ids)), ids)
                place = {v: k for k, v in numbers.items()}
                for q, m, c in zip(part, most, mean):
                    best = (m + 0.4 * c).argsort(descending=True)[:8].tolist()
                    near[id(q)] = [place[x] for x in best if q.answer is None or place[x] != (q.passage, q.sentence)]
    return near


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
