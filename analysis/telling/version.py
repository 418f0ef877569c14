"""The version that scripts, figures and reports say they were made with; pyproject.toml reads it here."""

VERSION = "1.0.0"
