"""From text to a parsed document: model, wire clean-up, sentences, quotations."""
