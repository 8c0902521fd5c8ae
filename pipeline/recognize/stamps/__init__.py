"""What others stamped on a sheet: arrival, urgency, secrecy, and the boxes of digital signatures."""
