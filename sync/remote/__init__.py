"""The other end as the engine sees it: one small protocol, over HTTP, in memory, or faulty on purpose."""
