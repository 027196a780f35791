"""What near-duplicates runs in the virtual environment of the other implementations, each as a process of its own:

    near_duplicate_peers.py TOOL ROWS.jsonl FOLDER

All take runs of five words and 36 bands of 7, and write what they keep as JSONL. FOLDER/edges.tsv gets the rows that they join, two a
line, by their places. TOOL `ours` reads what `dedup` wrote to FOLDER/out instead.
"""

import glob
import json
import os
import struct
import sys
from itertools import islice
from pathlib import Path

WORDS, BANDS, OF_A_BAND, THRESHOLD = 5, 36, 7, 0.7
PERMUTATIONS = BANDS * OF_A_BAND
BATCH = 10_000


def sets(path):
    """The rows' sets of runs, a batch at a time. The rows are words of small letters between single spaces."""
    with open(path, encoding="utf-8") as lines:
        while batch := list(islice(lines, BATCH)):
            found = []
            for line in batch:
                words = json.loads(line)["text"].split()
                found.append({" ".join(words[i : i + WORDS]) for i in range(len(words) - WORDS + 1)})
            yield found


def rensa(path, folder):
    """One pass: a batch goes in and is asked for at once, so each pair turns up."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=BANDS)
    clusters = Clusters()
    first = 0
    for batch in sets(path):
        hashes = RMinHash.from_token_sets(batch, PERMUTATIONS, 1)
        index.insert_many(hashes, first)
        for row, found in enumerate(index.query_all(hashes), first):
            clusters.join(row, found)
        first += len(batch)
    clusters.write(path, folder)


def datasketch(path, folder):
    """MinHash, then MinHashLSH over nine bands at a time: all 36 at once do not fit into memory at a million rows."""
    import numpy
    import xxhash
    from datasketch import MinHash, MinHashLSH

    signatures = []
    fresh = MinHash(num_perm=PERMUTATIONS, hashfunc=xxhash.xxh32_intdigest)
    none = fresh.hashvalues.copy()
    for batch in sets(path):
        for one in batch:
            fresh.hashvalues = none
            fresh.update_batch(one)
            signatures.append(fresh.hashvalues)
    signatures = numpy.array(signatures)
    clusters = Clusters()
    some = BANDS // 4
    part = MinHash(num_perm=some * OF_A_BAND)
    for start in range(0, PERMUTATIONS, some * OF_A_BAND):
        index = MinHashLSH(num_perm=some * OF_A_BAND, params=(some, OF_A_BAND))
        for row in range(len(signatures)):
            part.hashvalues = signatures[row, start : start + some * OF_A_BAND]
            clusters.join(row, index.query(part))
            index.insert(row, part, check_duplication=False)
    clusters.write(path, folder)


def datatrove(path, folder, english=False):
    """Its four steps over eight files, two processes at a time. Words are parted at spaces, which all rows have between them, or,
    much slower, by what datatrove takes for English where nothing else is said.
    """
    os.environ["LOGURU_LEVEL"] = "WARNING"
    from datatrove.executor.local import LocalPipelineExecutor
    from datatrove.pipeline.dedup import MinhashDedupCluster, MinhashDedupFilter, MinhashDedupSignature
    from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupBuckets
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter
    from datatrove.utils.word_tokenizers import WordTokenizer

    class Spaces(WordTokenizer):
        def word_tokenize(self, text):
            return text.split()

        def sent_tokenize(self, text):
            return [text]

        def span_tokenize(self, text):
            return [(0, len(text))]

    config = MinhashConfig(n_grams=WORDS, num_buckets=BANDS, hashes_per_bucket=OF_A_BAND)
    files = split(path, folder / "files", 8)
    at = {step: str(folder / step) for step in ("signatures", "buckets", "clusters", "kept", "logs")}
    reader = JsonlReader(str(folder / "files"), glob_pattern="*.jsonl")
    steps = [
        ([reader, MinhashDedupSignature(at["signatures"], config, **({} if english else {"language": Spaces()}))], 8),
        ([MinhashDedupBuckets(at["signatures"], at["buckets"], config=config)], BANDS),
        ([MinhashDedupCluster(at["buckets"], at["clusters"], config=config)], 1),
        ([reader, MinhashDedupFilter(at["clusters"]), JsonlWriter(at["kept"], compression=None)], 8),
    ]
    for number, (pipeline, tasks) in enumerate(steps):
        # Forked: what a fork server's children take is nobody's to count.
        LocalPipelineExecutor(pipeline, tasks=tasks, workers=min(2, tasks), start_method="fork",
                              logging_dir=f"{at['logs']}/{number}").run()
    with open(folder / "edges.tsv", "w") as out:
        for name in glob.glob(at["buckets"] + "/*.dups"):
            for one_file, one, other_file, other in struct.iter_unpack("<4I", Path(name).read_bytes()):
                out.write(f"{files[one_file] + one}\t{files[other_file] + other}\n")


def split(path, folder, parts):
    """Writes a file in so many parts; says the first row of each."""
    folder.mkdir()
    with open(path, encoding="utf-8") as lines:
        count = sum(1 for _ in lines)
        lines.seek(0)
        starts = [count * i // parts for i in range(parts + 1)]
        for i in range(parts):
            with open(folder / f"{i:02d}.jsonl", "w", encoding="utf-8") as out:
                out.writelines(islice(lines, starts[i + 1] - starts[i]))
    return starts


class Clusters:
    def __init__(self):
        self.parents = {}
        self.edges = set()

    def join(self, row, found):
        for other in found:
            if other != row:
                edge = (row, other) if row > other else (other, row)
                if edge not in self.edges:
                    self.edges.add(edge)
                    one, two = self.root(row), self.root(other)
                    self.parents[max(one, two)] = min(one, two)

    def root(self, row):
        while (parent := self.parents.get(row, row)) != row:
            self.parents[row] = self.parents.get(parent, parent)
            row = parent
        return row

    def write(self, path, folder):
        keep(path, folder, {row for row in self.parents if self.root(row) != row})
        with open(folder / "edges.tsv", "w") as out:
            out.writelines(f"{one}\t{other}\n" for one, other in self.edges)


def keep(path, folder, removed):
    with open(path, "rb") as lines, open(folder / "kept.jsonl", "wb") as out:
        out.writelines(line for row, line in enumerate(lines) if row not in removed)


def ours(folder):
    """The edges of what `dedup` wrote: each rejected row and the one that stays."""
    import pyarrow.parquet as parquet

    places = {}
    kept = parquet.read_table(folder / "out" / "kept", columns=["seedwright_id", "id"])
    places.update(zip(kept["seedwright_id"].to_pylist(), kept["id"].to_pylist()))
    left = parquet.read_table(folder / "out" / "rejected", columns=["id", "seedwright_duplicate_of"])
    with open(folder / "edges.tsv", "w") as out:
        for row, of in zip(left["id"].to_pylist(), left["seedwright_duplicate_of"].to_pylist()):
            out.write(f"{row}\t{places[of]}\n")


def main():
    tool, path, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    if tool == "ours":
        ours(folder)
    elif tool == "datatrove-english":
        datatrove(path, folder, english=True)
    else:
        {"rensa": rensa, "datasketch": datasketch, "datatrove": datatrove}[tool](path, folder)


if __name__ == "__main__":
    main()
