from django.db import migrations

from accounts.actions.rotation import bind_rows

# Table, column, and what its values were sealed for: from now on each is sealed for its row too.
SEALED = (
    ("accounts_user", "phone", "accounts.user.phone"),
    ("accounts_party", "id_number", "accounts.party.id_number"),
    ("accounts_party", "phone", "accounts.party.phone"),
    ("accounts_party", "address", "accounts.party.address"),
)


def bind(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for table, column, purpose in SEALED:
            bind_rows(cursor, table, column, purpose)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_the_record'),
    ]

    operations = [
        migrations.RunPython(bind, migrations.RunPython.noop),
    ]
