"""``import`` and ``rescued``: take a tablet's rescue file in, and list the drafts that came in such files."""

from __future__ import annotations

import argparse
import os

import msgspec

from sync.central.commands import opened
from sync.central.importing import import_rescue
from sync.central.store.rescued import rescued_drafts
from sync.cli.frame import Result, chosen_language
from sync.messages import sentence


def do_import(arguments: argparse.Namespace) -> Result:
    """Take a rescue file in, once; also while the server runs."""
    with opened(arguments) as central:
        found: Result = msgspec.to_builtins(import_rescue(central, arguments.file))
    return found


def do_rescued(arguments: argparse.Namespace) -> Result:
    """Drafts that came in rescue files."""
    with opened(arguments) as central:
        return {"drafts": rescued_drafts(central.store, arguments.limit)}


def show_import(result: Result) -> str:
    """What the file came to, for a person."""
    records, files = result["records"], result["files"]
    facts = {
        "records": records["new"],
        "records_known": records["known"],
        "records_refused": records["refused"] + records["conflict"],
        "files": files["new"],
        "files_known": files["known"],
        "files_bad": files["refused"] + files["damaged"] + files["missing"],
        "drafts": result["drafts"],
    }
    return sentence("rescue_imported", facts, chosen_language(os.environ))
