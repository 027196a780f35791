from .harmonics import Constituent, predict
from .interpolate import height_at
from .parser import TideTableError, parse_table
from .records import EventKind, TideEvent
from .windows import passable_windows
