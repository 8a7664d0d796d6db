"""What the peers share: rows come in on standard input, times go out, a line a paper."""

import sys
import time


def rows():
    return [line.rstrip("\n").split("\t") for line in sys.stdin]


def run(make):
    """Makes so many papers, each with a number of its own; says wall and processor time of each
    in milliseconds, and the bytes of the last."""
    count = int(sys.argv[1])
    table = rows()
    make(table, "2026-warm")
    size = 0
    for at in range(count):
        wall, busy = time.perf_counter(), time.process_time()
        size = len(make(table, f"2026-{at:04}"))
        wall, busy = time.perf_counter() - wall, time.process_time() - busy
        print(f"{wall * 1000:.4f} {busy * 1000:.4f} {size}")
