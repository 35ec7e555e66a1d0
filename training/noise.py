"""What people do to questions while typing."""

import random

from data import telegraphic

NEAR = {"a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk", "k": "jl", "l": "k", "m": "n",
        "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x"}


def slip(word):
    """One slip of the fingers."""
    i = random.randrange(1, len(word))
    kind = random.random()
    if kind < 0.35:
        return word[:i] + word[i + 1 :]
    if kind < 0.6 and i + 1 < len(word):
        return word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    if kind < 0.8:
        return word[:i] + word[i] + word[i:]
    return word[:i] + random.choice(NEAR.get(word[i], word[i])) + word[i + 1 :]


def typed(text, kind):
    """The question, now and then telegraphic, misspelt or without its case and mark."""
    if kind in ("plain", "qamr", "wiki", "para") and random.random() < 0.1:
        text = telegraphic(text)
    if kind != "typo" and random.random() < 0.08:
        words = text.split()
        long = [i for i, w in enumerate(words) if len(w) > 4 and w.isalpha()]
        if long:
            i = random.choice(long)
            words[i] = slip(words[i])
            text = " ".join(words)
    if random.random() < 0.15:
        text = text.rstrip("?")
    return text
