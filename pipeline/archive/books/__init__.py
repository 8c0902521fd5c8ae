"""The books of the office, by Decree 30/2020: registers with their arrival numbers and warnings, case files by the file plan."""
