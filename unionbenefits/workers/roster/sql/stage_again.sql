-- Applying starts from the judged rows that were confirmed, not from the file: the first row of each person and
-- enterprise, completed from repeated ones where it is blank.
INSERT INTO roster_stage (n, sheet, "row", verdict, action, codes, enterprise_id, worker_then, name, name_key,
                          document_kind, issuer, number, number_digest, phone, phone_digest, sex, birth_date,
                          occupation, occupation_as_given, work_relation, joined_on, note, cleared)
SELECT DISTINCT ON (number_digest, document_kind, issuer, enterprise_id)
       row_number() OVER (ORDER BY id), sheet, "row", verdict, action, '[]', enterprise_id, worker_id, name, name_key,
       document_kind, issuer, number, number_digest, phone, phone_digest, sex, birth_date, occupation,
       occupation_as_given, work_relation, joined_on, note, cleared
FROM workers_rosterrow
WHERE roster_id = %(roster)s AND verdict = 'accept'
ORDER BY number_digest, document_kind, issuer, enterprise_id, id;
UPDATE roster_stage s
SET phone = coalesce(s.phone, r.phone),
    phone_digest = coalesce(s.phone_digest, r.phone_digest),
    sex = coalesce(nullif(s.sex, ''), r.sex, ''),
    birth_date = coalesce(s.birth_date, r.birth_date),
    occupation = coalesce(nullif(s.occupation, ''), r.occupation, ''),
    occupation_as_given = coalesce(nullif(s.occupation_as_given, ''), r.occupation_as_given, ''),
    work_relation = coalesce(nullif(s.work_relation, ''), r.work_relation, ''),
    joined_on = coalesce(s.joined_on, r.joined_on),
    note = coalesce(nullif(s.note, ''), r.note, ''),
    cleared = r.cleared
FROM (SELECT number_digest, document_kind, issuer, enterprise_id,
             (array_agg(phone ORDER BY id) FILTER (WHERE phone IS NOT NULL))[1] AS phone,
             (array_agg(phone_digest ORDER BY id) FILTER (WHERE phone_digest IS NOT NULL))[1] AS phone_digest,
             (array_agg(sex ORDER BY id) FILTER (WHERE sex <> ''))[1] AS sex,
             (array_agg(birth_date ORDER BY id) FILTER (WHERE birth_date IS NOT NULL))[1] AS birth_date,
             (array_agg(occupation ORDER BY id) FILTER (WHERE occupation <> ''))[1] AS occupation,
             (array_agg(occupation_as_given ORDER BY id) FILTER (WHERE occupation_as_given <> ''))[1]
                 AS occupation_as_given,
             (array_agg(work_relation ORDER BY id) FILTER (WHERE work_relation <> ''))[1] AS work_relation,
             (array_agg(joined_on ORDER BY id) FILTER (WHERE joined_on IS NOT NULL))[1] AS joined_on,
             (array_agg(note ORDER BY id) FILTER (WHERE note <> ''))[1] AS note,
             ARRAY(SELECT DISTINCT unnest(string_to_array(string_agg(array_to_string(cleared, ','), ','), ',')))
                 AS cleared
      FROM workers_rosterrow
      WHERE roster_id = %(roster)s AND verdict = 'accept'
      GROUP BY number_digest, document_kind, issuer, enterprise_id
      HAVING count(*) > 1) r
WHERE (s.number_digest, s.document_kind, s.issuer, s.enterprise_id)
    = (r.number_digest, r.document_kind, r.issuer, r.enterprise_id)
