"""What the vectors of proof.py are made of: keys, records and one fault each."""
