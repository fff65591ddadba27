"""The home page of the desk: what needs a person, what comes, what colleagues did."""
