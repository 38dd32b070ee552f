"""Words that stand beside « mot de passe », in small letters without accents: which are talk, which are passwords."""

# How people say that a password is no good: what follows the word and tells nothing of it.
_TALK_WORDS = """
    a ai alors apres arrive au aucun aussi autre avant avec avoir bien bloque bloquee bon bonjour bonne ca car ce
    cela c'est change changer choisi comme comment cordialement correct correcte d' dans de demande depuis des
    different differente dit doit du elle en encore enregistre erreur errone erronee est et etait exact exacte
    expire expiree faible fait faut faux faible fausse fonctionne habituel identique il impossible inconnu
    incorrect incorrecte introuvable invalide inutilisable j'ai j' je jamais juste l' la le les long m' ma mais
    mal marche mauvais me merci meme message mon ne ni non nous on or ou oublie oubliee par pareil pas passe
    perdu perdue plus pour pourquoi pourtant probleme que quel quelle qui quoi refuse refusee rejete reset rien
    sans si simple sinon son sont sur temporaire toujours tout tres trop un une valable valide verifie votre
    vous y besoin is not the wrong forgotten lost
"""
TALK = frozenset(_TALK_WORDS.split())
# After these, « : » announces something else than a password.
_TALK_OF_IT_WORDS = """
    oublie oubliee perdu perdue refuse refusee incorrect incorrecte invalide expire expiree errone court change
    impossible probleme erreur message forgotten lost dit affiche
"""
TALK_OF_IT = frozenset(_TALK_OF_IT_WORDS.split())
# Passwords of letters alone that no sentence has in this place. Of those that leaked, many are plain words.
_WELL_KNOWN_WORDS = """
    motdepasse azerty azertyuiop qwerty qwertyuiop password jetaime doudou loulou iloveyou
"""
WELL_KNOWN = frozenset(_WELL_KNOWN_WORDS.split())
