-- As many tickets as the portal has cases, with two follow-ups each. Of them the largest unit has the same share, and
-- of that the same share is open, as in the portal.
INSERT INTO helpdesk_queue (id, title, slug, locale, allow_public_submission, allow_email_submission,
    enable_notifications_on_email_events, email_box_ssl, permission_name)
SELECT n, '单位' || n, 'unit-' || n, 'zh-hans', true, false, false, false, 'helpdesk.queue_access_unit-' || n
FROM generate_series(1, 40) n;
SELECT setval(pg_get_serial_sequence('helpdesk_queue', 'id'), 40);

INSERT INTO helpdesk_ticket (title, queue_id, created, modified, submitter_email, status, on_hold, description,
    priority, due_date, secret_key, assigned_to_id)
SELECT
    (ARRAY['食品经营许可', '建筑工程施工许可', '卫生许可', '娱乐场所经营许可', '户外广告设置', '民办学校设立'])[1 + mod(n, 6)]
        || '申请（' || (ARRAY['新办', '变更', '延续', '补办'])[1 + mod(n, 4)] || '）' || n,
    CASE WHEN scattered.one < %(unit)s THEN 1 ELSE 2 + mod(n, 39) END,
    now() - scattered.three * interval '1095 days',
    now() - scattered.three * interval '1000 days',
    'person' || mod(n, 50000) || '@example.org',
    CASE WHEN scattered.two < %(open)s THEN 1 + mod(n, 2) ELSE 3 + mod(n, 2) END,
    false,
    '申请人办理' || (ARRAY['示例小吃店', '示例书店', '示例诊所', '示例影院'])[1 + mod(n, 4)]
        || '的有关事项，材料已经上传，请予受理。登记编号' || md5(n::text),
    1 + mod(n, 5),
    now() - scattered.three * interval '1095 days' + interval '28 days',
    gen_random_uuid()::text,
    CASE WHEN mod(n, 3) = 0 THEN 1 END
FROM generate_series(1, %(tickets)s) n
CROSS JOIN LATERAL (
    SELECT (hashint4(n)::bigint + 2147483648) / 4294967296.0 AS one,
           (hashint4(n # 1431655765)::bigint + 2147483648) / 4294967296.0 AS two,
           (hashint4(n # 858993459)::bigint + 2147483648) / 4294967296.0 AS three
) scattered;

INSERT INTO helpdesk_followup (ticket_id, date, title, comment, public, user_id, new_status)
SELECT t.id, t.created + step.n * interval '2 days', (ARRAY['受理', '办理'])[step.n],
    '已经收到材料，按照程序办理，办理结果将另行通知。', true, 1, step.n
FROM helpdesk_ticket t CROSS JOIN generate_series(1, 2) AS step(n);
