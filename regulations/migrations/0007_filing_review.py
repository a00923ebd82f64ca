import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0019_promised"),
        ("regulations", "0006_second_round"),
    ]

    operations = [
        migrations.AlterField(
            model_name="reviewanswer",
            name="version",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="regulations.textversion",
            ),
        ),
        migrations.AddField(
            model_name="reviewanswer",
            name="filing",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="review_answers",
                to="casework.case",
            ),
        ),
        migrations.AddIndex(
            model_name="reviewanswer",
            index=models.Index(fields=["filing", "kind", "id"], name="review_answer_filing"),
        ),
        migrations.AddConstraint(
            model_name="reviewanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("version__isnull", True), ("filing__isnull", True), _connector="XOR"),
                name="answer_about_one_text",
            ),
        ),
    ]
