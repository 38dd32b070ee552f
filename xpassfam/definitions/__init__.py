"""What an organisation writes as text files (procedures, entitlements): read, checked, refused by line.

`yaml_text` reads, `loading` checks, `sentences` says in French what is wrong, `trees` makes dataclasses and back.
"""
