"""A small definition, and the same with something else in a place."""

MOVE = """\
code: D01
slug: changement-adresse
title: Déclarer un changement d’adresse
purpose: Pour que votre courrier arrive.
category: household
who:
  criterion:
    all:
      - role: [holder, partner]
      - permission: requests
sections:
  - key: where
    title: Votre nouvelle adresse
    fields:
      - {key: address, type: address, label: Nouvelle adresse}
      - {key: since, type: date, label: Depuis quand, at_most: today}
  - key: people
    title: Qui déménage
    fields:
      - {key: all_move, type: yes_no, label: Tout le foyer déménage}
      - key: who
        type: persons
        label: Qui déménage
        condition: {answer: {field: all_move, is: false}}
pieces:
  - {key: proof, label: Justificatif de domicile, kinds: [proof_of_address], why: Pour vérifier l’adresse.}
effects:
  - {name: move, answers: {address: address, since: since}}
delay: {count: 5, unit: working_days}
silence: {effect: acceptance, basis: "CRPA, art. L231-1"}
reasons:
  - {code: M01, sentence: La pièce demandée n’a pas été reçue.}
"""


def changed(old: str, new: str, text: str = MOVE) -> str:
    assert old in text
    return text.replace(old, new)
