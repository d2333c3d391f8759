"""What registers of journals say: asked politely, kept in the catalogue, never a source of calls."""
