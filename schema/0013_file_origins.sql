-- Where the files of `import` and `export` lie: a folder, or a package for somebody who works on it elsewhere. What a
-- file was last is known of each place by itself, as another place may have got another text of it since.
CREATE TABLE file_origin (
    id @id@,
    name @text@ NOT NULL,
    package @int@ NOT NULL,
    used_at @int@ NOT NULL
) @strict@;
CREATE UNIQUE INDEX file_origin_name ON file_origin (name);
CREATE INDEX file_origin_used ON file_origin (package, used_at, id);

CREATE TABLE kept_file (
    origin_id @int@ NOT NULL,
    path @text@ NOT NULL,
    article_id @int@ NOT NULL,
    locale @text@ NOT NULL,
    exact @bytes@ NOT NULL,
    content @text@ NOT NULL,
    PRIMARY KEY (origin_id, path)
) @strict@;
CREATE INDEX kept_file_path ON kept_file (path);
CREATE INDEX kept_file_article ON kept_file (article_id, locale);

INSERT INTO file_origin (name, package, used_at) VALUES ('', 0, 0);
INSERT INTO kept_file (origin_id, path, article_id, locale, exact, content)
    SELECT o.id, f.path, f.article_id, f.locale, f.exact, f.content FROM file f JOIN file_origin o ON o.name = '';
DROP TABLE file;
