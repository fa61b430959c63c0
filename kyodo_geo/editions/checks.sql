-- What must hold before an edition is published. Grain: one row a broken rule.
WITH broken AS (
    SELECT '活動の番号が重なっています' AS problem, count(*) - count(DISTINCT id) AS rows
    FROM activity
    UNION ALL
    SELECT '主体のない活動があります', count(*) FROM activity WHERE actor_mask = 0
    UNION ALL
    SELECT '地区・形態・範囲のいずれかが空の活動があります', count(*) FROM activity
    WHERE district_mask = 0 OR form_mask = 0 OR form_mask_stated = 0
       OR scope_mask = 0 OR scope_mask_stated = 0
    UNION ALL
    SELECT '主体・地区・範囲のいずれかが空の件数があります', count(*) FROM activity_count
    WHERE actor_mask = 0 OR district_mask = 0 OR scope_mask = 0 OR scope_mask_stated = 0
    UNION ALL
    SELECT '知られていない地区を指す活動があります', count(*) FROM activity
    WHERE district_mask & ~(SELECT mask FROM place WHERE kind = 'all') <> 0
    UNION ALL
    SELECT '明記された形態が、形態の全体に含まれていません', count(*) FROM activity
    WHERE form_mask_stated <> (SELECT bit FROM code WHERE kind = 'form' AND id = 'unknown')
      AND form_mask_stated & ~form_mask <> 0
    UNION ALL
    SELECT '緯度と経度の一方だけがある活動があります', count(*) FROM activity
    WHERE (point_lat IS NULL) <> (point_lng IS NULL)
    UNION ALL
    SELECT 'なくなった活動の続きとする活動があります', count(*)
    FROM activity ANTI JOIN (SELECT id FROM activity) AS there ON there.id = continues
    WHERE continues IS NOT NULL
    UNION ALL
    SELECT 'なくなった活動のふりかえりがあります', count(*)
    FROM review ANTI JOIN activity ON activity.id = review.activity_id
    UNION ALL
    SELECT '一つの活動にふりかえりがいくつもあります', count(*) - count(DISTINCT activity_id)
    FROM review
    UNION ALL
    SELECT 'ふりかえりのない評価があります', count(*)
    FROM rating ANTI JOIN review ON review.activity_id = rating.activity_id
    UNION ALL
    SELECT '知られていない考え方か段階の評価があります', count(*)
    FROM rating LEFT JOIN code ON code.kind = 'principle' AND code.id = rating.principle
    WHERE code.id IS NULL OR rating.step NOT BETWEEN 1 AND 4
    UNION ALL
    SELECT '考え方の評価がそろっていないふりかえりがあります', count(*)
    FROM (SELECT activity_id, list_sort(list(principle)) AS found FROM rating GROUP BY ALL) AS of_it
    RIGHT JOIN review USING (activity_id)
    WHERE found IS DISTINCT FROM (SELECT list_sort(list(id)) FROM code WHERE kind = 'principle')
    UNION ALL
    SELECT '地区が1件もありません', CASE WHEN count(*) = 0 THEN 1 ELSE 0 END FROM district
    UNION ALL
    SELECT '境界がありません', abs(count(*) - 1) FROM boundary
)
SELECT problem, rows FROM broken WHERE rows > 0
