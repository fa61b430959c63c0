-- Proposals that have been decided on, newest first. Parameters: :open (the state of all others),
-- :district (NULL is every district), :most. Grain: one row per proposal.
-- sqlfluff:dialect:sqlite
SELECT *
FROM proposal
WHERE state <> :open AND (:district IS NULL OR district_id = :district)
ORDER BY number DESC
LIMIT :most
