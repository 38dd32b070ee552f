"""Work done after the request: a queue with lease, retries and back-off, and the schedule.

Words: a *job* is a function declared with `@job`; a *worker* (`manage.py work`) runs jobs;
a *lease* is how long a worker may keep one before another takes it for lost.
Doors: `job`, and `job.enqueue(…)` inside the transaction of the action that needs it. What handles many rows
is here too, for whatever room needs it: `slices` deletes them, `bulk` brings, compares and reads them.
"""

from xpassfam.jobs.declaring import Job, job

__all__ = ["Job", "job"]
