"""python -m rs_sr"""

from rs_sr.cli import main

main()
