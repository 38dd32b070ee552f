"""The child: a process that opens what strangers made. It knows no Django, no setting, no secret.

It reads a file on its standard input, writes another on its standard output, and says on its standard error what
it found, as JSON. It takes from itself memory and time before it opens anything; whoever started it ends it when
it is too slow.
"""
