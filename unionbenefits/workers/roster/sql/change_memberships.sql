UPDATE workers_membership m
SET occupation = CASE WHEN 'occupation' = ANY (s.cleared) OR s.occupation <> '' THEN s.occupation
                      ELSE m.occupation END,
    occupation_as_given = CASE WHEN 'occupation' = ANY (s.cleared) OR s.occupation_as_given <> ''
                               THEN s.occupation_as_given ELSE m.occupation_as_given END,
    work_relation = CASE WHEN 'work_relation' = ANY (s.cleared) OR s.work_relation <> '' THEN s.work_relation
                         ELSE m.work_relation END,
    joined_on = coalesce(s.joined_on, m.joined_on),
    note = CASE WHEN 'note' = ANY (s.cleared) OR s.note <> '' THEN s.note ELSE m.note END
FROM roster_match x
JOIN roster_stage s USING (n)
WHERE m.id = x.membership_id AND cardinality(x.member_changes) > 0
