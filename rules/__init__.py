"""What the office knows: tables (TSV) that an archivist can read and mend, and small modules over them."""
