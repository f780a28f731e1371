"""agent-run once more, written from spec/ and schemas/ alone: Python 3.9 or newer, standard library only."""
