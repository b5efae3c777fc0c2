-- The translators' memory: texts with what people made of them (ARCHITECTURE.md, Decisions).

-- What was translated, once for however many languages. exact: its exact bytes, hashed (as segment.exact).
CREATE TABLE memory_source (
    id @id@,
    locale @text@ NOT NULL,
    exact @bytes@ NOT NULL,
    text @text@ NOT NULL
) @strict@;
CREATE UNIQUE INDEX memory_source_text ON memory_source (locale, exact);

-- Hashes of pieces of a source by which texts like it are found (src/memory/keys.hpp).
CREATE TABLE memory_key (
    hash @int@ NOT NULL,
    source_id @int@ NOT NULL,
    PRIMARY KEY (hash, source_id)
) @keyed@;

-- A file whose units were taken in, and how many of them are still here.
CREATE TABLE memory_import (
    id @id@,
    name @text@ NOT NULL,
    actor @text@ NOT NULL,
    at @int@ NOT NULL,
    units @int@ NOT NULL
) @strict@;

-- A unit: one translation of it. Of a segment of an article, or (both NULL) out of the file import_id.
-- source_locale: the source's, so that what is found from the other side is a range of an index.
-- meaning: hash of the text's meaning, by which it is found as a source. before, after: those of the neighbours.
CREATE TABLE memory_target (
    id @id@,
    source_id @int@ NOT NULL,
    source_locale @text@ NOT NULL,
    locale @text@ NOT NULL,
    text @text@ NOT NULL,
    meaning @int@ NOT NULL,
    article_id @int@,
    segment_id @text@,
    import_id @int@,
    before @int@ NOT NULL,
    after @int@ NOT NULL,
    actor @text@ NOT NULL,
    at @int@ NOT NULL
) @strict@;
CREATE INDEX memory_target_source ON memory_target (source_id, locale, id);
CREATE INDEX memory_target_meaning ON memory_target (locale, source_locale, meaning, source_id, id);
CREATE INDEX memory_target_import ON memory_target (import_id) WHERE import_id IS NOT NULL;
CREATE UNIQUE INDEX memory_target_segment ON memory_target (article_id, locale, segment_id);

-- How many units there are.
CREATE TABLE memory_count (
    source_locale @text@ NOT NULL,
    target_locale @text@ NOT NULL,
    imported @int@ NOT NULL,
    units @int@ NOT NULL,
    PRIMARY KEY (source_locale, target_locale, imported)
) @keyed@;

-- One row. Up to which change the memory knows what happened, and which server is seeing to it until when. Every write
-- of the memory changes it first, so there is one at a time.
CREATE TABLE memory_state (
    id @id@,
    position @int@ NOT NULL,
    keeper @text@ NOT NULL,
    kept_until @int@ NOT NULL
) @strict@;
INSERT INTO memory_state (id, position, keeper, kept_until) VALUES (1, 0, '', 0);
