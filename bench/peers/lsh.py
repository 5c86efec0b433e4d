"""datasketch and rensa behind the protocol of protocol.ts: a header and JSON lines on stdin, one JSON line back.

Both are called as their documentation shows: 5-character shingles made in Python, one document at a time.
"""

import importlib.metadata
import json
import os
import resource
import sys
import time

SHINGLE = 5


def shingles(text):
    if len(text) <= SHINGLE:
        return [text]
    return list({text[i : i + SHINGLE] for i in range(len(text) - SHINGLE + 1)})


class Datasketch:
    def __init__(self, options):
        from datasketch import MinHash, MinHashLSH

        self.make = MinHash
        self.permutations = int(options["permutations"])
        self.lsh = MinHashLSH(threshold=options["threshold"], num_perm=self.permutations)

    def sign(self, text):
        minhash = self.make(num_perm=self.permutations)
        minhash.update_batch([shingle.encode("utf-8", "surrogatepass") for shingle in shingles(text)])
        return minhash

    def query(self, signature):
        return self.lsh.query(signature)

    def insert(self, key, signature):
        self.lsh.insert(key, signature, check_duplication=False)


class Rensa:
    def __init__(self, options):
        from rensa import RMinHash, RMinHashLSH

        self.make = RMinHash
        self.permutations = int(options["permutations"])
        self.lsh = RMinHashLSH(threshold=options["threshold"], num_perm=self.permutations, num_bands=int(options["bands"]))

    def sign(self, text):
        minhash = self.make(num_perm=self.permutations, seed=42)
        minhash.update(shingles(text))
        return minhash

    def query(self, signature):
        return self.lsh.query(signature)

    def insert(self, key, signature):
        self.lsh.insert(key, signature)


def resident_mb():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1e6


def plain(text):
    # Lone surrogates, which some posts hold, cannot be encoded.
    return text.encode("utf-8", "replace").decode("utf-8")


def main():
    header = json.loads(sys.stdin.readline())
    documents = [plain(json.loads(sys.stdin.readline())) for _ in range(header["documents"])]
    queries = [plain(json.loads(sys.stdin.readline())) for _ in range(header["queries"])]
    options = header["options"]
    peer = Datasketch(options) if options["library"] == "datasketch" else Rensa(options)
    before = resident_mb() if os.path.exists("/proc/self/statm") else 0
    pairs, matches = [], []
    signing = asking = 0.0
    # Asking for processor time costs microseconds, so stages are timed by the wall and scaled.
    clock, processor = time.perf_counter, time.process_time
    start_wall, start = clock(), processor()
    streaming = header["task"] == "stream"
    for i, text in enumerate(documents):
        t0 = clock()
        signature = peer.sign(text)
        t1 = clock()
        if streaming:
            for other in peer.query(signature):
                pairs.append(i)
                pairs.append(other)
        peer.insert(i, signature)
        t2 = clock()
        signing += t1 - t0
        asking += t2 - t1
    indexed = processor() - start
    for text in queries:
        matches.append(list(peer.query(peer.sign(text))))
    seconds = processor() - start
    scale = seconds / (clock() - start_wall)
    answer = {
        "version": importlib.metadata.version(options["library"]),
        "seconds": seconds,
        "wall": signing + asking,
        "stages": {"signature": signing * scale, "index": asking * scale, "queries": seconds - indexed},
        "pairs": pairs,
        "matches": matches,
        "grown_mb": resident_mb() - before if before else 0,
    }
    json.dump(answer, sys.stdout)


main()
