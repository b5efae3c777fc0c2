-- The deleted articles, the last one first.
CREATE INDEX article_deleted ON article (deleted_at, id) WHERE deleted_at IS NOT NULL;

-- Where the server that was started last is reached: links that the command line prints lead there. One row.
CREATE TABLE served (
    id @int@ NOT NULL PRIMARY KEY,
    address @text@ NOT NULL,
    started_at @int@ NOT NULL
) @keyed@;
