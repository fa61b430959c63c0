"""Ask the public database of vulnerabilities (OSV) about the pinned packages: `make audit`.

One request for all. It reports and never fails: what is found has to be weighed by somebody,
and a closed network has no answer, which is said in one line.
"""

import json
import re
import sys
import urllib.request
from collections.abc import Collection
from pathlib import Path

OSV = "https://api.osv.dev/v1/querybatch"
TIMEOUT_S = 3

Pin = tuple[str, str]
"""A package and its version."""

PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;#]+)", re.MULTILINE)
FILES = (
    "requirements.txt",
    "tests/requirements.txt",
    "benchmarks/requirements.txt",
    "deploy/requirements-spark.txt",
)


def pinned(text: str) -> list[Pin]:
    """Packages and versions, of the lines of a requirements file that pin one."""
    return PIN.findall(text)


def known_vulnerabilities(pins: Collection[Pin], address: str = OSV) -> dict[Pin, list[str]]:
    """Ids of what is known, by pin; those of which nothing is known are left out.

    Raises OSError where the database cannot be asked, ValueError for an answer that is none.
    """
    queries = [
        {"package": {"ecosystem": "PyPI", "name": name}, "version": version}
        for name, version in pins
    ]
    body = json.dumps({"queries": queries}).encode()
    asked = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(asked, timeout=TIMEOUT_S) as answer:
        results = json.load(answer).get("results", [])
    if len(results) != len(queries):
        raise ValueError(f"{len(results)} answers to {len(queries)} questions")
    found = zip(pins, results, strict=True)
    return {
        pin: [one["id"] for one in result["vulns"]] for pin, result in found if "vulns" in result
    }


def report(pins: Collection[Pin], address: str = OSV) -> list[str]:
    """What to tell, a line each."""
    try:
        found = known_vulnerabilities(pins, address)
    except (OSError, ValueError) as error:
        return [f"audit: not done, the database of vulnerabilities cannot be asked ({error})"]
    if not found:
        return [f"audit: nothing known against the {len(pins)} pinned packages"]
    lines = [f"  {name} {version}: {', '.join(ids)}" for (name, version), ids in found.items()]
    return ["audit: look these up at https://osv.dev/", *lines]


def main() -> None:
    root = Path(__file__).parents[1]
    pins = {pin for file in FILES for pin in pinned((root / file).read_text("utf-8"))}
    sys.stdout.write("\n".join(report(sorted(pins))) + "\n")


if __name__ == "__main__":
    main()
