"""Parts of the screen Across studies, a file per view or panel."""
