"""What families can ask for, written by the organisation without programming.

Words: a *procedure* is something that can be asked for; its *definition* is a reviewed text (YAML), of which each
*version* stays as it was loaded; it has *sections* of *fields*, asks for *pieces*, and names the *effects* of a yes.
Doors: `forms.section_form`, `answers` (`summary`, `check`, `pieces_asked`), `facts.facts_of`, `eligibility`,
`Version.definition`. What is filed is of the room above.
"""
