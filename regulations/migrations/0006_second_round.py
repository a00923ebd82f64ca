import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# Hearings that were announced before they had rows; whoever held one has closed it.
FILL = """
INSERT INTO regulations_hearing (case_id, act_id, version_id, "on", place, subject, registration, register_by, closed_by_id)
SELECT a.case_id, a.id, v.id, (a.facts ->> 'hearing_date')::date, a.facts ->> 'place', a.facts ->> 'subject',
    a.facts ->> 'registration', NULL, held.id
FROM casework_act a
JOIN LATERAL (
    SELECT t.id FROM regulations_textversion t JOIN casework_act f ON f.id = t.act_id
    WHERE t.case_id = a.case_id AND f.seq < a.seq ORDER BY t.number DESC LIMIT 1
) v ON true
LEFT JOIN LATERAL (
    SELECT h.id FROM casework_act h
    WHERE h.case_id = a.case_id AND h.seq > a.seq AND h.step = 'hold_hearing' ORDER BY h.seq LIMIT 1
) held ON true
WHERE a.step = 'announce_hearing';
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('casework', '0019_promised'),
        ('regulations', '0005_changed_law'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='consultation',
            name='feedback_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.act'),
        ),
        migrations.AddField(
            model_name='manuscript',
            name='consolidated',
            field=models.TextField(blank=True, default='', verbose_name='修改后的全文'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='textversion',
            name='consolidated',
            field=models.TextField(blank=True, default='', verbose_name='修改后的全文'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='normativedocument',
            name='amends',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amended_by', to='regulations.normativedocument', verbose_name='它修改的文件'),
        ),
        migrations.CreateModel(
            name='Hearing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='听证日期')),
                ('place', models.CharField(max_length=200, verbose_name='听证地点')),
                ('subject', models.TextField(verbose_name='听证内容')),
                ('registration', models.TextField(verbose_name='报名办法')),
                ('register_by', models.DateField(blank=True, null=True, verbose_name='报名截止日期（含当日）')),
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.act')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hearings', to='casework.case')),
                ('closed_by', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.act')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hearings', to='regulations.textversion')),
            ],
            options={
                'ordering': ['on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='HearingRegistration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('capacity', models.CharField(choices=[('concerned', '与规定的事项有利害关系'), ('resident', '关心这一事项的居民'), ('organisation', '单位、行业协会商会的代表'), ('expert', '专业人员')], max_length=20, verbose_name='报名身份')),
                ('views', models.TextField(verbose_name='拟发表的主要意见')),
                ('at', models.DateTimeField(verbose_name='报名时间')),
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.act')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('chosen_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.act')),
                ('hearing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='regulations.hearing')),
                ('party', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.party')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_by', None)), fields=('case',), name='one_hearing_to_come'),
        ),
        migrations.AddIndex(
            model_name='hearing',
            index=models.Index(condition=models.Q(('closed_by', None)), fields=['on', 'id'], name='hearing_to_come'),
        ),
        migrations.AddConstraint(
            model_name='hearingregistration',
            constraint=models.UniqueConstraint(fields=('hearing', 'by'), name='registered_once_for_a_hearing'),
        ),
        migrations.AddIndex(
            model_name='hearingregistration',
            index=models.Index(fields=['by', '-id'], name='hearing_registration_mine'),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
