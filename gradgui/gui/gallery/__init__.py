"""The gallery of examples: a small picture and one sentence for each."""
