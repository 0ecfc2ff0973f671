"""What is owed: pure rules over dated, cited packs. No clock, no database, no network."""
