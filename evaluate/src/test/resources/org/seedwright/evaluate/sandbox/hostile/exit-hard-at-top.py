# Leaves without a word at once.
# verdict: crashed
import os
os._exit(0)
