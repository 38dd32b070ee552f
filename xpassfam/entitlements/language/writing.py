"""A rule's tree as the text of a file, for whoever changes it in a form: the same rule, without its comments."""

import yaml

from xpassfam.definitions.trees import Tree

WIDTH = 110


def text_of(tree: Tree) -> str:
    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=WIDTH, default_flow_style=None)
