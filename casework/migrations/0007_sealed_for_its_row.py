from django.db import migrations

from accounts.actions.rotation import bind_rows

# Table, column, and what its values were sealed for: from now on each is sealed for its row too.
SEALED = (
    ("casework_draft", "content", "casework.draft.content"),
    ("casework_document", "context", "casework.document.context"),
)


def bind(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for table, column, purpose in SEALED:
            bind_rows(cursor, table, column, purpose)


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0006_default_view'),
    ]

    operations = [
        migrations.RunPython(bind, migrations.RunPython.noop),
    ]
