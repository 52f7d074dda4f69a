"""The desk: pages and an HTTP API over a ledger. Pages are plain HTML that works without JavaScript and gets better with it; nothing comes from the network."""
