"""Makes modules of the texts that came in the first line of standard input, and starts the manager.

No file of the harness lies in the sandbox. `start` is that line: modules by name, and settings.
"""

import importlib.abc
import importlib.util
import sys

ORDER = (
    "frames",
    "codec",
    "input_forms",
    "oracles",
    "confine",
    "streams",
    "candidate",
    "reference",
    "stand_in",
    "judge",
    "manager",
)


class FromText(importlib.abc.Loader):
    def __init__(self, name, text):
        self.name, self.text = name, text

    def exec_module(self, module):
        exec(compile(self.text, self.name + ".py", "exec"), module.__dict__)


def install(modules):
    for name in ORDER:
        spec = importlib.util.spec_from_loader(name, FromText(name, modules[name]))
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)


# The current folder, which is the candidates' own.
sys.path[:] = [folder for folder in sys.path if folder]

install(start["modules"])  # noqa: F821: given by the one-line command
sys.modules["manager"].main(start["settings"])  # noqa: F821
