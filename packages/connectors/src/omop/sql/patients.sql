-- The clinical contract, a row a patient. Follows cohort.sql and course.sql. An interval that cannot be (death before
-- diagnosis, birth after it) is unknown, and counted by remarks.sql.

SELECT person_id::text AS "PATIENT_ID",
       CASE WHEN gender_concept_id IN (@male) THEN 'male'
            WHEN gender_concept_id IN (@female) THEN 'female' END AS "SEX",
       -- To a tenth of a year, and those over 89 as one.
       CASE WHEN age_years > 89 AND age_years <= 120 THEN '>89'
            WHEN age_years BETWEEN 0 AND 89 THEN round(age_years, 1)::text
            WHEN is_year_only AND age_years BETWEEN -0.5 AND 0 THEN '0.0' END AS "AGE",
       CASE WHEN died THEN '1' ELSE '0' END AS "OS_STATUS",
       CASE WHEN followed_days BETWEEN 0 AND 36525 THEN round(followed_days / 30.4375, 3)::text END AS "OS_MONTHS",
       CASE WHEN at_diagnosis THEN 'yes'
            WHEN NOT at_diagnosis THEN 'no'
            WHEN is_dated THEN @unrecordedMetastasis END AS "METASTATIC_AT_DIAGNOSIS",
       round(percent, 1)::text AS "PERCENT_NECROSIS"
  FROM course
 ORDER BY person_id
