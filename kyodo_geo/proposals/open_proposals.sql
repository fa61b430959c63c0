-- Proposals that nobody has decided on, oldest first. Parameters: :open (their state), :district
-- (NULL is every district). Grain: one row per proposal.
-- sqlfluff:dialect:sqlite
SELECT *
FROM proposal
WHERE state = :open AND (:district IS NULL OR district_id = :district)
ORDER BY number
