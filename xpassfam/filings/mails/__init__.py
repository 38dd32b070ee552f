"""What families are written about their filings: words that an organisation may change, and facts that it may not.

`events`: each mail, with its own words; `words`: words with gaps, checked and filled; `blocks`: the mandatory
mentions, below whatever the words say; `composing`: one mail whole, and its preview.
"""
