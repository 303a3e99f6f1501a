"""What ``fieldapp``'s commands show to people; scripts take the same results as JSON."""

from __future__ import annotations

from sync.cli.frame import Result
from sync.contract.ids import short_id

NOTE_MAX = 60


def show_lookup(result: Result) -> str:
    """The verdict with its reasons, then permits and blacklist entries one a line, then the data's age.

    Of what is no plate, the trucks it may mean.
    """
    if "suggestions" in result:
        return "\n".join(f"similar {plate}" for plate in result["suggestions"])
    verdict = result["verdict"]
    lines = [f"{result['plate']}  {verdict['answer']}"]
    for reason in verdict["reasons"]:
        lines.append(f"  {reason['message']} {reason['advice']}".rstrip())
    for permit in result["permits"]:
        lines.append(
            f"permit {permit['permit_id']}  {permit['status']}  {permit['valid_from']} - {permit['valid_to']}"
            f"  {permit['windows'] or '-'}  {permit['company'] or permit['company_id']}"
        )
        lines.append(f"  {permit['site'] or permit['site_id']} > {permit['disposal_site'] or '-'}")
    for entry in result["blacklist"]:
        ends = entry["valid_to"] or "-"
        lines.append(
            f"blacklist {entry['subject']}  {entry['valid_from']} - {ends}  {_line(entry['reason'])}"
        )
    lines += [f"similar {plate}" for plate in verdict["look_alikes"]]
    lines.append(f"city data as of {result['data_as_of']}")
    return "\n".join(lines)


def show_tasks(result: Result) -> str:
    """One line a task, and below it what may be done."""
    lines = []
    for task in result["tasks"]:
        due = f"  due {task['due_at']}" if task["due_at"] else ""
        pending = f"  unsent {task['pending_acts']}" if task["pending_acts"] else ""
        lines.append(
            f"{short_id(task['case_id'])}  {task['state']:<10} {task['class_code']:<9}{due}{pending}"
            f"  {_line(task['note'])}"
        )
        lines.append(f"          {', '.join(task['acts_offered']) or '-'}")
    return "\n".join(lines) or "-"


def _line(text: object) -> str:
    return " ".join(str(text or "").split())[:NOTE_MAX]
