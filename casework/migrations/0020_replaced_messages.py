import django.db.models.deletion
from django.db import migrations, models

OLD_STATES = [("waiting", "等待"), ("done", "完成"), ("held", "待人工处理"), ("rejected", "已退回")]


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0019_promised"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="returned_at",
            field=models.DateTimeField(blank=True, help_text="when the other side returned what it had", null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="turn",
            field=models.PositiveSmallIntegerField(
                default=0, help_text="how many messages were set aside at this number"
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="replaces",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replacement",
                to="casework.message",
                verbose_name="代替的消息",
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="proposal",
            field=models.CharField(
                blank=True,
                choices=[
                    ("repair", "修正后接收"),
                    ("reject", "退回对方"),
                    ("replace", "搁置并以新的消息代替"),
                ],
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="state",
            field=models.CharField(
                choices=[*OLD_STATES, ("replaced", "已由新的消息代替")], default="waiting", max_length=8
            ),
        ),
        migrations.RemoveConstraint(model_name="message", name="one_place_in_a_stream"),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                fields=("direction", "peer", "stream", "sequence", "turn"), name="one_place_in_a_stream"
            ),
        ),
        migrations.RemoveConstraint(model_name="message", name="message_done_or_to_do"),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", True), ("state__in", ["waiting", "held"])),
                    models.Q(("done_at__isnull", False), ("state__in", ["done", "rejected", "replaced"])),
                    _connector="OR",
                ),
                name="message_done_or_to_do",
            ),
        ),
    ]
