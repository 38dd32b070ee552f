"""What families give: supporting documents, given once, found again, judged by agents.

Words: a *document* is one or several files that show one thing, of a *kind*; a *verdict* is what an agent says of
it; a *pending upload* is a file that somebody sent and that belongs to no document yet.
Doors: `actions.giving`, `actions.judging`, `actions.uploading`, `Document.objects.visible_to` and `.reusable`,
`uploads` (the part of a form that takes files), `kinds`, `demo`.
"""
