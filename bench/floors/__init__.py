"""What could be reached: the same work over the same tables with less around it.

`plain`: a Django page as it is written every day, with session, user, scope, ORM and template. `lean`: a session from
the cache, one statement, Jinja2. `bare`: a view that answers a constant. They read the portal's own tables in the
portal's own database; where they write, they write to two tables of their own beside them (`floor`).

The floors leave out what the real pages have besides: navigation, counts on tabs, forms, links to act. That makes the
goals against them harder, not easier.
"""
