-- What could not be taken, and of how many patients. Follows cohort.sql and course.sql.

SELECT remark, count(*)::int AS patients
  FROM (SELECT CASE WHEN NOT is_dated THEN 'a relapse is the first that is known: day of diagnosis unknown' END,
               CASE WHEN is_death_undated THEN 'death without a date: survival unknown' END,
               CASE WHEN followed_days < 0 AND died THEN 'death before diagnosis: survival unknown' END,
               CASE WHEN followed_days < 0 AND NOT died THEN 'last contact before diagnosis: survival unknown' END,
               CASE WHEN followed_days > 36525 THEN 'followed for more than a hundred years: survival unknown' END,
               CASE WHEN is_dated AND NOT died AND followed_days IS NULL
                    THEN 'no observation period and no visit: survival unknown' END,
               CASE WHEN age_years > 120 OR age_years < CASE WHEN is_year_only THEN -0.5 ELSE 0 END
                    THEN 'birth after diagnosis or impossibly long before: age unknown' END,
               CASE WHEN is_year_only THEN 'birthday known by its year alone: age to half a year' END,
               CASE WHEN is_dated AND at_diagnosis IS NULL
                    THEN 'no statement on metastasis at diagnosis: ' || coalesce(@unrecordedMetastasis, 'unknown') END,
               CASE WHEN spread_later AND at_diagnosis IS NOT TRUE
                    THEN 'metastasis later than at diagnosis: not counted' END
          FROM course) AS r (a, b, c, d, e, f, g, h, i, j),
       unnest(ARRAY[a, b, c, d, e, f, g, h, i, j]) AS remark
 WHERE remark IS NOT NULL
 GROUP BY remark
 ORDER BY remark
