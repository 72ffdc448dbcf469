"""unionbenefits: gift campaigns, coverage and claims for unions and their mutual-aid association."""
