"""Who may in, and to what: users with their roles, the guard before every route, limits, and how what goes wrong is told."""
