"""Questions on who did what to whom, made from the trees of a treebank.

A clause with a subject, a verb and an object answers "Who attacked B?" and
"Who did A attack?"; it answers neither "Who attacked A?" nor "Who did B
attack?". Most clauses get names in place of their noun phrases, so that only
the order of the words tells who did it, and half are turned into the passive.
"""

import gzip
import pathlib
import random

NAMES = """Arlen Brook Calder Dorna Estmark Farrow Galen Hollis Ivarland Jorunn Kestrel Lorne Marrow Norland Orsino Pell Quill Ravenna Sorrel Tamsin Ulric Vesna
Westerby Yarrow Zoran Adela Boris Carmen Dmitri Elena Fatima Giorgos Hassan Ingrid Jamal Kofi Leila Mateo Nadia Omar Priya Rosa Samuel Tariq Yusuf Belmont Corvane
Dunmore Ellery Fenwick Greyholt Harbin Kelso Lindqvist Marchetti Novak Okafor Petrov Rossi Suzuki Tanaka""".split()
KINDS = ["{}", "{}", "{}", "{} United", "the {} council", "the {} party", "the {} company", "Captain {}", "Dr {}", "the {} army", "the {} union", "Mrs {}"]


def sentences(path):
    """The sentences of a treebank, each a list of rows: id, form, lemma, part of speech, features, head, relation, space."""
    with gzip.open(path, "rt", encoding="utf-8") as f:
        rows = []
        for line in f:
            if line == "\n":
                if rows:
                    yield rows
                rows = []
            elif line[0] != "#":
                fields = line.rstrip("\n").split("\t")
                if fields[0].isdigit():
                    rows.append(fields)


def clauses(rows):
    """Each clause "subject verb object" in the past or present: (subject, verb, its lemma, object, features of the verb, what follows)."""
    below = {}
    for r in rows:
        below.setdefault(r[5], []).append(r)
    for verb in rows:
        if verb[3] != "VERB" or not verb[4].startswith("Mood=Ind") or ("Tense=Pres" in verb[4] and "Number=Sing" not in verb[4]):
            continue
        parts = below.get(verb[0], [])
        subject = [r for r in parts if r[6] == "nsubj"]
        object_ = [r for r in parts if r[6] == "obj"]
        if len(subject) != 1 or len(object_) != 1 or any(r[6] in ("aux", "aux:pass", "compound:prt", "iobj", "xcomp", "ccomp", "expl") or r[3] == "PART" for r in parts):
            continue
        if verb[2] in ("have", "be", "do", "want", "need", "mean", "like", "know"):
            continue
        s, o, v = span(subject[0], below), span(object_[0], below), int(verb[0])
        if not s[1] < v < o[0] or o[0] - v > 2 or v - s[1] > 2 or s[1] - s[0] > 6 or o[1] - o[0] > 8:
            continue
        if subject[0][3] == "PRON" or object_[0][3] == "PRON":
            continue
        text = lambda a, b: joined(rows[a - 1 : b])
        yield text(*s), verb[1].lower(), verb[2].lower(), text(*o), verb[4], text(o[1] + 1, len(rows))


def span(row, below):
    """The first and the last word of all that hangs on a word."""
    inside, todo = [], [row]
    while todo:
        x = todo.pop()
        inside.append(int(x[0]))
        todo += below.get(x[0], [])
    return min(inside), max(inside)


def joined(rows):
    out = ""
    for r in rows:
        out += r[1] + ("" if r[7] == "SpaceAfter=No" else " ")
    return out.strip()


def someone():
    return random.choice(KINDS).format(random.choice(NAMES))


def participles(folder):
    """For each verb its past participle, as the treebank has it."""
    return {r[2].lower(): r[1].lower() for path in sorted(pathlib.Path(folder).glob("ewt-*.gz")) for rows in sentences(path) for r in rows if r[3] == "VERB" and "Tense=Past|VerbForm=Part" in r[4] and r[1].isalpha()}


def upper(s):
    return s[:1].upper() + s[1:]


def asked(folder, files, many):
    """About many examples (question, head, text, start, end), half of which have no answer: start is -1."""
    done = participles(folder)
    found = [c for path in sorted(pathlib.Path(folder).glob(files)) for rows in sentences(path) for c in clauses(rows)]
    out = []
    while len(out) < many:
        s, form, lemma, o, tag, rest = random.choice(found)
        if random.random() < 0.8:
            s, o = someone(), someone()
        if s.lower() == o.lower() or s in o or o in s:
            continue
        tail = rest if random.random() < 0.4 and 0 < len(rest) < 80 else "."
        if tail[-1] not in ".!?":
            tail += "."
        passive = lemma in done and random.random() < 0.4
        help_, be = ("did", "was") if "Past" in tag else ("does", "is")
        gap = "" if tail[0] in ".,!?;:" else " "
        if passive:
            text = f"{upper(o)} {be} {done[lemma]} by {s}{gap}{tail}"
        else:
            text = f"{upper(s)} {form} {o}{gap}{tail}"
        who = lambda name: "Who" if name[0].isupper() or name.startswith("the ") else "What"
        ways = [  # (question, answer)
            (f"{who(s)} {form} {o}?", s), (f"{who(o)} {help_} {s} {lemma}?", o),
            (f"{who(o)} {form} {s}?", None), (f"{who(s)} {help_} {o} {lemma}?", None),
        ]
        if lemma in done:
            ways += [
                (f"{who(o)} {be} {done[lemma]} by {s}?", o), (f"{who(s)} {be} {o} {done[lemma]} by?", s), (f"By whom {be} {o} {done[lemma]}?", s),
                (f"{who(s)} {be} {done[lemma]} by {o}?", None), (f"{who(o)} {be} {s} {done[lemma]} by?", None), (f"By whom {be} {s} {done[lemma]}?", None),
            ]
        yes = random.random() < 0.2
        before = after = ""
        if random.random() < 0.5:  # somebody else's deed beside it
            a, b = someone(), someone()
            if len({a, b, s, o}) == 4 and not any(x in y for x in (a, b) for y in (s, o)):
                if random.random() < 0.5:
                    a = random.choice((s, o)) if random.random() < 0.4 else a
                other = random.choice(found)
                if other[2] != lemma:
                    extra = f"{upper(a)} {other[1]} {b}."
                    before, after = (extra + " ", "") if random.random() < 0.5 else ("", " " + extra)
        whole = before + text + after
        for question, answer in random.sample(ways, 2):
            if answer is None:
                out.append((question, "", whole, -1, -1))
            else:
                at = len(before) + text.lower().find(answer.lower(), 0)
                if at < len(before):
                    continue
                out.append((question, "", whole, at, at + len(answer)))
        if yes:
            out.append((f"{upper(help_)} {s} {lemma} {o}?", "", whole, len(before), len(before) + len(text)))
            out.append((f"{upper(help_)} {o} {lemma} {s}?", "", whole, -1, -1))
    return out
