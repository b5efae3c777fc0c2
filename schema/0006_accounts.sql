-- Accounts: what each may do as a list of grants, passwords, where sessions are, and what keeps guessers out.

-- grants: a JSON array of {"role", "locales": [tags]}; no locales = all of them.
ALTER TABLE account ADD COLUMN grants @text@ NOT NULL DEFAULT '[]';
UPDATE account SET grants = '[{"role":"' || role || '","locales":' || locales || '}]';
ALTER TABLE account DROP COLUMN role;
ALTER TABLE account DROP COLUMN locales;
-- mail in lower case. password: Argon2id with its salt and costs, as libsodium writes it; NULL = by links alone.
ALTER TABLE account ADD COLUMN mail @text@;
ALTER TABLE account ADD COLUMN password @text@;
ALTER TABLE account ADD COLUMN password_at @int@;
CREATE UNIQUE INDEX account_mail ON account (mail);
-- name_key: the name composed and case folded, as bytes: it is found, told from others and listed by that.
ALTER TABLE account ADD COLUMN name_key @bytes@;
UPDATE account SET name_key = CAST(lower(name) AS @bytes@);
CREATE UNIQUE INDEX account_name_key ON account (name_key);

-- With a number, so that they can be listed.
CREATE TABLE numbered_token (
    id @id@,
    hash @bytes@ NOT NULL,
    name @text@ NOT NULL,
    grants @text@ NOT NULL,
    created_at @int@ NOT NULL,
    created_by @text@,
    expires_at @int@,
    revoked_at @int@,
    seen_at @int@
) @strict@;
INSERT INTO numbered_token (hash, name, grants, created_at, expires_at, revoked_at)
    SELECT hash, name, '[{"role":"' || role || '","locales":' || locales || '}]', created_at, expires_at, revoked_at
    FROM token ORDER BY created_at;
DROP TABLE token;
ALTER TABLE numbered_token RENAME TO token;
CREATE UNIQUE INDEX token_hash ON token (hash);
CREATE INDEX token_name ON token (name);

-- seen_at is coarse: when somebody was last there, to some minutes. browser: in short, "Firefox, Linux".
ALTER TABLE session ADD COLUMN seen_at @int@ NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN address @text@ NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN browser @text@ NOT NULL DEFAULT '';
CREATE INDEX session_end ON session (expires_at);

-- purpose: 'sign-in', or 'invitation' and 'reset', at whose end a password is chosen.
ALTER TABLE sign_in_link ADD COLUMN purpose @text@ NOT NULL DEFAULT 'sign-in';
CREATE INDEX sign_in_link_account ON sign_in_link (account_id);
CREATE INDEX sign_in_link_end ON sign_in_link (expires_at);

-- Failed sign-ins. What was tried and from where are numbers below 65,536 that a keyed hash gives, so that there are
-- never more rows, and none that says who tried what: place = 2 * number, + 1 for an address.
CREATE TABLE attempt (
    place @int@ NOT NULL PRIMARY KEY,
    failures @int@ NOT NULL,
    failed_at @int@ NOT NULL,
    closed_until @int@ NOT NULL
) @keyed@;
CREATE INDEX attempt_last ON attempt (failed_at);

-- Letters that wait to be sent. link: the purpose of a one-time link of account_id, which is made when the letter is
-- sent and put in the place of {link}, so that none lies here.
CREATE TABLE mail (
    id @id@,
    address @text@ NOT NULL,
    subject @text@ NOT NULL,
    text @text@ NOT NULL,
    account_id @int@,
    link @text@,
    created_at @int@ NOT NULL,
    due_at @int@ NOT NULL,
    useless_at @int@ NOT NULL,
    attempts @int@ NOT NULL
) @strict@;
CREATE INDEX mail_due ON mail (due_at);

-- The log of changes as administrators read it: of one kind, of one person.
CREATE INDEX change_kind ON change (kind, position);
CREATE INDEX change_actor ON change (actor, position);
