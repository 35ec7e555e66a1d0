"""Texts and questions to learn from, in one shape whatever file they come from."""

import collections
import dataclasses
import gzip
import json
import pathlib
import random
import re

KINDS = {"para", "plain", "tele", "typo", "yesno", "none"}


@dataclasses.dataclass
class Passage:
    about: str  # title and headings above it
    sentences: list[str]


@dataclasses.dataclass
class Document:
    passages: list[Passage]


@dataclasses.dataclass
class Question:
    document: Document
    passage: int
    sentence: int
    kind: str  # one of KINDS, "qamr" or "wiki"
    text: str
    answer: tuple[int, int] | None  # characters of the sentence; None: the document does not answer

    def sentences(self):
        return self.document.passages[self.passage].sentences


END = re.compile(r'(?<=[.!?])["”’\')]*\s+(?=[A-Z"“‘(0-9])')
SHORT = re.compile(r"(?:\b(?:Dr|Mr|Mrs|Ms|St|Prof|Capt|Sgt|Lt|Rev|Sen|Rep|Nov|Dec|Oct|Sept|Aug|Jan|Feb|no|vs|[A-Z])|\b[ap]\.m)\.$")


def split(text):
    cuts = [0] + [m.end() for m in END.finditer(text) if not SHORT.search(text[: m.start()])] + [len(text)]
    return [s for a, b in zip(cuts, cuts[1:]) if (s := text[a:b].strip())]


def wikinews(folder):
    """The fragments part*.txt with the questions part*.tsv on them."""
    found = []
    for tsv in sorted(pathlib.Path(folder).glob("part*.tsv")):
        documents, places = {}, {}
        for line in tsv.with_suffix(".txt").read_text("utf-8").split("\n"):
            if line.startswith("# "):
                name, last = line[2:], None
                documents[name] = Document([])
            elif line:
                number, _, text = line.partition(" ")
                if number.split(".")[0] != last:
                    last = number.split(".")[0]
                    documents[name].passages.append(Passage("", []))
                document = documents[name]
                places[name, number] = len(document.passages) - 1, len(document.passages[-1].sentences)
                document.passages[-1].sentences.append(text)
        for line in tsv.read_text("utf-8").splitlines():
            name, number, kind, text, answer = line.split("\t")
            passage, sentence = places[name, number]
            found.append(question(documents[name], passage, sentence, kind, text, answer))
    return [q for q in found if q]


def question(document, passage, sentence, kind, text, answer):
    s = document.passages[passage].sentences[sentence]
    if kind == "none":
        span = None
    elif kind == "yesno":
        span = 0, len(s)
    else:
        at = s.find(answer)
        if at < 0 or not answer:
            return None
        span = at, at + len(answer)
    return Question(document, passage, sentence, kind, text.strip(), span)


def qamr(path, known):
    """Questions on single sentences; where the sentence is one of a known document, in its passage."""
    by_text = {s: (d, i, j) for d in known for i, p in enumerate(d.passages) for j, s in enumerate(p.sentences)}
    found = []
    with gzip.open(path, "rt", encoding="utf-8") as f:
        next(f)
        for line in f:
            _, sentence, text, start, end = line.rstrip("\n").split("\t")
            document, i, j = by_text.get(sentence) or (Document([Passage("", [sentence])]), 0, 0)
            found.append(Question(document, i, j, "qamr", text.strip(), (int(start), int(end))))
    return found


def squad(path):
    """SQuAD-shaped JSON."""
    found = []
    with gzip.open(path, "rt", encoding="utf-8") as f:
        data = json.load(f)["data"]
    for article in data:
        document = Document([])
        for paragraph in article["paragraphs"]:
            context = paragraph["context"]
            cuts = [0] + [m.end() for m in END.finditer(context) if not SHORT.search(context[: m.start()])] + [len(context)]
            document.passages.append(Passage(article["title"].replace("_", " "), [context[a:b].rstrip() for a, b in zip(cuts, cuts[1:])]))
            for qa in paragraph["qas"]:
                if not qa["answers"]:
                    continue
                start, text = qa["answers"][0]["answer_start"], qa["answers"][0]["text"]
                j = max(k for k in range(len(cuts) - 1) if cuts[k] <= start)
                span = start - cuts[j], start - cuts[j] + len(text)
                if span[1] <= len(document.passages[-1].sentences[j]):
                    found.append(Question(document, len(document.passages) - 1, j, "wiki", qa["question"].strip(), span))
    return found


