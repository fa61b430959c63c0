"""Keep how long each file of tests took, so that the longest can be started first.

`make durations` runs all tests and replaces tests/durations.json by what they took.
"""

import json
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

STORED = Path(__file__).with_suffix(".json")


def seconds_by_file() -> dict[str, float]:
    """Seconds per file of tests, as they were measured last."""
    stored: dict[str, float] = json.loads(STORED.read_text("utf-8"))
    return stored


def keep(report: Path) -> None:
    """Replace the stored seconds by those of a report in JUnit's format (xunit1)."""
    seconds: Counter[str] = Counter()
    for case in ET.parse(report).iter("testcase"):
        seconds[case.attrib["file"]] += float(case.attrib["time"])
    rounded = {file: round(time, 1) for file, time in seconds.most_common()}
    STORED.write_text(json.dumps(rounded, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
