"""Once all files are staged: drop what the register or the other rows contradict. A few statements in all."""

from typing import Final

from django.utils.translation import gettext as _

from xpassfam.jobs import bulk
from xpassfam.jobs.bulk import Scratch
from xpassfam.people.actions import staging
from xpassfam.people.actions.staging import HOUSEHOLDS, PERSONS, STAYS
from xpassfam.register.problems import REFUSED

# Codes as the organisation's letters have them: they are kept only as digests.
CODES: Final = Scratch("staged_code", {"place": "bigint", "register_key": "text", "code": "text"})
_KEYS: Final = {HOUSEHOLDS: ("file_key",), PERSONS: ("register_key",), STAYS: ("file_key", "register_key")}
_KEYS_AND_CODES: Final = {**_KEYS, CODES: ("register_key",)}
_NAMES: Final = {HOUSEHOLDS: "file_number", PERSONS: "key", STAYS: "key", CODES: "activation_code"}
_DOOMED: Final = Scratch("doomed", {"place": "bigint", "other": "bigint"})


def settle() -> None:
    """What is refused of a row takes with it what else the row says of a person: they come back, mended, together.

    Stays and codes first, so that of two rows that say the same person the good one is kept.
    """
    staging.ready()
    CODES.ready("register_key")
    no_household = _is_unknown("file_key", HOUSEHOLDS, "people_household")
    nobody = _is_unknown("register_key", PERSONS, "people_person")
    _keep_the_first(HOUSEHOLDS)
    _refuse(STAYS, no_household, "file_number", _("ce dossier n’est ni ici ni dans le registre."))
    for table in (STAYS, CODES, PERSONS):
        _keep_the_first(table)
    _refuse_shared_member_numbers()
    _refuse(STAYS, nobody, "key", _("cette personne n’est ni ici ni dans le registre."))
    _refuse(CODES, nobody, "key", _("cette personne n’est ni ici ni dans le registre."))


def _keep_the_first(table: Scratch) -> None:
    """Files may say the same twice (a household on each member's row), not two different things."""
    keys = _KEYS_AND_CODES[table]
    key = ", ".join(keys)
    same_key = " AND ".join(f"s.{name} = f.{name}" for name in keys)
    said = [name for name in table.columns if name not in ("place", "public_id", *keys)]
    differs = " OR ".join(f"s.{name} IS DISTINCT FROM first.{name}" for name in said)
    firsts = f"(SELECT {key}, min(place) AS place FROM {table.name} GROUP BY {key} HAVING count(*) > 1)"
    with bulk.scratches(_DOOMED):
        doomed = bulk.run(
            f"INSERT INTO {_DOOMED.name} SELECT s.place, CASE WHEN {differs} THEN f.place END FROM {firsts} f "
            f"JOIN {table.name} s ON {same_key} AND s.place > f.place "
            f"JOIN {table.name} first ON first.place = f.place"
        )
        if doomed:
            reason = _("la ligne {line} de {file} dit autre chose.")
            bulk.run(
                f"INSERT INTO {REFUSED.name} SELECT place, %s, %s, other FROM {_DOOMED.name} "
                "WHERE other IS NOT NULL ORDER BY place",
                [_NAMES[table], reason],
            )
            bulk.run(f"DELETE FROM {table.name} WHERE place IN (SELECT place FROM {_DOOMED.name})")
            _drop_rows(f"SELECT place FROM {_DOOMED.name} WHERE other IS NOT NULL")


def _refuse_shared_member_numbers() -> None:
    """A number is its owner's in the register; else of the first that claims it."""
    reason = _("ce numéro est celui d’une autre personne.")
    owned = (
        "EXISTS (SELECT 1 FROM people_person p WHERE p.member_number = s.member_number "
        "AND p.register_key IS DISTINCT FROM s.register_key)"
    )
    claimed = (
        f"EXISTS (SELECT 1 FROM (SELECT member_number, min(place) AS place FROM {PERSONS.name} "
        "WHERE member_number <> '' GROUP BY member_number HAVING count(*) > 1) f "
        "WHERE f.member_number = s.member_number AND f.place < s.place)"
    )
    for contradiction in (owned, claimed):
        _refuse(PERSONS, f"s.member_number <> '' AND {contradiction}", "member_number", reason)


def _is_unknown(key: str, staged: Scratch, table: str) -> str:
    """Two conditions, not the contrary of one: only so does PostgreSQL join whole tables."""
    return (
        f"NOT EXISTS (SELECT 1 FROM {staged.name} k WHERE k.{key} = s.{key}) "
        f"AND NOT EXISTS (SELECT 1 FROM {table} k WHERE k.{key} = s.{key})"
    )


def _refuse(table: Scratch, where: str, name: str, reason: str) -> None:
    with bulk.scratches(_DOOMED):
        if bulk.run(f"INSERT INTO {_DOOMED.name} SELECT s.place, NULL FROM {table.name} s WHERE {where}"):
            bulk.run(
                f"INSERT INTO {REFUSED.name} SELECT place, %s, %s, NULL FROM {_DOOMED.name} ORDER BY place",
                [name, reason],
            )
            _drop_rows(f"SELECT place FROM {_DOOMED.name}")


def _drop_rows(places: str) -> None:
    """All that these rows say of persons. A household is kept: the rows of its other members say it too."""
    for table in (PERSONS, STAYS, CODES):
        staging.drop(table, where=f"place IN ({places})")
