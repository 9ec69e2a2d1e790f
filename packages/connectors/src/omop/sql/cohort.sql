-- Who has osteosarcoma and when it was first diagnosed: the beginning of every other query here.
--
-- @cdm and @vocabulary stand for schemas, @name for the concept ids of that set (concept-sets.ts). Read are
-- concept ids and dates alone: no *_source_value, no note, no name, no place.

WITH osteosarcoma_root AS (
  SELECT concept_id
    FROM @vocabulary.concept
   WHERE concept_id IN (@osteosarcoma)
      OR (vocabulary_id = 'SNOMED' AND concept_code IN (@osteosarcomaSnomed))
      OR (vocabulary_id = 'ICDO3' AND concept_code ~ @osteosarcomaIcdo3)
),
osteosarcoma AS (
  SELECT concept_id FROM osteosarcoma_root
   UNION
  SELECT descendant_concept_id
    FROM @vocabulary.concept_ancestor
    JOIN osteosarcoma_root ON ancestor_concept_id = concept_id
),

-- Diagnoses of the disease, also where the source's own code says more than the standard concept.
diagnosis AS (
  SELECT condition_occurrence_id, person_id, condition_start_date AS day
    FROM @cdm.condition_occurrence
   WHERE (condition_concept_id IN (SELECT concept_id FROM osteosarcoma)
          OR condition_source_concept_id IN (SELECT concept_id FROM osteosarcoma))
     AND coalesce(condition_status_concept_id, 0) NOT IN (@provisional_diagnosis)
),

-- Episodes of the disease: by their object, or by a diagnosis that is linked to them.
tumour_episode AS (
  SELECT person_id, episode_concept_id, episode_start_date AS day
    FROM @cdm.episode
   WHERE episode_object_concept_id IN (SELECT concept_id FROM osteosarcoma)
      OR episode_id IN (
           SELECT episode_id
             FROM @cdm.episode_event
             JOIN diagnosis ON condition_occurrence_id = event_id
            WHERE episode_event_field_concept_id IN (@condition_field))
),

-- One row a person. Day 0 is the first diagnosis. Where a relapse is the first thing that is known, the first
-- diagnosis was made elsewhere, and every interval from it is unknown.
patient AS (
  SELECT person_id,
         CASE WHEN min(day) FILTER (WHERE relapse) <= min(day) FILTER (WHERE NOT relapse) THEN NULL
              ELSE min(day) FILTER (WHERE NOT relapse) END AS day0
    FROM (SELECT person_id, day, false AS relapse FROM diagnosis
           UNION ALL
          SELECT person_id, day, episode_concept_id IN (@recurrence)
            FROM tumour_episode
           WHERE episode_concept_id IN (@first_occurrence, @recurrence)) AS known
    JOIN @cdm.person USING (person_id)
   GROUP BY person_id
)
