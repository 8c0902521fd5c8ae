"""Document numbers (số, ký hiệu): read out of text, and their symbols spelled as the office spells them."""
