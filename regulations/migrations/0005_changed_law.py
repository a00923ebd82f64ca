import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('regulations', '0004_suspensions'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='normativedocument',
            index=models.Index(condition=models.Q(('published_on', None)), fields=['title'], name='document_unpublished'),
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='cleanupentry',
            name='entry_by_act',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cleanupentry',
            trigger=pgtrigger.compiler.Trigger(name='entry_by_act', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF NOT EXISTS (\n            SELECT 1 FROM casework_act a WHERE a.id = NEW.act_id AND a.case_id = NEW.case_id\n              AND a.step IN ('launch_periodic', 'launch_for_changed_law', 'launch_on_order', 'launch_found', 'add_document') AND a.transaction = pg_current_xact_id()::text::bigint\n        ) THEN\n            RAISE EXCEPTION 'regulations: no text without its act' USING ERRCODE = '23514';\n        END IF;\n        RETURN NEW;\n        ", hash='ac7f3fe6b8a0ebf851d46839f18a653807f63145', operation='INSERT', pgid='pgtrigger_entry_by_act_46f97', table='regulations_cleanupentry', when='BEFORE')),
        ),
    ]
