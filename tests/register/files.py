"""A register in a few words, and the whole way from bytes to facts."""

from datetime import UTC, datetime
from pathlib import Path

from xpassfam.journal.actions import Actor
from xpassfam.register.actions.importing import import_files
from xpassfam.register.columns import NAMES
from xpassfam.register.problems import Problem
from xpassfam.register.tables import Refused, tables

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
REGISTER = Actor("system", name="registre")

HOUSEHOLDS = """Numéro de dossier;Nom du foyer;Adresse;Code postal;Commune
NAN-1;Foyer Petit;8 rue des Tanneurs;59000;Lille
NAN-2;Foyer Moreau;3 rue de Lannoy;59100;Roubaix
"""
PERSONS = """Identifiant;Nom;Prénoms;Date de naissance;Numéro d'adhérent;E-mail;Téléphone
P1;Petit;Sophie;14/02/1990;ESF-2019-004812-K;sophie.petit@example.org;06 39 98 41 27
P2;Moreau;Antoine;21/07/1987;;;
P3;Moreau-Petit;Tom;01/04/2016;;;
"""
STAYS = """Numéro de dossier;Identifiant;Rôle;Résidence alternée;Depuis;Jusqu'au;Accès
NAN-1;P1;titulaire;;01/09/2019;;
NAN-1;P3;enfant;oui;;;
NAN-2;P2;titulaire;;;;
NAN-2;P3;enfant;oui;;;
"""


def take(folder: Path, *contents: str | bytes):
    """Write each content as a file, bring what is good of it: (applied, problems)."""
    paths = [folder / f"{number}.csv" for number in range(1, len(contents) + 1)]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    report = import_files(paths, by=REGISTER, at=NOW, is_confirmed=True)
    return report.applied, report.problems


def read(path: Path, meanings=NAMES):
    """The rows of a file as {column: cell}, and why lines are none."""
    rows, problems = [], []
    try:
        for table in tables(path, meanings):
            for row in table.rows():
                if isinstance(row, Refused):
                    problems.append(Problem(table.name, row.line, row.column, str(row)))
                else:
                    rows.append({name: row[1][place].strip() for place, name in table.columns})
    except Refused as refused:
        problems.append(Problem(path.name, refused.line, refused.column, str(refused)))
    return rows, problems
