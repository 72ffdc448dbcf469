"""Certificates of a whole campaign as one file: time, size and peak memory from cover rows to the sealed row.

    python bench/certificates.py [--workers 20812]

Reads the covers, opens the document numbers, signs the codes, sets the pages, packs, seals and stores, as the export
job does. Exits 1 when memory passes 768 MB (half of it is the finished file on its way into the database) or a
certificate takes more than 20 ms. Keeps its own database, bench_certificates.
"""

import argparse
import resource
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
import database  # noqa: E402

MEMORY_MB, EACH_MS = 768, 20


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def packed(covers: list[int]):
    from unionbenefits.campaigns.builders import packed
    from unionbenefits.plans.papers import PER_FILE, certificates_pdf

    def parts():
        for start in range(0, len(covers), PER_FILE):
            yield certificates_pdf(covers[start : start + PER_FILE])
            if start % (PER_FILE * 10) == 0:
                print(f"  {start + PER_FILE:>6} pages, peak {peak()} MB", flush=True)

    return packed("certificates", parts(), len(covers), PER_FILE)


def stored(content: bytes) -> None:
    """Sealed and written as `access.exports` does, then removed."""
    from django.db import transaction
    from django.utils import timezone

    from unionbenefits.access.export_models import Export, ExportFile
    from unionbenefits.accounts.models import User
    from unionbenefits.core.copy import copy_rows
    from unionbenefits.core.crypto.keyring import keyring

    user = User.objects.get_or_create(username="bench")[0]
    now = timezone.now()
    export = Export.objects.create(kind="bench", title="bench", made_by=user, made_at=now, expires_at=now)
    sealed = keyring().seal_bytes(content, "access.exportfile.sealed")
    with transaction.atomic():
        copy_rows("access_exportfile", ["export_id", "sealed"], [(export.pk, sealed)])
    assert ExportFile.objects.filter(pk=export.pk).exists()
    export.delete()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=20_812)
    workers = parser.parse_args().workers
    database.use("bench_certificates")
    import population
    from django.db import connection

    from unionbenefits.plans.models import Coverage

    population.build(connection, workers, 1)
    covers = list(Coverage.objects.order_by("pk").values_list("pk", flat=True))
    before, start = peak(), time.perf_counter()
    made = packed(covers)
    setting = time.perf_counter() - start
    stored(made.content)
    each = setting * 1000 / len(covers)
    print(
        f"{len(covers):,} certificates: {setting:.0f} s ({each:.1f} ms each), {len(made.content) / 2**20:.0f} MB, "
        f"peak memory {peak()} MB (before: {before} MB)"
    )
    return 0 if peak() <= MEMORY_MB and each <= EACH_MS else 1


if __name__ == "__main__":
    sys.exit(main())
