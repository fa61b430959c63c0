-- Reviews somebody has begun to write. Times are UTC (ISO 8601).
-- sqlfluff:dialect:sqlite

CREATE TABLE draft (             -- one row a person and activity
    person      TEXT NOT NULL,
    activity_id TEXT NOT NULL,
    texts       TEXT NOT NULL,   -- JSON: what stands in the form, by field
    "before"    TEXT NOT NULL,   -- JSON: the review it is written over, by field; {} for none
    saved_at    TEXT NOT NULL,
    PRIMARY KEY (person, activity_id)
);
