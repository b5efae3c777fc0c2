-- Ids become visible out of order: a position may be read only when every smaller one is settled, which is when the
-- transaction that wrote it is older than every one still running.
ALTER TABLE change ADD COLUMN txid xid8 NOT NULL DEFAULT pg_current_xact_id();
