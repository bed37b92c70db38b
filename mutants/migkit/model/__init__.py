"""The frozen values that rooms share. Nothing here reads, writes, logs or asks the time."""
