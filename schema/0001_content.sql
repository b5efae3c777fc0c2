-- Content, what readers get, and what translators still have to do. Vocabulary: ARCHITECTURE.md.
-- Times are UTC microseconds, booleans 0/1, JSON is text, hashes are 16 bytes of XXH3-128.

-- Settings of the whole site. 'version' counts every change of the locales' configuration.
CREATE TABLE site (
    name @text@ NOT NULL PRIMARY KEY,
    value @text@ NOT NULL
) @keyed@;
INSERT INTO site (name, value) VALUES ('version', '1');

-- What an administrator asked for (wanted, fallback, position), and what is in force: `chain` with its `generation`.
-- While a new order is being filled, `next_chain` and `next_generation` say for what; the switch is one transaction.
-- `number` is given once: publications are found by it.
CREATE TABLE locale (
    tag @text@ NOT NULL PRIMARY KEY,
    number @int@ NOT NULL UNIQUE CHECK (number BETWEEN 1 AND 4095),
    wanted @int@ NOT NULL,
    fallback @text@,
    position @int@ NOT NULL,
    version @int@ NOT NULL,
    chain @text@,
    generation @int@ NOT NULL,
    fingerprint @text@ NOT NULL,
    next_chain @text@,
    next_generation @int@,
    filled_to @int@ NOT NULL,
    updated_at @int@ NOT NULL
) @keyed@;

-- `seq` counts every write to the article or any of its translations: each write begins by raising it.
CREATE TABLE article (
    id @id@,
    key @text@ NOT NULL,
    type @text@ NOT NULL,
    source_locale @text@ NOT NULL,
    priority @int@ NOT NULL,
    shared @text@ NOT NULL,
    version @int@ NOT NULL,
    seq @int@ NOT NULL,
    next_segment @int@ NOT NULL,
    created_at @int@ NOT NULL,
    updated_at @int@ NOT NULL,
    deleted_at @int@
) @strict@;
CREATE UNIQUE INDEX article_key ON article (key);

-- The working text's frame. The texts are in `segment` (source locale) and `target` (the others).
-- skeleton NULL: the source's structure. slots: segment ids of the skeleton's slots, a JSON array.
CREATE TABLE translation (
    article_id @int@ NOT NULL,
    locale @text@ NOT NULL,
    version @int@ NOT NULL,
    independent @int@ NOT NULL,
    slug @text@ NOT NULL,
    skeleton @text@,
    slots @text@,
    text_hash @bytes@ NOT NULL,
    created_at @int@ NOT NULL,
    updated_at @int@ NOT NULL,
    actor @text@ NOT NULL,
    PRIMARY KEY (article_id, locale)
) @strict@;
CREATE UNIQUE INDEX translation_slug ON translation (locale, slug);

-- The source's segments; place is NULL for those cut from the source, which keep their id and translations.
CREATE TABLE segment (
    article_id @int@ NOT NULL,
    id @text@ NOT NULL,
    place @int@,
    kind @text@ NOT NULL,
    text @text@ NOT NULL,
    hash @bytes@ NOT NULL,
    exact @bytes@ NOT NULL,
    words @int@ NOT NULL,
    version @int@ NOT NULL,
    actor @text@ NOT NULL,
    updated_at @int@ NOT NULL,
    PRIMARY KEY (article_id, id)
) @keyed@;

-- A translated segment and its basis: the wording of the source it was made from.
CREATE TABLE target (
    article_id @int@ NOT NULL,
    locale @text@ NOT NULL,
    segment_id @text@ NOT NULL,
    text @text@ NOT NULL,
    basis @bytes@ NOT NULL,
    basis_hash @bytes@ NOT NULL,
    origin @text@ NOT NULL,
    version @int@ NOT NULL,
    actor @text@ NOT NULL,
    updated_at @int@ NOT NULL,
    PRIMARY KEY (article_id, locale, segment_id)
) @keyed@;
CREATE INDEX target_by_segment ON target (article_id, segment_id, locale);

-- Every wording of a source segment that a translation may have as its basis.
CREATE TABLE wording (
    article_id @int@ NOT NULL,
    exact @bytes@ NOT NULL,
    text @text@ NOT NULL,
    PRIMARY KEY (article_id, exact)
) @keyed@;

-- "The meaning did not change": what the basis was before, so that it can be undone.
CREATE TABLE keep (
    article_id @int@ NOT NULL,
    locale @text@ NOT NULL,
    segment_id @text@ NOT NULL,
    former_basis @bytes@ NOT NULL,
    former_basis_hash @bytes@ NOT NULL,
    reason @text@ NOT NULL,
    actor @text@ NOT NULL,
    at @int@ NOT NULL,
    PRIMARY KEY (article_id, locale, segment_id)
) @keyed@;

-- What readers get: an immutable snapshot, replaced as a whole. document: JSON (storage/publications.hpp); summary (NULL:
-- missing) and title_lang (NULL: the locale's) are of it, for lists. It is the last column, since SQLite has to walk
-- through a long value to what stands behind it.
-- id: 4096 * article_id + the locale's number, so that SQLite keeps what an article has beside each other and finds it
-- without an index: of the pages that a read of a large site does not find in memory that was one of four.
CREATE TABLE publication (
    id @id@,
    article_id @int@ NOT NULL,
    locale @text@ NOT NULL,
    number @int@ NOT NULL,
    published_at @int@ NOT NULL,
    updated_at @int@ NOT NULL,
    title @text@ NOT NULL,
    title_lang @text@,
    slug @text@ NOT NULL,
    text_hash @bytes@ NOT NULL,
    summary @text@,
    document @text@ NOT NULL,
    CHECK (id / 4096 = article_id)
) @strict@;

-- The slug first: whose it is here and whose it is elsewhere stand beside each other.
CREATE TABLE route (
    slug @text@ NOT NULL,
    locale @text@ NOT NULL,
    article_id @int@ NOT NULL,
    former @int@ NOT NULL,
    PRIMARY KEY (slug, locale)
) @keyed@;
CREATE INDEX route_article ON route (article_id, locale, former);

CREATE TABLE revision (
    article_id @int@ NOT NULL,
    locale @text@ NOT NULL,
    n @int@ NOT NULL,
    action @text@ NOT NULL,
    actor @text@ NOT NULL,
    at @int@ NOT NULL,
    document @text@ NOT NULL,
    PRIMARY KEY (article_id, locale, n)
) @strict@;

-- The append-only log of what happened, without texts.
CREATE TABLE change (
    position @id@,
    at @int@ NOT NULL,
    kind @text@ NOT NULL,
    article_id @int@,
    locale @text@,
    actor @text@ NOT NULL,
    detail @text@ NOT NULL
) @strict@;

-- The files of `import` and `export` as they were last read or written.
CREATE TABLE file (
    path @text@ NOT NULL PRIMARY KEY,
    article_id @int@ NOT NULL,
    locale @text@ NOT NULL,
    exact @bytes@ NOT NULL,
    content @text@ NOT NULL
) @strict@;
CREATE INDEX file_article ON file (article_id, locale);
