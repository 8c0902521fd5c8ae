"""An archive that grows: a world of invented letters of any size, filled straight into the archive's tables, and what asking it costs"""
