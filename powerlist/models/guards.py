"""What PostgreSQL itself demands of the list: only what the government approved is published, and it stands.

A version is written only in the transaction of the act `publish` of a change case, word for word as its latest proposal
says and for the day that the government set; or by the owner of the database, once for each power, when the list is
taken stock of for the first time. Read with docs/decisions/powerlist-list.md.
"""

_NOW = "pg_current_xact_id()::text::bigint"  # the transaction that is running

# The proposal that an act of this transaction publishes, and the day that the government set.
_APPROVED = f"""
    SELECT q.* INTO p FROM casework_act a
        JOIN casework_case c ON c.id = a.case_id AND c.procedure = 'powerlist.change'
        JOIN powerlist_proposal q ON q.case_id = a.case_id
        WHERE a.id = {{act}} AND a.step = 'publish' AND a.transaction = {_NOW}
        ORDER BY q.number DESC LIMIT 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'power list: published only by the act of a change case' USING ERRCODE = '23514';
    END IF;
    SELECT GREATEST((b.facts ->> 'effective_on')::date, (a.at AT TIME ZONE 'Asia/Shanghai')::date) INTO effective
        FROM casework_act a, casework_act b WHERE a.id = {{act}} AND b.case_id = p.case_id AND b.step = 'approve'
        ORDER BY b.seq DESC LIMIT 1;
"""  # noqa: S608 - constants of this module

_CONTENT = """jsonb_build_object(
    'name', NEW.name, 'kind', NEW.kind, 'object', NEW.object, 'authority', NEW.authority, 'level', NEW.level,
    'time_limit', NEW.time_limit, 'promised', NEW.promised, 'supervision', NEW.supervision, 'phone', NEW.phone,
    'note', NEW.note, 'items', to_jsonb(NEW.matters[2:]),
    'organ', (SELECT o.code FROM accounts_organisation o WHERE o.id = NEW.organ_id),
    'entrusted', COALESCE((SELECT o.code FROM accounts_organisation o WHERE o.id = NEW.entrusted_id), ''))"""

DECLARED = [("p", "powerlist_proposal%ROWTYPE"), ("effective", "date"), ("power_code", "text")]

PUBLISHED = f"""
    SELECT w.code INTO power_code FROM powerlist_power w WHERE w.id = NEW.power_id;
    IF NEW.matters[1] IS DISTINCT FROM power_code THEN
        RAISE EXCEPTION 'power list: a power is a matter of its own' USING ERRCODE = '23514';
    END IF;
    NEW.transaction := {_NOW};
    IF NEW.made_by_id IS NULL THEN
        IF NOT pg_has_role(session_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER')
           OR EXISTS (SELECT 1 FROM powerlist_powerversion v WHERE v.power_id = NEW.power_id)
           OR NEW.until IS NOT NULL OR NEW.ended_by_id IS NOT NULL THEN
            RAISE EXCEPTION 'power list: taken stock of once, by the owner of the database' USING ERRCODE = '23514';
        END IF;
        RETURN NEW;
    END IF;
    {_APPROVED.format(act="NEW.made_by_id")}
    IF p.content = '{{}}'::jsonb OR p.content - ARRAY['basis', 'stages'] IS DISTINCT FROM {_CONTENT}
       OR p.code IS DISTINCT FROM power_code OR NEW.since IS DISTINCT FROM effective
       OR NEW.until IS NOT NULL OR NEW.ended_by_id IS NOT NULL OR NEW.sample THEN
        RAISE EXCEPTION 'power list: not what was approved' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
"""  # noqa: S608 - constants of this module

