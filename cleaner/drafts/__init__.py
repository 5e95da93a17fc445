"""Lines that a person points at -> rules on trial, from narrow to broad, with what each would take."""
