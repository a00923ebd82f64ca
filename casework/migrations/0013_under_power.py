from django.db import migrations


class Migration(migrations.Migration):
    """The database learns which procedures need a power; casework/actions/permitted.py writes it."""

    dependencies = [("casework", "0012_counts")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE casework_permitted ADD COLUMN under_power boolean NOT NULL DEFAULT false",
            "ALTER TABLE casework_permitted DROP COLUMN under_power",
        ),
    ]
