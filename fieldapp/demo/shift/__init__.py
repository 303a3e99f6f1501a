"""``build/run --shift``: a whole shift through the real window, then proof that central has it all.

seed and serve central → a link that can be cut → the app's own window → the story, click by click
    → fetch every original back, hash it, compare → OUT/shift.json, OUT/shots, exit 0 or 1
"""
