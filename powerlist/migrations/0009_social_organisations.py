import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


def make_good(apps, schema_editor):
    """Until now only the samples wrote social organisations, beside the two people whom the desk asks for.

    They get the two of a sample activity; where there is none, nobody relies on them, and they are made anew.
    """
    organisations = apps.get_model("powerlist", "SocialOrganisation").objects
    pair = apps.get_model("powerlist", "Activity").objects.filter(published_by__isnull=False).order_by("pk").first()
    if pair is None:
        organisations.filter(activities=None).delete()
    else:
        organisations.update(
            entered_by=pair.entered_by_id, entered_at=pair.entered_at, published_by=pair.published_by_id,
            published_at=pair.published_at,
        )  # fmt: skip


def person(name):
    return models.ForeignKey(
        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
        to=settings.AUTH_USER_MODEL, verbose_name=name,
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("powerlist", "0008_imported_lines_stand"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameField("socialorganisation", "registered_with", "organ"),
        migrations.AlterField(
            "socialorganisation", "organ",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation",
                verbose_name="责任机关",
            ),
        ),
        migrations.AlterField("socialorganisation", "name", models.CharField(max_length=120, verbose_name="名称")),
        migrations.AddField("socialorganisation", "entered_by", person("录入人")),
        migrations.AddField(
            "socialorganisation", "entered_at",
            models.DateTimeField(default=django.utils.timezone.now, verbose_name="录入时间"), preserve_default=False,
        ),
        migrations.AddField("socialorganisation", "published_by", person("公布人")),
        migrations.AddField(
            "socialorganisation", "published_at", models.DateTimeField(blank=True, null=True, verbose_name="公布时间")
        ),
        migrations.AddField("socialorganisation", "withdrawn_by", person("撤回人")),
        migrations.AddField(
            "socialorganisation", "withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")
        ),
        migrations.AddField(
            "socialorganisation", "withdrawal_reason",
            models.CharField(blank=True, default="", max_length=200, verbose_name="撤回理由"), preserve_default=False,
        ),
        migrations.RunPython(make_good, migrations.RunPython.noop),
        # what the rows before have to say to their foreign keys is said before the table changes again
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL IMMEDIATE"),
        migrations.AlterField(
            "socialorganisation", "entered_by",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL,
                verbose_name="录入人",
            ),
        ),
        migrations.AddConstraint(
            "socialorganisation",
            models.CheckConstraint(
                condition=Q(published_by=None, published_at=None)
                | Q(published_by__isnull=False, published_at__isnull=False) & ~Q(published_by=F("entered_by")),
                name="social_organisation_second_person",
            ),
        ),
        migrations.AddConstraint(
            "socialorganisation",
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None, withdrawal_reason="")
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False, published_at__isnull=False)
                & ~Q(withdrawal_reason=""),
                name="social_organisation_withdrawn_whole",
            ),
        ),
        migrations.AddConstraint(
            "socialorganisation",
            models.UniqueConstraint(
                fields=("name",), condition=Q(withdrawn_at=None), name="social_organisation_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='socialorganisation',
            trigger=pgtrigger.compiler.Trigger(name='entered_first', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."published_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot insert rows from % table', TG_TABLE_NAME;", hash='b462319908e6000831cd1827214b7e3fc33dc185', operation='INSERT', pgid='pgtrigger_entered_first_06669', table='powerlist_socialorganisation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='socialorganisation',
            trigger=pgtrigger.compiler.Trigger(name='published_stands', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL)', func="\n                IF to_jsonb(NEW) - ARRAY['withdrawn_by_id', 'withdrawn_at', 'withdrawal_reason'] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['withdrawn_by_id', 'withdrawn_at', 'withdrawal_reason']\n                   OR (OLD.withdrawn_at IS NOT NULL\n                       AND (OLD.withdrawn_by_id, OLD.withdrawn_at, OLD.withdrawal_reason)\n                           IS DISTINCT FROM (NEW.withdrawn_by_id, NEW.withdrawn_at, NEW.withdrawal_reason)) THEN\n                    RAISE EXCEPTION 'what is published stands: withdraw it and enter another' USING ERRCODE = '23514';\n                END IF;\n                RETURN NEW;\n            ", hash='666f8266a8f74cd5e8c0577d9a39f792d24df53f', operation='UPDATE', pgid='pgtrigger_published_stands_6f4b9', table='powerlist_socialorganisation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='socialorganisation',
            trigger=pgtrigger.compiler.Trigger(name='published_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='2f46f5912e6b06ff0e869c3ae3eae34dc6590f9f', operation='DELETE', pgid='pgtrigger_published_is_kept_a1fe0', table='powerlist_socialorganisation', when='BEFORE')),
        ),
    ]  # fmt: skip
