"""A register in a few words, and the whole way from bytes to facts."""

from datetime import UTC, datetime
from pathlib import Path

from xpassfam.journal.actions import Actor
from xpassfam.people.actions.applying import apply
from xpassfam.register.judging import Judge
from xpassfam.register.tables import read

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
    """Write each content as a file, read it, apply what is good: (applied, problems)."""
    judge = Judge(NOW.date())
    for number, content in enumerate(contents, start=1):
        path = folder / f"{number}.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        rows, problems = read(path)
        judge.problems += problems
        for row in rows:
            judge.take(row)
    judge.settle()
    return apply(judge.facts, by=REGISTER, at=NOW), judge.problems
