"""The database itself refuses to change an entry; removing is left to the retention and found by the chain.

A later migration that makes SQLite rebuild the table loses the trigger and has to create it again.
"""

from django.db import migrations

SQLITE = """
CREATE TRIGGER audit_entries_are_final BEFORE UPDATE ON audit_auditentry
BEGIN SELECT RAISE(ABORT, 'entries of the audit log are final'); END
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'entries of the audit log are final' USING ERRCODE = 'integrity_constraint_violation'; END
$$
"""
POSTGRESQL_TRIGGER = """
CREATE TRIGGER audit_entries_are_final BEFORE UPDATE ON audit_auditentry
FOR EACH ROW EXECUTE FUNCTION audit_refuse_change()
"""


def refuse_changes(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(SQLITE)
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION)
        schema_editor.execute(POSTGRESQL_TRIGGER)


def allow_changes(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER audit_entries_are_final")
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER audit_entries_are_final ON audit_auditentry")
        schema_editor.execute("DROP FUNCTION audit_refuse_change()")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(refuse_changes, allow_changes)]
