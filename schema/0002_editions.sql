-- Editions: one row per article and tracked locale, the translator's side. bucket = 2 * state + pending
-- (states 0 untranslated, 1 incomplete, 2 outdated, 3 ready, 4 current), so that a worklist is one index range per bucket.
CREATE TABLE edition (
    article_id @int@ NOT NULL,
    locale @text@ NOT NULL,
    is_source @int@ NOT NULL,
    bucket @int@ NOT NULL,
    published @int@ NOT NULL,
    title @text@ NOT NULL,
    title_locale @text@ NOT NULL,
    segments_total @int@ NOT NULL,
    segments_missing @int@ NOT NULL,
    segments_outdated @int@ NOT NULL,
    words_total @int@ NOT NULL,
    words_missing @int@ NOT NULL,
    words_outdated @int@ NOT NULL,
    words_left @int@ NOT NULL,
    priority @int@ NOT NULL,
    since @int@ NOT NULL,
    updated_at @int@ NOT NULL,
    PRIMARY KEY (article_id, locale)
) @keyed@;
CREATE INDEX edition_words ON edition (locale, bucket, words_left, article_id);
CREATE INDEX edition_age ON edition (locale, bucket, since, article_id);
CREATE INDEX edition_priority ON edition (locale, bucket, priority, article_id);

-- The worker's title in the order of the locale.
CREATE TABLE work_title (
    locale @text@ NOT NULL,
    generation @int@ NOT NULL,
    article_id @int@ NOT NULL,
    bucket @int@ NOT NULL,
    sort_key @bytes@ NOT NULL,
    PRIMARY KEY (locale, generation, article_id)
) @keyed@;
CREATE INDEX work_title_order ON work_title (locale, generation, bucket, sort_key, article_id);

-- What a reader of `locale` gets: resolved through the chain of that generation. own = it is published in `locale` itself.
CREATE TABLE listing (
    locale @text@ NOT NULL,
    generation @int@ NOT NULL,
    article_id @int@ NOT NULL,
    type @text@ NOT NULL,
    own @int@ NOT NULL,
    resolved_locale @text@ NOT NULL,
    title @text@ NOT NULL,
    sort_key @bytes@ NOT NULL,
    published_at @int@ NOT NULL,
    PRIMARY KEY (locale, generation, article_id)
) @keyed@;
-- resolved_locale: a list finds the publications from these alone.
CREATE INDEX listing_title ON listing (locale, generation, own, sort_key, article_id, resolved_locale);
CREATE INDEX listing_type_title ON listing (locale, generation, type, own, sort_key, article_id, resolved_locale);
CREATE INDEX listing_published ON listing (locale, generation, own, published_at, article_id, resolved_locale);
CREATE INDEX listing_type_published ON listing (locale, generation, type, own, published_at, article_id, resolved_locale);

-- Counters as deltas: appended with each write, folded later, summed by a read.
-- scope 'work' and 'source': slot = bucket; scope 'read': slot = own, with type and generation.
CREATE TABLE tally (
    id @id@,
    locale @text@ NOT NULL,
    scope @text@ NOT NULL,
    generation @int@ NOT NULL,
    slot @int@ NOT NULL,
    type @text@ NOT NULL,
    articles @int@ NOT NULL,
    words_total @int@ NOT NULL,
    words_missing @int@ NOT NULL,
    words_outdated @int@ NOT NULL
) @strict@;
CREATE INDEX tally_locale ON tally (locale, scope, generation);
