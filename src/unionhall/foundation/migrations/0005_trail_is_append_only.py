"""The database itself refuses to change or remove an entry of the audit trail.

SQLite drops triggers with the table whenever a later migration rebuilds it (AlterField, RemoveField): such a migration
must end with `guard` again. tests/foundation/test_audit.py fails when one forgets.
"""

from django.db import migrations

REFUSAL = "the audit trail is append-only"

SQLITE = (
    f"CREATE TRIGGER audit_no_update BEFORE UPDATE ON foundation_auditentry BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON foundation_auditentry BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    # INSERT OR REPLACE removes the old row without waking the trigger above.
    "CREATE TRIGGER audit_no_replace BEFORE INSERT ON foundation_auditentry "
    "WHEN EXISTS (SELECT 1 FROM foundation_auditentry WHERE id = NEW.id) "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
)
POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON foundation_auditentry "
    "FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON foundation_auditentry "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
)
UNGUARD = {
    "sqlite": [f"DROP TRIGGER IF EXISTS audit_no_{act}" for act in ("update", "delete", "replace")],
    "postgresql": [
        "DROP TRIGGER IF EXISTS audit_no_change ON foundation_auditentry",
        "DROP TRIGGER IF EXISTS audit_no_truncate ON foundation_auditentry",
        "DROP FUNCTION IF EXISTS audit_refuse()",
    ],
}


def guard(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    for statement in UNGUARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("foundation", "0004_audit_by_place")]
    operations = [migrations.RunPython(guard, unguard)]
