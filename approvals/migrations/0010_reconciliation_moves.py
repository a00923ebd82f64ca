"""The daily comparison goes down to the exchange: its table takes the new name and keeps its rows.

Its trigger is named after the app, so that it is taken off here and put on again there (exchange.0001).
"""

import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('approvals', '0009_service_network'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(model_name='reconciliation', name='reconciliations_stand'),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable('reconciliation', 'exchange_reconciliation')],
            state_operations=[migrations.DeleteModel('Reconciliation')],
        ),
    ]
