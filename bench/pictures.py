"""Same picture, found again: a new claim's photos compared with 100,000 on file by their perceptual hashes.

    python bench/pictures.py [--pictures 100000]

Papers have random hashes; a hundred of them are copies of others with up to four bits turned, and some are blank pages.
Times the whole ranking of a claim with three photos (`claims.findings.find`), and makes sure that every copy is found.
Exits 1 when the median takes longer than 200 ms: it runs while the worker waits for "sent".
"""

import argparse
import random
import statistics
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

BAR_MS, ROUNDS, COPIES = 200, 40, 100
PER_CLAIM = 3


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pictures", type=int, default=100_000)
    options = parser.parse_args()
    import database

    database.use(f"bench_pictures_{options.pictures}")
    from django.db import connection

    claims = options.pictures // PER_CLAIM
    fill(connection, claims)
    from unionbenefits.claims.findings import find
    from unionbenefits.claims.models import Finding

    copies = [claims - at for at in range(COPIES)]
    plain = random.Random(3).sample(range(1, claims - COPIES), ROUNDS)
    find(copies[:1])
    times = {
        "a claim like no other": timed(find, plain),
        "a claim with a copied photo": timed(find, copies[:ROUNDS]),
    }
    find(copies)
    found = set(Finding.objects.filter(kind="same_picture").values_list("claim_id", flat=True))
    print(f"| ranking of one claim among {claims * PER_CLAIM:,} pictures | median ms | slowest ms |")
    print("|---|---|---|")
    for name, taken in times.items():
        print(f"| {name} | {statistics.median(taken):.1f} | {max(taken):.1f} |")
    missed = set(copies) - found
    print(f"\ncopies found: {len(set(copies) & found)} of {COPIES}; bar {BAR_MS} ms")
    return int(bool(missed) or max(statistics.median(taken) for taken in times.values()) > BAR_MS)


def timed(find, claims: list[int]) -> list[float]:
    """Milliseconds of each."""
    taken = []
    for claim in claims:
        began = time.perf_counter()
        find([claim])
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def hashes(claims: int) -> list[int]:
    """A hash for each picture; the first photo of the last claims copies that of an early claim."""
    chance = random.Random(11)
    found = [chance.getrandbits(64) for _one in range(claims * PER_CLAIM)]
    for at in range(0, len(found), 200):
        found[at] = 0
    for at in range(COPIES):
        turned = chance.sample(range(64), at % 5)
        copied = found[(at * 7 + 3) * PER_CLAIM + 1]
        for bit in turned:
            copied ^= 1 << bit
        found[(claims - 1 - at) * PER_CLAIM] = copied
    return [one - (1 << 64) if one >> 63 else one for one in found]


def fill(connection, claims: int) -> None:
    """Claims of as many workers, each with three photos; made once."""
    import population

    population.build(connection, claims, 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM claims_paper")
        if cursor.fetchone()[0] == claims * PER_CLAIM:
            cursor.execute("TRUNCATE claims_finding")
            return
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("TRUNCATE claims_claim CASCADE")
        cursor.execute(
            """
            INSERT INTO claims_claim (id, number, key, worker_id, coverage_id, state, version, step, hospital, hospital_key, admitted, discharged,
                total, self_paid, payee_name, bank_name, other_holder_reason, consent_id, filed_through, filing_reason, created_at, filed_at, risk,
                closing_reason)
            SELECT c.worker_id, 'K' || c.worker_id, gen_random_uuid(), c.worker_id, c.id, 'filed', 1, 4, '医院' || c.worker_id % 200,
                '医院' || c.worker_id % 200, current_date - 40, current_date - 30, 1000, 500, '某某', '测试银行', '', 1, 'worker', '', now(),
                now() - c.worker_id * interval '1 minute', 0, ''
            FROM plans_coverage c
            """
        )
        raw = cursor.cursor.cursor if hasattr(cursor.cursor, "cursor") else cursor.cursor
        columns = "id, claim_id, kind, content_type, size, sha256, picture_hash, added_by, added_at"
        with raw.copy(f"COPY claims_paper ({columns}) FROM STDIN") as copy:
            for at, picture in enumerate(hashes(claims)):
                copy.write_row(
                    (
                        at + 1,
                        at // PER_CLAIM + 1,
                        "other",
                        "image/jpeg",
                        1,
                        f"{at:064x}",
                        picture,
                        "worker",
                        "2026-01-01 00:00+08",
                    )
                )
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    sys.exit(main())
