"""``build/run --case-loop``: a case through its whole life in the real window, with command at the other end.

a central and a link that can be cut → one tablet, two officers → command acts by ``fieldapp-central``, the
officers by clicks → how soon each decision was seen, what central says in the end → OUT/case-loop.json
"""
