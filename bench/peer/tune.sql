-- The index that the work list lacks: the open tickets of a queue in the order in which they are shown.
CREATE INDEX ticket_work_list ON helpdesk_ticket (queue_id, created, id) WHERE status IN (1, 2);
CREATE INDEX followup_of_ticket ON helpdesk_followup (ticket_id, date DESC);
