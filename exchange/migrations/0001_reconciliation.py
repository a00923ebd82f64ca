"""The daily comparison, whose table licensing had until now: it is here already, under this name and with its rows."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('approvals', '0010_reconciliation_moves'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Reconciliation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField(verbose_name='日期')),
                        ('at', models.DateTimeField(verbose_name='核对时间')),
                        ('equal', models.BooleanField(verbose_name='一致')),
                        ('pending', models.PositiveIntegerField(default=0, verbose_name='尚待发送')),
                        ('count', models.PositiveIntegerField(default=0, verbose_name='差异')),
                        ('figures', models.JSONField(default=list)),
                        ('differences', models.JSONField(default=list)),
                        ('error', models.CharField(blank=True, max_length=300)),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-id'],
                        'indexes': [models.Index(fields=['day', '-id'], name='reconciliation_day')],
                    },
                ),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reconciliation',
            trigger=pgtrigger.compiler.Trigger(name='reconciliations_stand', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='734b3ea60e6d0a9105128a78a9b20e128ee682f8', operation='UPDATE OR DELETE', pgid='pgtrigger_reconciliations_stand_73feb', table='exchange_reconciliation', when='BEFORE')),
        ),
    ]
