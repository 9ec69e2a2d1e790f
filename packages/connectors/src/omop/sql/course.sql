-- Birth, death, last contact and spread of every patient, as intervals from day 0. Follows cohort.sql.

,
-- What is not known of a birthday is taken in the middle: mid-month, or mid-year.
birth AS (
  SELECT person_id,
         CASE WHEN year_of_birth NOT BETWEEN 1850 AND 2200 THEN NULL
              WHEN month_of_birth BETWEEN 1 AND 12
              THEN make_date(year_of_birth, month_of_birth, 1)
                   + CASE WHEN day_of_birth BETWEEN 1 AND 31 THEN day_of_birth - 1 ELSE 14 END
              WHEN birth_datetime IS NOT NULL THEN birth_datetime::date
              ELSE make_date(year_of_birth, 7, 1) END AS day,
         month_of_birth IS NULL AND birth_datetime IS NULL AS is_year_only
    FROM patient JOIN @cdm.person USING (person_id)
),

-- A row of death tells that, and perhaps when, a person died.
death AS (
  SELECT person_id, min(death_date) AS day
    FROM patient JOIN @cdm.death USING (person_id)
   GROUP BY person_id
),

-- The end of the last observation period or visit, not after the day on which the source was extracted.
contact AS (
  SELECT person_id,
         least(max(day), (SELECT max(source_release_date) FROM @cdm.cdm_source)) AS day
    FROM (SELECT person_id, observation_period_end_date AS day
            FROM patient JOIN @cdm.observation_period USING (person_id)
           UNION ALL
          SELECT person_id, coalesce(visit_end_date, visit_start_date)
            FROM patient JOIN @cdm.visit_occurrence USING (person_id)) AS seen
   WHERE day IS NOT NULL
   GROUP BY person_id
),

spread_concept AS (
  SELECT concept_id, true AS spread FROM @vocabulary.concept WHERE concept_id IN (@metastasis)
   UNION
  SELECT descendant_concept_id, true FROM @vocabulary.concept_ancestor WHERE ancestor_concept_id IN (@metastasis)
   UNION
  SELECT concept_id, false FROM @vocabulary.concept WHERE concept_id IN (@no_metastasis)
   UNION
  SELECT descendant_concept_id, false FROM @vocabulary.concept_ancestor WHERE ancestor_concept_id IN (@no_metastasis)
),

-- Every statement on distant spread: that there is some, or that there is none.
spread_statement AS (
  SELECT person_id, condition_start_date AS day, true AS spread
    FROM patient JOIN @cdm.condition_occurrence USING (person_id)
   WHERE condition_concept_id IN (SELECT concept_id FROM spread_concept WHERE spread)
     AND coalesce(condition_status_concept_id, 0) NOT IN (@provisional_diagnosis)
   UNION ALL
  SELECT person_id, day, episode_concept_id IN (@metastatic_extent)
    FROM patient JOIN tumour_episode USING (person_id)
   WHERE episode_concept_id IN (@metastatic_extent, @local_extent)
   UNION ALL
  -- The statement is the measurement ("M1", "Metastasis: present") or its value ("M category: M1"). A statement with
  -- a value that is neither yes nor no says nothing; one that modifies another disease's record is not of this one.
  SELECT person_id, measurement_date,
         CASE WHEN value_as_concept_id IN (@absent) THEN NOT spread ELSE spread END
    FROM patient
    JOIN @cdm.measurement USING (person_id)
    JOIN spread_concept
      ON (concept_id = measurement_concept_id
          AND (coalesce(value_as_concept_id, 0) IN (0, @present) OR (spread AND value_as_concept_id IN (@absent))))
      OR concept_id = value_as_concept_id
   WHERE meas_event_field_concept_id IS NULL
      OR meas_event_field_concept_id NOT IN (@condition_field)
      OR measurement_event_id IN (SELECT condition_occurrence_id FROM diagnosis)
),

-- At diagnosis is @windowDays days before or after it. A statement of spread outweighs one of none.
spread AS (
  SELECT person_id,
         bool_or(spread) FILTER (WHERE abs(day - day0) <= @windowDays) AS at_diagnosis,
         coalesce(bool_or(spread) FILTER (WHERE day - day0 > @windowDays), false) AS later
    FROM patient JOIN spread_statement USING (person_id)
   GROUP BY person_id
),

necrosis_concept AS (
  SELECT concept_id
    FROM @vocabulary.concept
   WHERE concept_id IN (@necrosis) OR (vocabulary_id = 'NAACCR' AND concept_code ~ @necrosisCode)
   UNION
  SELECT descendant_concept_id FROM @vocabulary.concept_ancestor WHERE ancestor_concept_id IN (@necrosis)
),

-- The first after diagnosis: later ones are of relapses.
necrosis AS (
  SELECT DISTINCT ON (person_id) person_id, value_as_number AS percent
    FROM patient JOIN @cdm.measurement USING (person_id)
   WHERE measurement_concept_id IN (SELECT concept_id FROM necrosis_concept)
     AND measurement_date >= day0
     AND value_as_number BETWEEN 0 AND 100
   ORDER BY person_id, measurement_date, measurement_id
),

course AS (
  SELECT person_id,
         gender_concept_id,
         (day0 - birth.day) / 365.25 AS age_years,
         is_year_only,
         death.person_id IS NOT NULL AS died,
         CASE WHEN death.person_id IS NOT NULL THEN death.day ELSE contact.day END - day0 AS followed_days,
         day0 IS NOT NULL AS is_dated,
         death.person_id IS NOT NULL AND death.day IS NULL AS is_death_undated,
         at_diagnosis,
         coalesce(later, false) AS spread_later,
         percent
    FROM patient
    JOIN @cdm.person USING (person_id)
    JOIN birth USING (person_id)
    LEFT JOIN death USING (person_id)
    LEFT JOIN contact USING (person_id)
    LEFT JOIN spread USING (person_id)
    LEFT JOIN necrosis USING (person_id)
)
