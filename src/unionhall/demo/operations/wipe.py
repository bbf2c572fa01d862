"""Throwing the demonstration away, whole: its database is emptied of tables and migrated anew."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection

from unionhall.foundation.installation import refuse_real


def wipe() -> None:
    """Empty the database, audit trail included. Raises DatabaseIsTaken where a real local lives in it.

    Tables are dropped, not rows: the trail refuses to lose a row, as it should.
    """
    refuse_real()
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public;")
        else:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)}")
    call_command("migrate", interactive=False, verbosity=0)
