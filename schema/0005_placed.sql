-- Orders while nodes have different ICUs (ARCHITECTURE.md, Decisions).

-- The ICUs of the servers that were there lately: the newest of them makes the orders.
CREATE TABLE icu (
    fingerprint @text@ NOT NULL PRIMARY KEY,
    seen_at @int@ NOT NULL
) @keyed@;

-- Rows of work_title and listing that were written by a node with another ICU than their order's. Their keys are not
-- that order's; a node that has its ICU makes them.
CREATE TABLE placed (
    locale @text@ NOT NULL,
    generation @int@ NOT NULL,
    article_id @int@ NOT NULL,
    PRIMARY KEY (locale, generation, article_id)
) @keyed@;
