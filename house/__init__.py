"""What surrounds the portal: its environment, its processes, its checks. `run`, `test` and `.ci/run` begin here.

Only `environment` is imported before the packages are installed: it uses nothing but Python itself.
"""
