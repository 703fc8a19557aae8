"""The shared vocabulary: fields of action, topics and terms, in SKOS terms."""
