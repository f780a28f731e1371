# Generated from schemas/ and spec/ by "npm run gen". Do not edit.
"""What is generated from the standard."""
