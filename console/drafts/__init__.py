"""Answers made of facts: templates filled from the catalogue, the shop's FAQ, or an honest refusal. Pure."""
