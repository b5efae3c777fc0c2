-- Who may do what. Secrets are kept only as hashes.
CREATE TABLE account (
    id @id@,
    name @text@ NOT NULL,
    role @text@ NOT NULL,
    locales @text@ NOT NULL,
    interface_locale @text@,
    created_at @int@ NOT NULL,
    disabled_at @int@
) @strict@;
CREATE UNIQUE INDEX account_name ON account (name);

CREATE TABLE token (
    hash @bytes@ NOT NULL PRIMARY KEY,
    name @text@ NOT NULL,
    role @text@ NOT NULL,
    locales @text@ NOT NULL,
    created_at @int@ NOT NULL,
    expires_at @int@,
    revoked_at @int@
) @keyed@;

CREATE TABLE session (
    hash @bytes@ NOT NULL PRIMARY KEY,
    account_id @int@ NOT NULL,
    csrf @text@ NOT NULL,
    created_at @int@ NOT NULL,
    expires_at @int@ NOT NULL
) @keyed@;
CREATE INDEX session_account ON session (account_id);

-- One-time links.
CREATE TABLE sign_in_link (
    hash @bytes@ NOT NULL PRIMARY KEY,
    account_id @int@ NOT NULL,
    expires_at @int@ NOT NULL,
    used_at @int@
) @keyed@;
