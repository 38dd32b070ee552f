"""Help that needs nobody: articles by situation, the check of a visitor's own browser, the state of the service.

Words: an *article* is a text file with a published schema (`article.schema.json`), shipped in `articles/`; an
organisation's own *version* stands before it. A *check* is what a browser was found to do, kept thirty days under
a code. An *incident* is what administrators tell of a failure. Doors: `finding` (search, suggest, about).
"""
