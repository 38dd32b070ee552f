"""Makes `communes.tsv.gz` anew from the package that NOTICE names.

python -m xpassfam.rules.data.rebuild_communes DECOUPAGE_ADMINISTRATIF_TGZ
"""

import gzip
import json
import sys
import tarfile
from collections import defaultdict

from xpassfam.rules.communes import DATA


def main(package: str) -> None:
    with tarfile.open(package) as archive:
        file = archive.extractfile("package/data/communes.json")
        communes = json.load(file) if file else []
    served: dict[str, list[str]] = defaultdict(list)
    for commune in communes:
        if commune["type"] == "commune-actuelle":
            for postcode in commune.get("codesPostaux", ()):
                name = commune["nom"].replace("'", "’")
                served[postcode].append(f"{commune['code']} {name}")
    lines = ["\t".join([postcode, *sorted(served[postcode], key=_by_name)]) for postcode in sorted(served)]
    # No date inside: the same package gives the same file.
    DATA.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), compresslevel=9, mtime=0))
    print(f"{len(lines)} postcodes, {len({place for places in served.values() for place in places})} communes")


def _by_name(place: str) -> str:
    return place.partition(" ")[2]


if __name__ == "__main__":
    main(*sys.argv[1:])
