-- Takes a proposal from one state to another. Parameters: :number, :open (the state it is in),
-- :state, :decided_by, :decided_at, :answer (NULL keeps the one noted before), :edition.
-- Grain: one row, the answer; none for a proposal in another state.
-- sqlfluff:dialect:sqlite
UPDATE proposal
SET
    state = :state, decided_by = :decided_by, decided_at = :decided_at,
    answer = coalesce(:answer, answer), edition = :edition
WHERE number = :number AND state = :open
RETURNING answer
