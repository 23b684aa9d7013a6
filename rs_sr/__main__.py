"""python -m rs_sr"""

from rs_sr.doors.cli import main

main()
