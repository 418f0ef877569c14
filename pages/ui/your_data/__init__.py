"""A reader's own file: brought, read, its columns named, looked through, taken in as a study."""
