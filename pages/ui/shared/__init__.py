"""What several screens share: the frame, choices kept in the link, results, plots and words shown."""
