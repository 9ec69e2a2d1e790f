-- Osteon's example schema: a small research database of one hospital, as `osteon demo database` fills it and as
-- data.source: postgres reads it where a site gives no queries of its own. Every table is read through the
-- contract that docs/databases.md explains; columns beside those named here may be there and are never asked for.

-- One row a patient, at diagnosis.
create table patients (
  patient_id              text primary key,  -- the hospital's research id; becomes a keyed pseudonym
  cancer_type             text not null,     -- 'osteosarcoma'
  patient_age             double precision,  -- years at diagnosis
  sex                     text,              -- 'male' or 'female'
  os_status               text,              -- 'alive' or 'dead' at the end of os_months
  os_months               double precision,  -- from diagnosis to death or last contact; days / 30.4375
  metastatic_at_diagnosis boolean,
  percent_necrosis        double precision   -- of the tumour after chemotherapy, 0 to 100
);

-- One row a tumour sample. Left out, every patient is their own one sample. Here samples are called like their
-- patients; a database with ids for samples has a column sample_id in the tables below as well.
create table samples (
  sample_id       text primary key,
  patient_id      text not null references patients,
  sample_type     text,     -- 'primary', 'recurrence', 'metastasis', 'normal'
  exome_sequenced boolean,  -- true: a gene without a row in mutations is not mutated; false: it is unknown
  batch           text      -- laboratory run or site, to show batch effects; only codes pass on
);

-- One row a somatic call, with the columns of the deployment guide.
create table mutations (
  patient_id             text not null references patients,
  gene                   text not null,  -- HGNC symbol
  mutation_type          text,           -- 'SNV', 'indel'; not taken
  variant_classification text not null,  -- as in a MAF: 'Missense_Mutation', 'Nonsense_Mutation', 'Silent', …
  cancer_type            text not null,
  patient_age            double precision
);

-- Discretised copy number, a row a gene: values[i] is that of patient_ids[i], from -2 (deep loss) to 2
-- (amplification), null where not measured.
create table copy_number (
  gene        text primary key,
  patient_ids text[] not null,
  values      smallint[] not null
);

-- Expression in log2(TPM+1), in long form: a row a gene and patient. Either form may hold either table.
create table expression (
  patient_id text not null references patients,
  gene       text not null,
  value      real
);
