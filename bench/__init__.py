"""A bench that cannot flatter: `make bench` measures the portal beside floors and a peer, in one run on one machine.

Floors are what could be reached: a plain and a lean Django page over the same tables, a bare view, SQL alone. The peer
is django-helpdesk from its package. All of them run at once behind the same web server on the same PostgreSQL, in
alternating rounds; what counts are ratios, and of their interval the worse end. A wrong page fails the run.
docs/bench.md has the results and how to read them.
"""
