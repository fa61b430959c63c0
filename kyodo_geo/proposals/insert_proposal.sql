-- Adds a proposal. Parameters: its columns. Grain: one row, the number it was given.
-- sqlfluff:dialect:sqlite
INSERT INTO proposal (
    kind, activity_id, texts, "before", base_edition, word, proposed_by, district_id, proposed_at,
    state
)
VALUES (
    :kind, :activity_id, :texts, :before, :base_edition, :word, :proposed_by, :district_id,
    :proposed_at, :state
)
RETURNING number
