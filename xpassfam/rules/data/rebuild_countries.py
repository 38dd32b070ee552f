"""Makes `countries.tsv` anew from the package that NOTICE names, on the Python path.

python -m xpassfam.rules.data.rebuild_countries
"""

import re

from babel import Locale  # type: ignore[import-not-found]

from xpassfam.rules.countries import DATA

# Of CLDR, which are no country of ISO 3166-1: exceptional reservations, groupings, codes for tests.
# Kosovo (XK) is none either, and families come from there.
NOT_COUNTRIES = {"AC", "CP", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
OURS = {"HK": ("Hong Kong", "Hong Kong"), "MO": ("Macao", "Macao")}


def main() -> None:
    french, english = (Locale(language).territories for language in ("fr", "en"))
    codes = sorted(code for code in french if re.fullmatch("[A-Z]{2}", code) and code not in NOT_COUNTRIES)
    rows = [(code, *OURS.get(code, (french[code], english[code]))) for code in codes]
    DATA.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    print(f"{len(rows)} countries")


if __name__ == "__main__":
    main()
