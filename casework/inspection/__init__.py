"""What a file that somebody hands in really is, and whether it is safe to keep: pure, without Django or database.

`surface.look` is the look that a request can afford: bounded in memory and time, no parser of anybody else's. `worker`
runs the look into the depth in a process of its own, with limits on time and memory; `clamd` asks the virus scanner.
"""
