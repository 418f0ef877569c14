"""What opens a user's file: a process of its own that knows nothing of the house, so that it starts fast and may die.

Some files end the process that reads them, and no `try` catches that. `server.py` waits in such a process and parts
off a child for every file, with limits on memory and time; `analysis.uploads.reader` is the other end of the line.
Modules here import each other relatively and nothing of `analysis`: the process sees this folder alone.
"""