ENDED = f"""
    SELECT w.code INTO power_code FROM powerlist_power w WHERE w.id = OLD.power_id;
    -- what PostgreSQL generates is not there yet when it asks us
    IF to_jsonb(NEW) - ARRAY['until', 'ended_by_id', 'search']
       IS DISTINCT FROM to_jsonb(OLD) - ARRAY['until', 'ended_by_id', 'search']
       OR OLD.until IS NOT NULL OR NEW.until IS NULL OR NEW.ended_by_id IS NULL THEN
        RAISE EXCEPTION 'power list: a published version stands' USING ERRCODE = '23514';
    END IF;
    {_APPROVED.format(act="NEW.ended_by_id")}
    IF p.code IS DISTINCT FROM power_code OR NEW.until IS DISTINCT FROM effective THEN
        RAISE EXCEPTION 'power list: not what was approved' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
"""  # noqa: S608 - constants of this module

# Basis and stages come with their version, in the same transaction and as the proposal has them.
_PART = f"""
    SELECT q.* INTO p FROM powerlist_powerversion v
        JOIN casework_act a ON a.id = v.made_by_id JOIN powerlist_proposal q ON q.case_id = a.case_id
        WHERE v.id = NEW.version_id ORDER BY q.number DESC LIMIT 1;
    IF NOT EXISTS (SELECT 1 FROM powerlist_powerversion v WHERE v.id = NEW.version_id AND v.transaction = {_NOW})
       OR p.id IS NOT NULL AND p.content -> '{{part}}' -> (NEW."order" - 1) IS DISTINCT FROM {{content}} THEN
        RAISE EXCEPTION 'power list: a published version stands' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
"""  # noqa: S608 - constants of this module
BASIS = _PART.format(part="basis", content="to_jsonb(NEW.citation)")
STAGE = _PART.format(
    part="stages",
    content="jsonb_build_object('stage', NEW.stage, 'matter', NEW.matter, 'subject', NEW.subject,"
    " 'manner', NEW.manner, 'basis', NEW.basis)",
)

# At the end of the transaction the version has every part of what was approved.
WHOLE = """
    SELECT q.* INTO p FROM casework_act a JOIN powerlist_proposal q ON q.case_id = a.case_id
        WHERE a.id = NEW.made_by_id ORDER BY q.number DESC LIMIT 1;
    IF p.id IS NOT NULL AND (
        (SELECT count(*) FROM powerlist_basis b WHERE b.version_id = NEW.id) <> jsonb_array_length(p.content -> 'basis')
        OR (SELECT count(*) FROM powerlist_stage s WHERE s.version_id = NEW.id)
           <> jsonb_array_length(p.content -> 'stages')) THEN
        RAISE EXCEPTION 'power list: basis and responsibility are published with the power' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
"""

# The text of a proposal changes with an act of its case, never beside it.
PROPOSED = f"""
    IF NOT EXISTS (
        SELECT 1 FROM casework_act a JOIN casework_case c ON c.id = a.case_id
        WHERE a.id = NEW.act_id AND a.case_id = NEW.case_id AND c.procedure = 'powerlist.change'
          AND (a.step LIKE 'propose%' OR a.step IN ('complete', 'settle_for_change')) AND a.transaction = {_NOW}
    ) THEN
        RAISE EXCEPTION 'power list: no proposal without its act' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
"""  # noqa: S608 - constants of this module

NOT_EMPTIED = "RAISE EXCEPTION 'power list: published versions are kept' USING ERRCODE = '23514';"

# 法无授权不可为: the kernel's own table says which procedures need a power.
POWERED = """
    IF EXISTS (
        SELECT 1 FROM casework_permitted p
        WHERE p.procedure = NEW.procedure AND p.version = NEW.version AND p.under_power
    ) AND NOT EXISTS (
        SELECT 1 FROM powerlist_powerversion v
        WHERE v.matters @> ARRAY[NEW.matter]::varchar[] AND v.organ_id = NEW.organ_id
          AND v.since <= (NEW.opened_at AT TIME ZONE 'Asia/Shanghai')::date
          AND (v.until IS NULL OR v.until > (NEW.opened_at AT TIME ZONE 'Asia/Shanghai')::date)
    ) THEN
        RAISE EXCEPTION 'case: organ % has no power in force for %', NEW.organ_id, NEW.matter
            USING ERRCODE = '23514', CONSTRAINT = 'case_under_power';
    END IF;
    RETURN NEW;
"""
