"""Who may do what: roles, persons and the accounts file."""
