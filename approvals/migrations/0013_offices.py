"""Hand-overs from office to office: the papers of a bundle go on from the lead organ, certificates come back to it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('approvals', '0012_filed_kind'),
    ]

    operations = [
        migrations.AddField(
            model_name='consignment',
            name='sender_office',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='consignment',
            name='receiver_office',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.RemoveConstraint(
            model_name='consignment',
            name='consignment_goes_somewhere',
        ),
        migrations.AddConstraint(
            model_name='consignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('receiver__isnull', False), ('sender__isnull', True)), models.Q(('receiver__isnull', True), ('sender__isnull', False)), models.Q(('receiver__isnull', False), ('sender__isnull', False), models.Q(('sender', models.F('receiver')), _negated=True)), models.Q(('receiver_office__isnull', True), ('sender_office__isnull', False)), models.Q(('receiver_office__isnull', False), ('sender_office__isnull', True)), _connector='OR'), name='consignment_goes_somewhere'),
        ),
        migrations.AddConstraint(
            model_name='consignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sender__isnull', True), ('sender_office__isnull', True), _connector='OR'), models.Q(('receiver__isnull', True), ('receiver_office__isnull', True), _connector='OR')), name='consignment_one_place_each'),
        ),
    ]
