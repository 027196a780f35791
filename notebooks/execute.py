#!/usr/bin/env python3
"""Runs tour.ipynb on a finished run and writes its outputs into it.

    notebooks/execute.py             in place
    notebooks/execute.py --check     writes nothing; fails if a cell fails, or if what the cells print is
                                     not what the file says (plots are drawn, not compared)

The run is the quickstart's in workspace/, or SEEDWRIGHT_RUN in SEEDWRIGHT_WORKSPACE.
"""

import copy
import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from traitlets.config import Config

NOTEBOOK = Path(__file__).resolve().parent / "tour.ipynb"


def printed(cell):
    """What a cell prints, line by line; of a plot only that it is one."""
    texts = []
    for output in cell.get("outputs", []):
        if output["output_type"] == "stream":
            texts.append(output["text"])
        elif "image/png" in output.get("data", {}):
            texts.append("(a plot)")
        else:
            texts.append(output.get("data", {}).get("text/plain", ""))
    return "\n".join(texts).splitlines()


def differences(before, after):
    for old, new in zip(before.cells, after.cells):
        if printed(old) != printed(new):
            yield new["id"], printed(old), printed(new)


def main():
    check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not check:
        sys.exit(__doc__)
    if "SEEDWRIGHT_WORKSPACE" in os.environ:
        os.environ["SEEDWRIGHT_WORKSPACE"] = str(Path(os.environ["SEEDWRIGHT_WORKSPACE"]).resolve())
    committed = nbformat.read(NOTEBOOK, as_version=4)
    executed = copy.deepcopy(committed)
    try:
        # A socket of the file system: no port that others could reach.
        with tempfile.TemporaryDirectory() as folder:
            sockets = Config({"KernelManager": {"transport": "ipc", "ip": folder + "/kernel"}})
            NotebookClient(
                executed,
                config=sockets,
                timeout=600,
                startup_timeout=600,
                record_timing=False,
                resources={"metadata": {"path": str(NOTEBOOK.parent)}},
            ).execute()
    except CellExecutionError as error:
        sys.exit(f"{NOTEBOOK.name}: a cell failed\n{error}")
    if not check:
        # The version of Python would change with each machine that runs it.
        executed.metadata["language_info"] = {"name": "python"}
        nbformat.write(executed, NOTEBOOK)
    stale = list(differences(committed, executed))
    for cell, old, new in stale if check else []:
        print(f"{cell}: the file says\n  " + "\n  ".join(old) + "\nbut now it prints\n  " + "\n  ".join(new))
    if check and stale:
        sys.exit(f"{NOTEBOOK.name}: {len(stale)} cells print something else now: run notebooks/execute.py")
    code = [cell for cell in executed.cells if cell.cell_type == "code"]
    plots = sum("image/png" in out.get("data", {}) for cell in code for out in cell.outputs)
    print(f"{len(code)} cells ran, {plots} plots drawn")


if __name__ == "__main__":
    main()
