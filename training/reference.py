"""How the reference cuts XQuAD into pieces: one line a language, how many pieces and the SHA-256 of their numbers,
as the file of weights has them.

python reference.py DATA > ../encoder/taught/testdata/pieces.golden
"""

import gzip
import hashlib
import json
import pathlib
import sys

import numpy

from export import met
from model import base_folder, vocabulary
from pieces import tokenizer

tok = tokenizer()
kept = met(vocabulary(base_folder()))
number = numpy.full(tok.get_vocab_size(), -1, "<i4")
number[kept] = numpy.arange(len(kept))
for file in sorted(pathlib.Path(sys.argv[1]).glob("xquad-dev-*.json.gz")):
    total, sum = 0, hashlib.sha256()
    for article in json.loads(gzip.decompress(file.read_bytes()))["data"]:
        for paragraph in article["paragraphs"]:
            for text in [paragraph["context"]] + [q["question"] for q in paragraph["qas"]]:
                ids = tok.encode(text, add_special_tokens=False).ids
                total += len(ids)
                sum.update(number[ids].tobytes())
    print(file.name.removeprefix("xquad-dev-").removesuffix(".json.gz"), total, sum.hexdigest())