HEADING = re.compile(r"(#+)\s+(.*)")
ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+")
RULE = re.compile(r"\|[\s:|-]+\|?$")
ASKED = re.compile(r"\W*Q(?:uestion)?\s*[:.]", re.I)


def cells(row):
    return [c.strip() for c in row.strip().strip("|").split("|")]


def markdown(path):
    """A text of our own as passages, with what each sentence was called in the file."""
    document, raw = Document([]), []  # raw: for each passage the sentences as they stand in the file
    about, block = {}, []

    def close():
        if not block:
            return
        lines, as_is, shown = list(block), [], []
        block.clear()
        if lines[0].lstrip().startswith("|"):
            header = cells(lines[0])
            for row in lines[1:]:
                if not RULE.match(row.strip()):
                    as_is.append(row.strip())
                    shown.append("; ".join(f"{h}: {c}" if h else c for h, c in zip(header, cells(row)) if c))
        elif ITEM.match(lines[0]):
            items = []
            for line in lines:
                if ITEM.match(line):
                    items.append(ITEM.sub("", line, count=1))
                else:
                    items[-1] += " " + line.strip()
            as_is = shown = [s for item in items for s in split(item)]
        else:
            as_is = shown = split(" ".join(x.strip() for x in lines))
        if as_is:
            headings = [about[k] for k in sorted(about)]
            document.passages.append(Passage(" > ".join(headings), shown))
            raw.append(as_is)

    for line in path.read_text("utf-8").splitlines():
        if m := HEADING.match(line):
            close()
            level = len(m[1])
            about = {k: v for k, v in about.items() if k < level} | {level: m[2].strip()}
        elif not line.strip():
            close()
        elif ASKED.match(line):  # what the text below it is about
            close()
            about[9] = ASKED.sub("", line).strip(" *_")
        else:
            if block and ITEM.match(block[0]) is None and ITEM.match(line) or block and block[0].startswith("|") != line.startswith("|"):
                close()
            block.append(line)
    close()
    return document, raw


def own(folder):
    """Texts of our own, NAME.md, with their questions, NAME.tsv: (to learn from, held out, lines that could not be placed)."""
    found, held, lost = [], [], 0
    for tsv in sorted(pathlib.Path(folder).glob("**/*.tsv")):
        document, raw = markdown(tsv.with_suffix(".md"))
        for line in tsv.read_text("utf-8").splitlines():
            fields = line.split("\t")
            if len(fields) != 4 or fields[1] not in KINDS:
                lost += 1
                continue
            want, kind, text, answer = fields
            want = want.strip()
            place = next(((i, j) for i, p in enumerate(raw) for j, s in enumerate(p) if want == s), None)
            place = place or next(((i, j) for i, p in enumerate(raw) for j, s in enumerate(p) if want in s or (len(s) > 20 and s in want)), None)
            q = place and question(document, *place, kind, text, answer)
            if q:
                (held if tsv.parent.name == "held" else found).append(q)
            else:
                lost += 1
    return found, held, lost


STOP = set("the a an of in on at to for is are was were did do does by with and it its that this be been has have had".split())


def telegraphic(text):
    """The question as somebody types it who saves words."""
    words = [w for w in text.rstrip("?").split() if w.lower() not in STOP]
    return " ".join(words) if len(words) > 1 else text


def everything(reading, ours):
    """All that may be learned from: questions by source."""
    reading = pathlib.Path(reading)
    news = wikinews(reading)
    documents = list({id(q.document): q.document for q in news}.values())
    mine, held, lost = own(ours)
    sources = {
        "news": news,
        "ours": mine,
        "held": held,
        "qamr": qamr(reading / "qamr-wikinews.tsv.gz", documents),
        "wiki": squad(reading / "new-wiki.json.gz"),
    }
    print({k: len(v) for k, v in sources.items()}, "lost:", lost, flush=True)
    print("kinds:", dict(collections.Counter(q.kind for v in sources.values() for q in v)), flush=True)
    return sources


if __name__ == "__main__":
    import sys

    random.seed(1)
    found = everything(*sys.argv[1:])
    for q in random.sample(found["ours"], 8):
        print(q.kind, "|", q.document.passages[q.passage].about, "|", q.sentences()[q.sentence], "|", q.text, "|", q.answer and q.sentences()[q.sentence][slice(*q.answer)])
