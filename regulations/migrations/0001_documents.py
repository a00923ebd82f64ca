# Written beside Django 5.2.19 on 2026-11-29

from importlib import import_module

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import regulations.models.documents

casework_search = import_module('casework.migrations.0011_search')

# The search of the house asks for the rarest pairs; which they are, each index of words says for itself. Only these two
# may be asked about, since statistics are the owner's to read. A long text holds most pairs somewhere: more of them are
# asked for.
OLD_QUERY = casework_search.QUERY
QUERY = r"""
DROP FUNCTION casework_search_query(text[], text[]);
CREATE FUNCTION casework_search_query(pieces text[], marks text[], words text DEFAULT 'search_words') RETURNS tsquery
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
    signs text[];
    shares real[];
BEGIN
    SELECT most_common_elems::text::text[], most_common_elem_freqs INTO signs, shares
    FROM pg_stats
    WHERE schemaname = 'public' AND tablename = words AND words IN ('search_words', 'document_words');
    RETURN (
        WITH asked AS (
            SELECT number, substr(part, i, 2) AS sign, length(part) = 1 AS alone
            FROM unnest(pieces) WITH ORDINALITY AS given (piece, number),
                string_to_table(casework_plain(piece), E'\n') AS part,
                generate_series(1, greatest(length(part) - 1, 1)) AS i
            WHERE part <> ''
            UNION ALL SELECT number, run[1], false FROM unnest(pieces) WITH ORDINALITY AS given (piece, number),
                regexp_matches(casework_plain(piece), '(?<=[^0-9a-z])([0-9a-z]{3,})(?=[^0-9a-z])', 'g') AS run
            UNION ALL SELECT -number, mark, false FROM unnest(marks) WITH ORDINALITY AS given (mark, number)
        ), rated AS (
            SELECT *, CASE WHEN alone THEN 1 ELSE coalesce(shares[array_position(signs, sign)], 0) END AS share FROM asked
        ), ranked AS (
            SELECT *, row_number() OVER (PARTITION BY number ORDER BY share) AS rank, min(share) OVER () AS least FROM rated
        )
        SELECT string_agg(
            $q$'$q$ || replace(replace(sign, '\', '\\'), $q$'$q$, $q$''$q$)
            || CASE WHEN alone THEN $q$':*$q$ ELSE $q$'$q$ END, ' & '
        )::tsquery
        FROM ranked WHERE rank <= CASE words WHEN 'document_words' THEN 8 ELSE 3 END AND (share < 0.5 OR share = least)
    );
END
$$
"""
# Texts are looked through at every search: unpacking them would take most of the time.
UNPACKED = "ALTER TABLE regulations_normativedocument ALTER COLUMN words SET STORAGE EXTERNAL"
BACK = "DROP FUNCTION casework_search_query(text[], text[], text);" + OLD_QUERY


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0010_service'),
        ('casework', '0017_pauses_of_parts'),
        ('law', '0002_documents'),
    ]

    operations = [
        migrations.RunSQL(QUERY, BACK),
        migrations.CreateModel(
            name='NormativeDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('issuer', models.CharField(max_length=200, verbose_name='制定机关')),
                ('number', models.CharField(max_length=60, verbose_name='文号')),
                ('title', models.CharField(max_length=200, verbose_name='名称')),
                ('kind', models.CharField(choices=[('decision', '决定'), ('order', '命令（令）'), ('bulletin', '公报'), ('announcement', '公告'), ('notice_public', '通告'), ('opinion', '意见'), ('notice', '通知'), ('circular', '通报'), ('reply', '批复'), ('letter', '函'), ('minutes', '纪要'), ('rules', '规定、办法、细则'), ('other', '其他')], default='other', max_length=20, verbose_name='文种')),
                ('subject', models.CharField(blank=True, choices=[('organisation', '机构编制'), ('affairs', '综合政务'), ('economy', '国民经济管理、国有资产监管'), ('finance', '财政、金融、审计'), ('land', '国土资源、能源'), ('agriculture', '农业、林业、水利'), ('industry', '工业、交通'), ('trade', '商贸、海关、旅游'), ('market', '市场监管、安全生产监管'), ('building', '城乡建设、环境保护'), ('science', '科技、教育'), ('culture', '文化、广电、新闻出版'), ('health', '卫生、体育'), ('family', '人口与计划生育、妇女儿童工作'), ('labour', '劳动、人事、监察'), ('justice', '公安、安全、司法'), ('welfare', '民政、扶贫、救灾'), ('ethnic', '民族、宗教'), ('foreign', '对外事务'), ('hongkong', '港澳台侨工作'), ('defence', '国防'), ('other', '其他')], max_length=20, verbose_name='主题')),
                ('index_number', models.CharField(blank=True, max_length=60, verbose_name='索引号')),
                ('signed_on', models.DateField(blank=True, null=True, verbose_name='成文日期')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='公布日期')),
                ('effective_from', models.DateField(blank=True, null=True, verbose_name='施行日期')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='有效期截止（含当日）')),
                ('trial', models.BooleanField(default=False, verbose_name='试行或者暂行')),
                ('ended', models.CharField(blank=True, choices=[('lapsed', '期满失效'), ('repealed', '废止'), ('revoked', '撤销'), ('replaced', '被新文件代替')], max_length=10, verbose_name='失效原因')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='最后有效日期')),
                ('ended_by', models.CharField(blank=True, max_length=300, verbose_name='失效依据')),
                ('suspended_from', models.DateField(blank=True, null=True, verbose_name='暂停执行之日')),
                ('suspended_until', models.DateField(blank=True, null=True, verbose_name='恢复执行之日')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='来源')),
                ('interpretation', models.TextField(blank=True, verbose_name='解读')),
                ('sample', models.BooleanField(default=False, verbose_name='示例')),
                ('words', models.TextField(blank=True, editable=False, verbose_name='检索文本')),
                ('case', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='normative_document', to='casework.case', verbose_name='制定案件')),
                ('organ', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='normative_documents', to='accounts.organisation', verbose_name='制定机关（区内）')),
                ('replaced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='regulations.normativedocument', verbose_name='代替它的文件')),
                ('text', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='normative_document', to='law.legaltext', verbose_name='法规库中的现行文本')),
            ],
            options={
                'verbose_name': '规范性文件',
                'verbose_name_plural': '规范性文件',
                'ordering': ['-published_on', '-id'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(regulations.models.documents.Pairs(), condition=models.Q(('published_on__isnull', False)), fastupdate=False, name='document_words'), models.Index(fields=['-published_on', '-id'], name='document_newest'), models.Index(fields=['organ', '-published_on', '-id'], name='document_organ'), models.Index(fields=['issuer', '-published_on', '-id'], name='document_issuer'), models.Index(fields=['subject', '-published_on', '-id'], name='document_subject'), models.Index(condition=models.Q(('valid_until__isnull', False)), fields=['valid_until'], name='document_ends')],
                'constraints': [models.UniqueConstraint(fields=('organ', 'number'), name='document_number_of_organ'), models.UniqueConstraint(fields=('issuer', 'number'), name='document_number_of_issuer'), models.CheckConstraint(condition=models.Q(models.Q(('number', ''), _negated=True), models.Q(('issuer', ''), _negated=True)), name='document_has_number'), models.CheckConstraint(condition=models.Q(models.Q(('ended', ''), ('ended_on', None)), models.Q(models.Q(('ended', ''), _negated=True), ('ended_on__isnull', False)), _connector='OR'), name='document_end_has_reason'), models.CheckConstraint(condition=models.Q(('text', None), ('published_on__isnull', False), _connector='OR'), name='document_cited_when_public'), models.CheckConstraint(condition=models.Q(('suspended_until', None), ('suspended_until__gt', models.F('suspended_from')), _connector='OR'), name='document_pause_ordered'), models.CheckConstraint(condition=models.Q(('valid_until', None), ('effective_from', None), ('valid_until__gte', models.F('effective_from')), _connector='OR'), name='document_effective_ordered')],
            },
        ),
        migrations.CreateModel(
            name='DocumentVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.TextField(verbose_name='正文')),
                ('digest', models.CharField(max_length=64, verbose_name='正文的SHA-256')),
                ('entered_at', models.DateTimeField(verbose_name='收入时间')),
                ('problems', models.JSONField(default=list, verbose_name='识读时发现的问题')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='regulations.normativedocument')),
                ('text', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='document_version', to='law.legaltext')),
            ],
            options={
                'verbose_name': '规范性文件文本',
                'verbose_name_plural': '规范性文件文本',
                'ordering': ['document', 'text__effective_from', 'id'],
            },
        ),
        migrations.RunSQL(UNPACKED, migrations.RunSQL.noop),
    ]
