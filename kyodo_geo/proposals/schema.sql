-- Proposals of councils. Times are UTC (ISO 8601). `PRAGMA user_version` is the schema's version.
-- sqlfluff:dialect:sqlite

CREATE TABLE proposal (          -- one row a proposal; numbers are never used again
    number       INTEGER PRIMARY KEY AUTOINCREMENT,
    kind         TEXT NOT NULL,
    activity_id  TEXT NOT NULL,  -- empty for an addition
    texts        TEXT NOT NULL,  -- JSON: the cells that are to change, by column
    "before"     TEXT NOT NULL,  -- JSON: what the record held then, in all columns
    base_edition INTEGER NOT NULL,
    word         TEXT NOT NULL,
    proposed_by  TEXT NOT NULL,
    district_id  TEXT NOT NULL,
    proposed_at  TEXT NOT NULL,
    state        TEXT NOT NULL,
    decided_by   TEXT,
    decided_at   TEXT,
    answer       TEXT NOT NULL DEFAULT '',
    edition      INTEGER         -- the edition made of it
);

CREATE INDEX proposal_by_state ON proposal (state, district_id);

CREATE TABLE event (             -- one row a change of state; rows are only ever added
    proposal INTEGER NOT NULL REFERENCES proposal (number),
    at       TEXT NOT NULL,
    "by"     TEXT NOT NULL,
    "before" TEXT,
    "after"  TEXT NOT NULL,
    word     TEXT NOT NULL
);

CREATE TRIGGER event_stays BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are only ever added'); END;

CREATE TRIGGER event_stays_there BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are only ever added'); END;
