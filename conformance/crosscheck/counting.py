"""What the counters of foreign formats have in common: how files are read and sums are printed. It knows no format.

Standard library only.
"""
import json
import sys

COUNTED = ("runs", "tool_calls", "approvals", "refusals", "input_tokens", "output_tokens", "cache_read_tokens")


def lines(path):
    """The lines of a file that are JSON."""
    with open(path, "rb") as file:
        for raw in file:
            try:
                yield json.loads(raw)
            except ValueError:
                continue


def document(path):
    """The one JSON value of a file."""
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def main(usage, count_file):
    """Prints the sums over the files that the command names, as one JSON object; `count_file` gives the counts in a file."""
    if len(sys.argv) < 2:
        sys.exit(usage)
    counts = [count for path in sys.argv[1:] for count in count_file(path)]
    print(json.dumps({name: sum(count[name] for count in counts) for name in COUNTED}))
