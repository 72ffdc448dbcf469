-- Of the accepted rows only those settled since the roster was applied: the others are in the register already.
DELETE FROM roster_stage s
WHERE NOT EXISTS (SELECT FROM workers_rowdecision d
                  WHERE d.roster_id = %(roster)s AND d.applied_at IS NULL AND d.sheet = s.sheet AND d."row" = s."row")
