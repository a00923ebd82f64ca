from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("approvals", "0010_reconciliation_moves"),
    ]

    operations = [
        migrations.AddField(
            model_name="material",
            name="satisfied_by",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="results of items (result_name) that are this material",
                verbose_name="可以使用的证照",
            ),
        ),
    ]
