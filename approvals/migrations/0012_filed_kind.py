from django.db import migrations, models


class Migration(migrations.Migration):
    """The figures are written anew every night; until then a bundle counts where it counted."""

    dependencies = [
        ("approvals", "0011_satisfied_by"),
    ]

    operations = [
        migrations.AddField(
            model_name="filed",
            name="kind",
            field=models.CharField(
                choices=[("filing", "单个事项"), ("bundle", "一件事"), ("part", "一件事所含的事项")],
                default="filing",
                max_length=8,
                verbose_name="计入",
            ),
        ),
    ]
