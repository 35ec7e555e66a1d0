"""How fast the bot reads beside onnxruntime, on this machine, one processor each.

    python speed.py

Eight candidates of 60 pieces through the reader: by the bot's own benchmark, with
the weights that it carries, and by onnxruntime in float32, in turn. The weights of
the reader that is exported are random: speed does not depend on them. What counts
is processor time, so that a busy machine tells the same.
"""

import pathlib
import resource
import statistics
import subprocess
import tempfile
import time

import onnxruntime
import torch

from model import PIECES, Reader

CANDIDATES, LENGTH, ROUNDS, RUNS = 8, 60, 5, 10
ROOT = pathlib.Path(__file__).parent.parent


def session(folder):
    """The reader in onnxruntime, with one thread."""
    path = pathlib.Path(folder) / "read.onnx"
    reader = Reader().eval()
    texts = torch.ones(CANDIDATES, LENGTH, dtype=torch.long)
    torch.onnx.export(reader, (texts, texts), path, input_names=["ids", "types"], dynamo=True, verbose=False)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def theirs(s):
    """Milliseconds that onnxruntime takes."""
    ids = torch.randint(1000, PIECES, (CANDIDATES, LENGTH)).numpy()
    s.run(None, {"ids": ids, "types": ids * 0})
    begin = time.process_time()
    for _ in range(RUNS):
        s.run(None, {"ids": ids, "types": ids * 0})
    return 1000 * (time.process_time() - begin) / RUNS


def ours(test):
    """Milliseconds that the bot takes: what more runs take longer than few."""

    def used(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([test, "-test.run=^$", "-test.bench=^BenchmarkRead$", "-test.cpu=1", f"-test.benchtime={runs}x"], check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return 1000 * (used(RUNS + 2) - used(2)) / RUNS


def main():
    torch.manual_seed(1)
    with tempfile.TemporaryDirectory() as folder:
        s = session(folder)
        test = pathlib.Path(folder) / "taught.test"
        subprocess.run(["go", "test", "-c", "-o", test, "./encoder/taught"], check=True, cwd=ROOT)
        rounds = [(theirs(s), ours(test)) for _ in range(ROUNDS)]
    onnx, bot = (statistics.median(x) for x in zip(*rounds))
    print(f"{CANDIDATES} x {LENGTH} pieces, one thread, median of {ROUNDS} rounds:")
    print(f"onnxruntime {onnxruntime.__version__} float32 {onnx:.1f} ms, the bot {bot:.1f} ms, ratio {bot / onnx:.2f}")


if __name__ == "__main__":
    main()
