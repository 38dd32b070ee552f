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
    "date": (st.just({"at_least": "1920-01-01"}), lambda _field: DAYS),
    "email": (st.just({}), lambda _field: WORDS.map(lambda word: f"{word}@exemple.fr")),
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
        for _field in range(draw(st.integers(1, 4))):
            key, number = f"q{number}", number + 1
            shape = draw(st.sampled_from(("one", "one", "one", "group", "explanation")))
            if shape == "explanation":
                section["fields"].append({"key": key, "type": shape, "label": draw(SENTENCES), "text": "Lisez."})
                continue
            field, answer = draw(groups(key) if shape == "group" else fields(key, SIMPLE | MORE))
            switches = [
                one["key"] for one in _asked(sections, section) if one["type"] == "yes_no" and not one.get("condition")
            ]
            if switches and draw(st.booleans()):
                switch = draw(st.sampled_from(switches))
                field["condition"] = {"answer": {"field": switch, "is": True}}
                if answers.get(switch) is not True:
                    answer = None
            section["fields"].append(field)
            if answer is not None:
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
    return tree, answers


def _asked(sections, section):
    return [one for page in (*sections, section) for one in page["fields"]]
