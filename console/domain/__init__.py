"""The words of the product: events, commands, values, text, errors. Imports nothing of ours."""
