"""Who has judged a text, and who is asked to: reviews, askings, remarks, and until when each holds."""
