# Written beside Django 5.2.19 on 2026-11-29

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('law', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='legaltext',
            name='aliases',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None, verbose_name='别称'),
        ),
        migrations.AlterField(
            model_name='legaltext',
            name='ended',
            field=models.CharField(blank=True, choices=[('revised', '已被修改'), ('repealed', '已废止'), ('expired', '已失效'), ('revoked', '已撤销'), ('suspended', '停止执行')], max_length=10, verbose_name='失效原因'),
        ),
        migrations.AlterField(
            model_name='provision',
            name='kind',
            field=models.CharField(choices=[('part', '编'), ('subpart', '分编'), ('chapter', '章'), ('section', '节'), ('annex', '附件'), ('opening', '文首'), ('preamble', '序言'), ('article', '条'), ('paragraph', '款'), ('item', '项'), ('subitem', '目'), ('closing', '落款')], max_length=10, verbose_name='层级'),
        ),
        migrations.AlterField(
            model_name='relation',
            name='kind',
            field=models.CharField(choices=[('amends', '修改'), ('repeals', '废止'), ('based_on', '根据'), ('implements', '实施'), ('cites', '引用')], max_length=10, verbose_name='关系'),
        ),
    ]
