"""What is asked of a ledger: where two states stand, and how they got there. Every answer carries its sources."""
