"""Files that people attach to an answer: what they are, whether they may be kept, and what a photo tells beside."""
