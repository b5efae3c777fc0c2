-- The words that the own title of an edition begins with or holds, folded (locale/search_words.hpp): what finds an
-- article by a few letters. Whoever finds a row looks at the title itself, so a row too many does no harm.
CREATE TABLE title_word (
    word @bytes@ NOT NULL,
    article_id @int@ NOT NULL,
    locale @text@ NOT NULL,
    PRIMARY KEY (word, article_id, locale)
) @keyed@;

-- All articles of a type, the newest first.
CREATE INDEX article_type ON article (type, id) WHERE deleted_at IS NULL;
