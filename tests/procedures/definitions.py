"""Definitions of every shape, and answers to them, for property tests."""

from datetime import date

from hypothesis import strategies as st

from xpassfam.procedures.facts import Facts, Resident

TODAY = date(2026, 11, 23)
CAMILLE = Resident("camille", "Camille Martin", "holder", date(1988, 4, 12), "38 ans", is_me=True)
INES = Resident("ines", "Inès Benali", "dependent_child", date(2017, 6, 18), "9 ans")
ADAM = Resident("adam", "Adam Benali", "dependent_child", date(2023, 2, 9), "3 ans")
HOME = {"address": "2 rue des Lilas", "postcode": "44200", "town": "Nantes", "country": "FR"}
FACTS = Facts(
    today=TODAY,
    me=CAMILLE,
    residents=(CAMILLE, INES, ADAM),
    profile="asso",
    acts=frozenset({"view", "requests"}),
    known={
        "me.name": "Camille Martin",
        "me.last_name": "Martin",
        "me.first_names": "Camille",
        "me.email": "camille@example.org",
        "home.address": HOME,
    },
)

SENTENCES = st.sampled_from(
    ("Votre adresse", "L’enfant", "Un <b>gras</b> & « guillemets »", "{{ x }} {% y %}", "日本", "Nom\u00a0: é")
)
WORDS = st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True)
VALUES = st.lists(WORDS, min_size=1, max_size=9, unique=True)
DAYS = st.dates(date(1920, 1, 1), date(2040, 12, 31)).map(date.isoformat)
LINES = st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=40).map(
    lambda text: " ".join(text.split())
)
LINES = LINES.filter(bool)
# Type → what a definition may say besides, and the answers that go with it.
SIMPLE = {
    "text": (st.just({}), lambda _field: LINES),
    "number": (st.just({"at_least": -5, "at_most": 5000}), lambda _field: st.integers(-5, 5000)),
    "amount": (st.just({"at_most": 9_999_999}), lambda _field: st.integers(0, 9_999_999)),
    "date": (
        st.sampled_from(
            (
                {"at_least": "1920-01-01"},
                {"at_least": ["today-110y", "me.birth_date"], "why_at_least": "Plus tard {que} <b>gras</b>."},
                {"at_least": "1920-01-01", "at_most": "today+15y", "why_at_most": "Plus tôt."},
            )
        ),
        lambda _field: DAYS,
    ),
    "email": (st.sampled_from(({}, {"not_mine": True})), lambda _field: WORDS.map(lambda word: f"{word}@exemple.fr")),
    "phone": (st.just({}), lambda _field: st.integers(0, 99).map(lambda n: f"+336399800{n:02}")),
    "yes_no": (st.just({}), lambda _field: st.booleans()),
    "choice": (VALUES.map(lambda values: {"choices": _choices(values)}), lambda field: _one(field)),
    "person": (st.just({}), lambda _field: st.sampled_from(("camille", "ines", "adam"))),
}
MORE = {
    "long_text": (st.just({}), lambda _field: st.lists(LINES, min_size=1, max_size=3).map("\n".join)),
    "choices": (
        VALUES.map(lambda values: {"choices": _choices(values)}),
        lambda field: st.lists(_one(field), min_size=1, unique=True),
    ),
    "persons": (
        st.just({"persons": {"age": {"at_most": 17}}}),
        lambda _field: st.lists(st.sampled_from(("ines", "adam")), min_size=1, unique=True),
    ),
    "iban": (st.just({}), lambda _field: st.just("FR7630006000011234567890189")),
    "member_number": (st.just({}), lambda _field: st.just("ESF-2019-004812-K")),
    "address": (st.just({}), lambda _field: ADDRESSES),
}
ADDRESSES = st.one_of(
    st.just(HOME | {"commune": "44109"}),
    st.just({"address": "1 rue Neuve", "postcode": "1000", "town": "Bruxelles", "commune": "", "country": "BE"}),
)


def _choices(values):
    return [{"value": value, "label": f"Choix {value}"} for value in values]


def _one(field):
    return st.sampled_from([choice["value"] for choice in field["choices"]])


@st.composite
def fields(draw, key, kinds, *, in_group=False):
    """A question as a tree, and an answer to it, or None where it may go without."""
    kind = draw(st.sampled_from(sorted(kinds)))
    more, answers = kinds[kind]
    field = {"key": key, "type": kind, "label": draw(SENTENCES), **draw(more)}
    if draw(st.booleans()):
        field["optional"] = True
    if not in_group and draw(st.booleans()):
        field |= {"hint": draw(SENTENCES), "purpose": draw(SENTENCES)}
    answer = None if "optional" in field and draw(st.booleans()) else draw(answers(field))
    return field, answer


@st.composite
def groups(draw, key):
    inner = [draw(fields(f"g{n}", SIMPLE, in_group=True))[0] for n in range(draw(st.integers(1, 3)))]
    inner[0].pop("optional", None)
    rows = []
    for _row in range(draw(st.integers(1, 3))):
        rows.append({one["key"]: draw(SIMPLE[one["type"]][1](one)) for one in inner})
    return {"key": key, "type": "group", "label": draw(SENTENCES), "fields": inner, "most": 5}, rows


