-- What people agree on around texts: reviews, comments, assignments, times of publication, who is there, and what
-- they are told. None of it raises a version of a text.

-- Where a translation stands: status 1 requested, 2 changes requested, 3 approved. text_hash: of the text it is about,
-- as `translation` has it. step: the last of its steps.
CREATE TABLE review (
    id @id@,
    article_id @int@ NOT NULL,
    locale @text@ NOT NULL,
    status @int@ NOT NULL,
    requested_by @text@ NOT NULL,
    actor @text@ NOT NULL,
    note @text@ NOT NULL,
    version @int@ NOT NULL,
    text_hash @bytes@ NOT NULL,
    at @int@ NOT NULL,
    step @int@ NOT NULL
) @strict@;
CREATE UNIQUE INDEX review_of ON review (article_id, locale);
CREATE INDEX review_waiting ON review (locale, status, at, id);

-- How it came there: every step of every review.
CREATE TABLE review_step (
    id @id@,
    article_id @int@ NOT NULL,
    locale @text@ NOT NULL,
    status @int@ NOT NULL,
    actor @text@ NOT NULL,
    note @text@ NOT NULL,
    version @int@ NOT NULL,
    at @int@ NOT NULL
) @strict@;
CREATE INDEX review_step_of ON review_step (article_id, locale, id);

-- segment_id '': about the whole text. thread: the first comment of its thread, NULL for that one itself, which also
-- says whether the thread is resolved. deleted: a first comment whose answers stay.
CREATE TABLE comment (
    id @id@,
    article_id @int@ NOT NULL,
    locale @text@ NOT NULL,
    segment_id @text@ NOT NULL,
    thread @int@,
    actor @text@ NOT NULL,
    text @text@ NOT NULL,
    created_at @int@ NOT NULL,
    edited_at @int@,
    resolved_at @int@,
    resolved_by @text@,
    deleted @int@ NOT NULL
) @strict@;
CREATE INDEX comment_of ON comment (article_id, locale, id);
CREATE INDEX comment_thread ON comment (thread, id);

-- due: the day's first microsecond in UTC; where there is none, the end of time, so that those stand last.
CREATE TABLE assignment (
    id @id@,
    article_id @int@ NOT NULL,
    locale @text@ NOT NULL,
    account_id @int@ NOT NULL,
    due @int@ NOT NULL,
    assigned_by @text@ NOT NULL,
    assigned_at @int@ NOT NULL
) @strict@;
CREATE UNIQUE INDEX assignment_of ON assignment (article_id, locale);
CREATE INDEX assignment_account ON assignment (account_id, due, id);

-- What is to happen at a time: action 1 publish, 2 unpublish. Whoever deletes the row does it, in the same transaction.
-- token_id: of whoever asked by a token, since another one may have its name later.
CREATE TABLE schedule (
    id @id@,
    article_id @int@ NOT NULL,
    locale @text@ NOT NULL,
    action @int@ NOT NULL,
    at @int@ NOT NULL,
    incomplete @int@ NOT NULL,
    actor @text@ NOT NULL,
    token_id @int@,
    created_at @int@ NOT NULL
) @strict@;
CREATE UNIQUE INDEX schedule_of ON schedule (article_id, locale, action);
CREATE INDEX schedule_due ON schedule (at, id);

-- Who has a text open, for less than a minute after they last said so.
CREATE TABLE presence (
    article_id @int@ NOT NULL,
    locale @text@ NOT NULL,
    actor @text@ NOT NULL,
    segment_id @text@ NOT NULL,
    since @int@ NOT NULL,
    seen_at @int@ NOT NULL,
    PRIMARY KEY (article_id, locale, actor)
) @keyed@;

-- times: how often it happened since it was last read. actor: who did it last. unread: 1 until it is read; a column of
-- its own, so that what is not read is a range of an index.
CREATE TABLE notification (
    id @id@,
    account_id @int@ NOT NULL,
    kind @text@ NOT NULL,
    article_id @int@ NOT NULL,
    locale @text@ NOT NULL,
    actor @text@ NOT NULL,
    detail @text@ NOT NULL,
    times @int@ NOT NULL,
    at @int@ NOT NULL,
    unread @int@ NOT NULL,
    read_at @int@
) @strict@;
CREATE UNIQUE INDEX notification_once ON notification (account_id, article_id, locale, kind) WHERE unread = 1;
CREATE INDEX notification_new ON notification (account_id, unread, at, id);
CREATE INDEX notification_account ON notification (account_id, at, id);
CREATE INDEX notification_old ON notification (unread, at);

-- How far the log of changes has been made into notifications.
CREATE TABLE told (
    name @text@ NOT NULL PRIMARY KEY,
    position @int@ NOT NULL
) @keyed@;
INSERT INTO told (name, position) SELECT 'notifications', COALESCE(MAX(position), 0) FROM change;

-- What an account has asked for: the mail of each day (1, as without a row, or 0), when the next one may be sent, and
-- its visits: what it has seen of the log before this visit and in it.
CREATE TABLE attention (
    account_id @int@ NOT NULL PRIMARY KEY,
    digest @int@ NOT NULL,
    digest_at @int@ NOT NULL,
    seen_before @int@ NOT NULL,
    seen @int@ NOT NULL,
    visited_at @int@ NOT NULL
) @keyed@;

-- The private address of an account's feeds.
CREATE TABLE feed_token (
    account_id @int@ NOT NULL PRIMARY KEY,
    hash @bytes@ NOT NULL UNIQUE,
    created_at @int@ NOT NULL
) @keyed@;
