"""Argon2id alone: what the processors could do at most. Runs in processes of its own, which know no Django."""

import os
import threading
import time

import argon2


def verify_for(encoded: str, password: str, seconds: float) -> tuple[int, float, float]:
    """As many turns at once as `accounts.hashing` gives: hashes made, wall and processor seconds."""
    hasher = argon2.PasswordHasher()
    began, processor = time.perf_counter(), time.process_time()
    counts = [0] * (os.cpu_count() or 1)

    def work(n: int) -> None:
        while time.perf_counter() - began < seconds:
            hasher.verify(encoded, password)
            counts[n] += 1

    threads = [threading.Thread(target=work, args=(n,)) for n in range(len(counts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts), time.perf_counter() - began, time.process_time() - processor
