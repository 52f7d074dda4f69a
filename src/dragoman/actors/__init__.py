"""Who is who: names, offices, pronouns and sets, resolved to actors."""
