"""Central's HTTP: each file a few endpoints, all of them thin over the store."""
