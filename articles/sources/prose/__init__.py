"""The plain shape of a text: what each line is, told by words and days in the languages of our clinics."""
