"""What makes the event-type model: examples, features, fitting, the model card."""
