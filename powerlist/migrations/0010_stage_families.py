import json

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import pgtrigger
from django.db import migrations, models

from law.citations import find_citations

CITED = """
UPDATE powerlist_stage stage SET families = ARRAY(SELECT jsonb_array_elements_text(said.value))
FROM jsonb_each(%s::jsonb) said WHERE stage.basis = said.key
"""


def fill(apps, schema_editor):
    """Which statutes the stages cite. Published stages stand: only the owner of the database may add this to them."""
    with schema_editor.connection.cursor() as cursor, pgtrigger.ignore():
        cursor.execute("SELECT DISTINCT basis FROM powerlist_stage WHERE basis <> ''")
        cited = {basis: sorted({one.citation.title for one in find_citations(basis)}) for (basis,) in cursor.fetchall()}
        cursor.execute(CITED, [json.dumps(cited)])


class Migration(migrations.Migration):
    dependencies = [("powerlist", "0009_social_organisations")]

    operations = [
        migrations.AddField(
            model_name="stage",
            name="families",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), blank=True, default=list, editable=False, size=None,
                verbose_name="法规简称",
            ),
        ),
        migrations.AddIndex(
            model_name="stage",
            index=django.contrib.postgres.indexes.GinIndex(fields=["families"], name="stage_of_statute"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]  # fmt: skip
