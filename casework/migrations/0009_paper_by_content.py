from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0008_notice_again"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("kind", "paper"), ("made_at__isnull", False)),
                fields=["sha256"],
                name="paper_by_content",
            ),
        ),
    ]
