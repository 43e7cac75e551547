"""Installation without internet: a folder of wheels, or a program with its own Python in it.

It is part of the package, and called as ``xxgk pack``, so that whoever has xxgk can make them again.
"""
