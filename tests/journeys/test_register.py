"""An administrator brings the organisation's file: tried first, then imported."""

import pytest

from tests.journeys.site import ADMINISTRATOR, STAFF_PASSWORD
from tests.journeys.test_staff import reload_until

FILE = (
    "Numéro de dossier;Nom du foyer;Identifiant;Nom;Prénoms;Date de naissance;Rôle;Couleur\n"
    "SFE-10001;Foyer Kermarrec;J000001;Kermarrec;Gwenaëlle;12/04/1988;titulaire;bleu\n"
    "SFE-10001;Foyer Kermarrec;J000002;Kermarrec;Ewen;31/02/2015;enfant;vert\n"
)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_file_is_tried_then_imported(visit, tmp_path, javascript):
    administrator = visit(javascript=javascript)
    administrator.signs_in_as(ADMINISTRATOR, STAFF_PASSWORD)
    administrator.open("/gestion/registre/")
    path = tmp_path / f"registre-{javascript}.csv"
    path.write_text(FILE.replace("J0", "J1" if javascript else "J2").replace("10001", f"1000{2 + javascript}"), "utf-8")
    administrator.page.locator("[name=brought]").set_input_files(path)
    administrator.press("Essayer à blanc")
    done(administrator, "Rien n’est écrit.")
    administrator.look()
    administrator.reads("n’existe pas dans le calendrier")
    administrator.reads("Colonnes à reconnaître")
    administrator.press("Importer")
    done(administrator, "Le registre est à jour.")
    administrator.look()
    administrator.open("/gestion/registre/")
    administrator.reads(path.name)


def done(administrator, words):
    state = f"document.querySelector('.lede').textContent.includes('{words}') && !document.querySelector('progress')"
    if administrator.page.evaluate("document.querySelector('progress') !== null"):
        administrator.look()
    reload_until(administrator, state)
