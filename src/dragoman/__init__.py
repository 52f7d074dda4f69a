"""Dragoman reads diplomacy in the news: who said, did, demanded, promised or refused what, to whom, on what condition."""
