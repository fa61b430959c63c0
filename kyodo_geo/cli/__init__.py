"""Commands: one module per topic, imported only when its command is run."""
