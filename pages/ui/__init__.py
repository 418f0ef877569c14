"""What all screens share: the frame around them, choices that live in the link, ways of showing results."""