@st.composite
def definitions(draw):
    """A definition as a tree, and answers to all that it must have answered."""
    answers, sections, number = {}, [], 0
    for page in range(draw(st.integers(1, 3))):
        section = {"key": f"page{page}", "title": draw(SENTENCES), "fields": []}
        if draw(st.booleans()) and (condition := draw(conditions(_switches(sections)))):
            section["condition"] = condition
        for _field in range(draw(st.integers(1, 4))):
            key, number = f"q{number}", number + 1
            shape = draw(st.sampled_from(("one", "one", "one", "group", "explanation")))
            if shape == "explanation":
                section["fields"].append({"key": key, "type": shape, "label": draw(SENTENCES), "text": "Lisez."})
                continue
            field, answer = draw(groups(key) if shape == "group" else fields(key, SIMPLE | MORE))
            if draw(st.booleans()) and (condition := draw(conditions(_switches(sections, section)))):
                field["condition"] = condition
                answer = answer if holds(condition, answers) else None
            section["fields"].append(field)
            if answer is not None and holds(section.get("condition"), answers):
                answers[key] = answer
        sections.append(section)
    tree = {
        "code": "X01",
        "slug": "essai",
        "title": draw(SENTENCES),
        "purpose": draw(SENTENCES),
        "category": draw(st.sampled_from(("aid", "household", "money", "rights"))),
        "sections": sections,
    }
    said = draw(st.fixed_dictionaries({}, optional=REST))
    pieces = draw(st.lists(PIECES, max_size=3))
    for number, piece in enumerate(pieces):
        piece["key"] = f"p{number}"
        if draw(st.booleans()) and (condition := draw(conditions(_switches(sections)))):
            piece["condition"] = condition
    return tree | said | ({"pieces": pieces} if pieces else {}), answers


def _switches(*pages):
    """Keys of questions that are always asked, and answered by yes or no."""
    flat = [page for part in pages for page in (part if isinstance(part, list) else [part])]
    asked = [one for page in flat if "condition" not in page for one in page["fields"]]
    return [one["key"] for one in asked if one["type"] == "yes_no" and "condition" not in one]


@st.composite
def conditions(draw, switches, depth=2):
    """On answers to them; None where there is none to look at."""
    if not switches:
        return None
    kind = draw(st.sampled_from(("is", "is", "filled", *(("not", "all", "any") if depth else ()))))
    if kind in ("all", "any"):
        return {kind: [draw(conditions(switches, depth - 1)) for _part in range(draw(st.integers(1, 2)))]}
    if kind == "not":
        return {"not": draw(conditions(switches, depth - 1))}
    return {
        "answer": {"field": draw(st.sampled_from(switches)), kind: True if kind == "filled" else draw(st.booleans())}
    }


def holds(condition, answers):
    """Whether it surely does: what hangs on an answer that was not given is not asked."""
    return condition is None or truth(condition, answers) is True


def truth(condition, answers):
    """True, False, or None where the answers do not tell."""
    [(name, value)] = condition.items()
    if name == "not":
        inner = truth(value, answers)
        return None if inner is None else not inner
    if name in ("all", "any"):
        known = [truth(part, answers) for part in value]
        decisive = name == "any"
        return decisive if decisive in known else None if None in known else not decisive
    answer = answers.get(value["field"])
    if "filled" in value:
        return answer is not None
    return None if answer is None else answer is value["is"]


DELAYS = st.fixed_dictionaries(
    {"count": st.integers(1, 6), "unit": st.sampled_from(("days", "working_days", "months"))}
)
PIECES = st.fixed_dictionaries(
    {
        "label": SENTENCES,
        "kinds": st.lists(
            st.sampled_from(("other", "proof_of_address", "tax_notice")), min_size=1, max_size=2, unique=True
        ),
        "why": SENTENCES,
    },
    optional={
        "indispensable": st.booleans(),
        "reuse": st.booleans(),
        "max_age": st.just({"count": 3, "unit": "months"}),
    },
)
# What a definition may say besides, each of it or not.
REST = {
    "note": SENTENCES,
    "minutes": st.integers(1, 60),
    "life_events": st.just(["naissance", "rentree"]),
    "who": st.fixed_dictionaries(
        {
            "criterion": st.sampled_from(
                (
                    {"role": ["holder", "partner"]},
                    {"all": [{"role": ["holder"]}, {"not": {"age": {"of": "me", "at_most": 17}}}]},
                    {"any": [{"permission": "change"}, {"role": ["holder"]}]},
                )
            ),
            "why_not": st.fixed_dictionaries({"other": SENTENCES}),
        }
    ),
    "period": st.just({"since": "01-01", "until": "12-31", "closed": "Revenez l’an prochain."}),
    "delay": DELAYS,
    "silence": st.sampled_from(("acceptance", "rejection")).map(lambda effect: {"effect": effect, "basis": "CRPA"}),
    "private": st.booleans(),
    "reasons": st.lists(SENTENCES, min_size=1, max_size=3).map(
        lambda texts: [{"code": f"M{n:02}", "sentence": text, "law": "Article 4."} for n, text in enumerate(texts)]
    ),
    "messages": st.dictionaries(st.sampled_from(("sent", "approved", "refused", "to_complete")), SENTENCES),
}
