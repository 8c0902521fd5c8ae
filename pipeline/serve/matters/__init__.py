"""Commands that answer on a matter: effect, timeline, programme; and, of `trace`, what units were given."""
