"""What both ends share, the local replica, the sync engine and the reference central. No Qt."""
