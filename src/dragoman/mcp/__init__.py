"""The ledger for language-model clients: the questions of the command line as tools of the Model Context Protocol, each answer with its sentences and sources."""
