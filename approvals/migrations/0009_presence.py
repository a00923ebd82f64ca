"""Who was identified at the window, and how what came on paper was received."""

import casework.models.sealed
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("approvals", "0008_service")]

    operations = [
        migrations.AddField("application", "presence", casework.models.sealed.SealedJSONField(blank=True, default=dict)),
    ]
