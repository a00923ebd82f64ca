from django.db import migrations

from accounts.actions.rotation import bind_rows

# Table, column, and what its values were sealed for: from now on each is sealed for its row too.
SEALED = (
    ("approvals_application", "answers", "approvals.application.answers"),
    ("approvals_application", "contact", "approvals.application.contact"),
    ("approvals_licence", "details", "approvals.licence.details"),
    ("approvals_licenceentry", "before", "approvals.licenceentry.before"),
    ("approvals_licenceentry", "after", "approvals.licenceentry.after"),
)


def bind(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for table, column, purpose in SEALED:
            bind_rows(cursor, table, column, purpose)


class Migration(migrations.Migration):

    dependencies = [
        ('approvals', '0003_material_size'),
    ]

    operations = [
        migrations.RunPython(bind, migrations.RunPython.noop),
    ]
