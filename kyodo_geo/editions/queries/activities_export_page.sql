-- The same a page at a time: $limit rows from $offset on.
SELECT *
FROM kyodo.exported($view, $edition, $kyodo_scopes)
LIMIT $limit OFFSET $offset
