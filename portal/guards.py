"""After every migration the owner of the database takes all rights away and grants what portal/tables.py names.

The functions behind triggers get a fixed search path; those that extend a chain of the record or keep a count work in
the owner's name, so that no statement but a change of what is counted or recorded moves a head or a counter.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connections, transaction

from casework.actions.permitted import write_permitted
from portal.tables import FUNCTIONS, TABLES

# Triggers of these names write where the running portal may not.
IN_THE_OWNERS_NAME = ("pgtrigger_chain_", "pgtrigger_count_", "pgtrigger_counted_", "pgtrigger_words_")

# django-pgtrigger lets every session ask to be spared its triggers. Here only the owner of the tables may.
_IGNORE = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean AS $$
BEGIN
    IF COALESCE(current_setting('pgtrigger.ignore', true), '') = '' THEN
        RETURN false;
    END IF;
    RETURN pg_has_role(session_user, (SELECT datdba FROM pg_database WHERE datname = current_database()), 'MEMBER')
        AND trigger_name = ANY(current_setting('pgtrigger.ignore')::text[]);
END;
$$ LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
"""
_OWN_FUNCTIONS = """
SELECT p.oid::regprocedure::text, p.proname FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace AND p.prorettype = 'trigger'::regtype
  AND pg_has_role(p.proowner, 'MEMBER')
"""


def guard(using: str) -> None:
    """Grant anew, in one transaction: at no moment has the running portal more or less than it should."""
    connection = connections[using]
    quote = connection.ops.quote_name
    app, database = quote(settings.DATABASE_APP_ROLE), quote(str(connection.settings_dict["NAME"]))
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute(f"REVOKE ALL ON DATABASE {database} FROM PUBLIC, {app}")
        cursor.execute(f"GRANT CONNECT ON DATABASE {database} TO {app}")
        cursor.execute(f"REVOKE ALL ON SCHEMA public FROM PUBLIC, {app}")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {app}")
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {app}")
        cursor.execute(f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {app}")
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {app}")
        present = set(connection.introspection.table_names(cursor))
        for table, kind in TABLES.items():
            if table in present:
                rights = kind.rights
                if kind.columns:
                    rights += f", UPDATE ({', '.join(quote(column) for column in kind.columns)})"
                cursor.execute(f"GRANT {rights} ON {quote(table)} TO {app}")
        cursor.execute("ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC")
        cursor.execute(_IGNORE)
        cursor.execute("REVOKE ALL ON FUNCTION public._pgtrigger_should_ignore(name) FROM PUBLIC")
        cursor.execute(f"GRANT EXECUTE ON FUNCTION public._pgtrigger_should_ignore(name) TO {app}")
        cursor.execute(_OWN_FUNCTIONS)
        for function, name in cursor.fetchall():
            whose = "DEFINER" if name.startswith(IN_THE_OWNERS_NAME) else "INVOKER"
            path = "SET search_path = pg_catalog, public, pg_temp"
            cursor.execute(f"ALTER FUNCTION {function} SECURITY {whose} {path}")
            cursor.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC, {app}")
        for function in FUNCTIONS:
            cursor.execute("SELECT to_regprocedure(%s) IS NOT NULL", [function])
            if cursor.fetchone()[0]:
                cursor.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
                cursor.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {app}")
        # Every statement here is short; compiling one takes longer than all of them.
        cursor.execute(f"ALTER DATABASE {database} SET jit = off")
        if "casework_permitted" in present:  # not yet there on the way back to an older version
            write_permitted(cursor)


def after_migrations(using: str, plan: Any = None, **kwargs: Any) -> None:
    """Receiver of post_migrate. Emptying a test database sends it too, without a plan: then nothing has changed."""
    if plan is not None:
        guard(using)
