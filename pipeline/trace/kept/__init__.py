"""How instructions stand in a province, kept in the archive: found anew only for what changed since"""
