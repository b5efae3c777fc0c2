-- Words that machines translated into a locale in a month (year * 100 + month, UTC): what the budget is counted by.
CREATE TABLE machine_use (
    locale @text@ NOT NULL,
    month @int@ NOT NULL,
    words @int@ NOT NULL,
    PRIMARY KEY (locale, month)
) @keyed@;
