-- The named gifts that still hold and are not kept hold no more.
UPDATE campaigns_gift g SET state = 'revoked'
FROM campaigns_revocationline l
WHERE l.revocation_id = %(revocation)s AND g.id = l.gift_id AND NOT l.kept AND g.state = 'live'
