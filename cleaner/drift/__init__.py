"""A corpus against figures of an earlier one -> what is worth a look: rules, lines and sites that changed."""
