-- Terms, and findings of the checks that somebody has looked at and let stand.

-- `stamp` names one state of the terms of a source locale, and is another one after each change of them; `version` of a
-- term counts its own changes. key: the text as it is compared; of those that are not deleted only one has it.
CREATE TABLE glossary (
    source_locale @text@ NOT NULL PRIMARY KEY,
    stamp @text@ NOT NULL
) @keyed@;

CREATE TABLE term (
    id @id@,
    source_locale @text@ NOT NULL,
    key @text@ NOT NULL,
    text @text@ NOT NULL,
    part @text@ NOT NULL,
    note @text@ NOT NULL,
    version @int@ NOT NULL,
    deleted @int@ NOT NULL,
    actor @text@ NOT NULL,
    updated_at @int@ NOT NULL
) @strict@;
CREATE UNIQUE INDEX term_key ON term (source_locale, key, part) WHERE deleted = 0;

-- texts, forbidden: JSON arrays. keep: it stays as it is in the source.
CREATE TABLE term_translation (
    term_id @int@ NOT NULL,
    locale @text@ NOT NULL,
    texts @text@ NOT NULL,
    keep @int@ NOT NULL,
    forbidden @text@ NOT NULL,
    note @text@ NOT NULL,
    PRIMARY KEY (term_id, locale)
) @keyed@;

-- Who last changed a part of a term since it was made, and the term's version by that. part: its place in the term,
-- "/note" or "/translations/nb".
CREATE TABLE term_change (
    term_id @int@ NOT NULL,
    part @text@ NOT NULL,
    version @int@ NOT NULL,
    actor @text@ NOT NULL,
    at @int@ NOT NULL,
    PRIMARY KEY (term_id, part)
) @keyed@;

-- finding: which one of the segment's (checks::id_of). texts: a hash over the source's and the target's text, so that
-- it comes back when either has changed; one text has its dismissals beside those of another that is being typed.
CREATE TABLE check_dismissal (
    article_id @int@ NOT NULL,
    locale @text@ NOT NULL,
    segment_id @text@ NOT NULL,
    finding @text@ NOT NULL,
    texts @bytes@ NOT NULL,
    reason @text@ NOT NULL,
    actor @text@ NOT NULL,
    at @int@ NOT NULL,
    PRIMARY KEY (article_id, locale, segment_id, finding, texts)
) @keyed@;
