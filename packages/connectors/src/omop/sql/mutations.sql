-- Results that are stored with the OMOP Genomic vocabulary, as calls by gene. Only a change that is stated at the
-- protein tells what it does; what variants of DNA, of RNA and of a gene as such do is not known, and they are left
-- out as such. Follows cohort.sql.

,
result AS (
  SELECT person_id, measurement_concept_id AS concept_id, value_as_concept_id
    FROM patient JOIN @cdm.measurement USING (person_id)
   UNION ALL
  SELECT person_id, observation_concept_id, value_as_concept_id
    FROM patient JOIN @cdm.observation USING (person_id)
),

-- The name of such a concept begins with the gene and holds the change in HGVS's notation.
variant AS (
  SELECT person_id,
         split_part(concept_name, ' ', 1) AS gene,
         concept_class_id = 'Gene Protein Variant' AS is_protein_change,
         substring(concept_name FROM 'p\.\(?([^ )]+)') AS change
    FROM result
    JOIN @vocabulary.concept USING (concept_id)
   WHERE vocabulary_id = 'OMOP Genomic'
     AND concept_class_id IN ('Gene Protein Variant', 'Gene DNA Variant', 'Gene RNA Variant', 'Gene Variant')
     AND coalesce(value_as_concept_id, 0) IN (0, @present)
)

SELECT gene AS "Hugo_Symbol",
       CASE WHEN NOT is_protein_change OR change IS NULL THEN 'Could_Not_Determine'
            WHEN change LIKE '%=' THEN 'Silent'
            WHEN change LIKE '%fs%' THEN 'Frame_Shift_Del'
            WHEN change LIKE '%ext%' THEN 'Nonstop_Mutation'
            WHEN change ~ '^Met1([^0-9]|$)' THEN 'Translation_Start_Site'
            WHEN change ~ '(Ter|\*|X)$' THEN 'Nonsense_Mutation'
            WHEN change LIKE '%del%' THEN 'In_Frame_Del'
            WHEN change ~ 'ins|dup' THEN 'In_Frame_Ins'
            ELSE 'Missense_Mutation' END AS "Variant_Classification",
       person_id::text AS "Tumor_Sample_Barcode"
  FROM variant
 ORDER BY gene, person_id
