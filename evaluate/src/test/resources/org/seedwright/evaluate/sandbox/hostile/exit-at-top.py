# Leaves by sys.exit before there is a function.
# verdict: raised
import sys
sys.exit(0)
