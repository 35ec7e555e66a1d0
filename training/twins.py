"""Sentences that differ from the one that answers in the very thing that was asked about.

"The northern line runs every hour" answers "how often does the northern line
run?"; beside it, or in its place, stands "The eastern line runs every 20
minutes": whoever only looks for "line" and "run" takes the wrong one.
"""

import random
import re

import data

# Words of which a text often tells one thing of the one and another of the other.
CLASSES = [c.split() for c in """
monday tuesday wednesday thursday friday saturday sunday
january february march april may june july august september october november december
north south east west
northern southern eastern western central
red blue green yellow white black orange purple brown grey silver golden
first second third fourth fifth sixth last final
small large medium
spring summer autumn winter
morning afternoon evening night
breakfast lunch dinner
left right
upper lower
upstairs downstairs
inner outer
adult adults child children student students senior seniors visitor visitors member members volunteer volunteers teacher teachers parent parents driver drivers
men women boys girls
man woman boy girl
mother father brother sister son daughter uncle aunt
weekday weekdays weekend weekends
new old
short long
daily weekly monthly yearly annual
minimum maximum
highest lowest
oldest youngest
before after
opened closed
opens closes
open close
arrived left
arrives leaves
bought sold
won lost
cheap expensive
front back
indoor outdoor
public private
basic premium standard
primary secondary
local national international
hot cold
wet dry
one two three four five six seven eight nine ten
half double
hour day week month year
""".strip().splitlines()]
CLASS = {}
for c in CLASSES:
    for w in c:
        CLASS.setdefault(w, c)
WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*|\d[\d.,:]*\d|\d")
DIGITS = re.compile(r"\d")


def like(word, other):
    """other with the case of word."""
    return other.upper() if word.isupper() and len(word) > 1 else other.capitalize() if word[0].isupper() else other


def number(word):
    """Another number of the same shape."""
    if re.fullmatch(r"(1[4-9]|20)\d\d", word):
        return str(int(word) + random.choice([-30, -11, -5, -2, -1, 1, 2, 3, 7, 12]))
    for _ in range(9):
        new = DIGITS.sub(lambda m: str(random.randint(1, 9)) if random.random() < 0.6 else m[0], word)
        if new != word:
            return new
    return None


def names(document):
    return sorted({m[0] for p in document.passages for s in p.sentences for m in re.finditer(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b", s)})


def replacement(word, document, text):
    """Another word of the kind; None where none is known."""
    low = word.lower()
    if low in data.STOP or low in ("you", "we", "they", "he", "she", "his", "her", "if", "when", "all", "both"):
        return None
    if word[0].isdigit():
        new = number(word)
        return new
    if low in CLASS:
        return like(word, random.choice([w for w in CLASS[low] if w != low and w.rstrip('s') != low.rstrip('s')]))
    known = names(document) if word[0].isupper() and len(word) > 2 else []
    if word in known:
        others = [n for n in known if n not in text and n.lower() != low]
        if others:
            return random.choice(others)
    return None


def changed(answer, q, others):
    """Another answer of the kind, from the same document where it has no number."""
    if DIGITS.search(answer):
        new = re.sub(r"\d[\d.,:]*\d|\d", lambda m: number(m[0]) or m[0], answer)
        return new if new != answer else None
    same = [o for o in others.get((id(q.document), q.text.split(" ")[0].lower()), []) if o.lower() not in answer.lower() and answer.lower() not in o.lower() and len(o) < 3 * len(answer) + 10]
    return random.choice(same) if same else None


class Twins:
    def __init__(self, questions):
        self.others = {}
        for q in questions:
            if q.answer and q.kind != "yesno":
                self.others.setdefault((id(q.document), q.text.split(" ")[0].lower()), []).append(q.sentences()[q.sentence][slice(*q.answer)])

    def of(self, q):
        """A sentence beside which the one that answers q still does, and which alone does not; None where none can be made."""
        if not q.answer or q.kind == "yesno":
            return None
        s = q.sentences()[q.sentence]
        text = " ".join(q.document.passages[q.passage].sentences)
        asked = {w.lower() for w in WORD.findall(q.text)}
        a, b = q.answer
        both = [m for m in WORD.finditer(s) if m[0].lower() in asked and not (a <= m.start() < b)]
        random.shuffle(both)
        for m in both:
            new = replacement(m[0], q.document, text)
            if new is None or new.lower() in asked:
                continue
            answer = changed(s[a:b], q, self.others)
            if answer is None:
                return None
            edits = sorted([(m.start(), m.end(), new), (a, b, answer)], reverse=True)
            # The same word again in the sentence is the same thing.
            twin = s
            for x, y, t in edits:
                twin = twin[:x] + t + twin[y:]
            if re.search(r"\b" + re.escape(m[0]) + r"\b", twin):
                continue
            return twin
        return None
