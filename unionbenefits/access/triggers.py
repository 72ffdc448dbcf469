"""What the database itself refuses on the table of posts, whoever writes and however many at once."""

from unionbenefits.access.rules import incompatible_pairs

# One lock per person, told apart from other advisory locks by its first number.
_LOCK = 7003

_COMPATIBLE = """
    IF NEW.withdrawn THEN RETURN NEW; END IF;
    -- A post that only becomes shorter cannot clash anew, and must always be possible to end.
    IF TG_OP = 'UPDATE' AND NOT OLD.withdrawn AND OLD.user_id = NEW.user_id AND OLD.role = NEW.role
       AND OLD.union_id IS NOT DISTINCT FROM NEW.union_id
       AND OLD.enterprise_id IS NOT DISTINCT FROM NEW.enterprise_id
       AND NEW.starts_on >= OLD.starts_on
       AND COALESCE(NEW.ends_on, 'infinity') <= COALESCE(OLD.ends_on, 'infinity')
    THEN RETURN NEW; END IF;
    -- Whoever comes second waits here, and then sees what the first has committed.
    PERFORM pg_advisory_xact_lock({lock}, (NEW.user_id % 2147483647)::int);
    SELECT u.path INTO place FROM unions_union u WHERE u.id = COALESCE(
        NEW.union_id, (SELECT e.union_id FROM enterprises_enterprise e WHERE e.id = NEW.enterprise_id));
    SELECT p.id INTO clashing
      FROM access_post p
      LEFT JOIN enterprises_enterprise e ON e.id = p.enterprise_id
      JOIN unions_union u ON u.id = COALESCE(p.union_id, e.union_id)
     WHERE p.user_id = NEW.user_id AND p.id <> NEW.id AND NOT p.withdrawn
       AND (p.role || ' ' || NEW.role) = ANY (ARRAY[{pairs}])
       AND daterange(p.starts_on, p.ends_on, '[]') && daterange(NEW.starts_on, NEW.ends_on, '[]')
       AND ((p.enterprise_id IS NULL AND starts_with(place, u.path))
            OR (NEW.enterprise_id IS NULL AND starts_with(u.path, place)))
     LIMIT 1;
    IF clashing IS NOT NULL THEN
        RAISE EXCEPTION 'the person holds an incompatible role over these places at that time'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'post_roles_compatible';
    END IF;
    RETURN NEW;
"""

_ACTS = """
    IF NOT EXISTS (
        SELECT FROM access_post p
         WHERE p.id = NEW.stands_in_for_id AND p.stands_in_for_id IS NULL AND NOT p.withdrawn
           AND p.user_id <> NEW.user_id AND p.role = NEW.role
           AND p.union_id IS NOT DISTINCT FROM NEW.union_id
           AND p.enterprise_id IS NOT DISTINCT FROM NEW.enterprise_id)
    THEN
        RAISE EXCEPTION 'an acting post has the role and the place of the post it stands in for'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'post_acts_for_another';
    END IF;
    RETURN NEW;
"""


def roles_are_compatible() -> str:
    """Refuses a post beside another of the same person that the table of incompatible roles keeps apart."""
    pairs = ", ".join(f"'{one.value} {other.value}'" for one, other in incompatible_pairs())
    return _COMPATIBLE.format(lock=_LOCK, pairs=pairs)


def acts_for_another() -> str:
    """Refuses an acting post that differs in role or place from the one it stands in for."""
    return _ACTS
