"""What a family is entitled to: dated rules written as text files, held against its facts, with the reasons.

`language`: what a rule holds, how its text is read. `home`: a family's facts, over time. `judging`: the answer of one
right for one person on one day. `asking`: all of them, since when, until when, and what comes.
"""
