"""The command lines: ``frame`` (arguments, one JSON object, exit codes — shared by all three) and ours."""
