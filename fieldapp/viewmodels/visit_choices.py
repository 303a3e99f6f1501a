"""What can be chosen in a visit: items with their questions, parties by name, colleagues."""

from __future__ import annotations

from PySide6.QtCore import QObject

from fieldapp.capture.visit import questions_of
from fieldapp.capture.visit_draft import VisitDraft
from fieldapp.services.latest import LatestAnswer
from fieldapp.services.worker import ReplicaWorker
from fieldapp.viewmodels.visit_lists import ChoiceListModel, ChoiceRow, QuestionListModel, QuestionRow
from fieldapp.viewmodels.visit_loading import Begun, find_parties
from sync.contract.tables import Row


class VisitChoices(QObject):
    """Four lists, filled in when a visit is begun or the language changes."""

    def __init__(self, reader: ReplicaWorker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._search = LatestAnswer(reader)
        self.items = ChoiceListModel(self)
        self.parties = ChoiceListModel(self)
        self.colleagues = ChoiceListModel(self)
        self.questions = QuestionListModel(self)

    def take(self, begun: Begun) -> None:
        """What there is to choose from."""
        self._rows = begun.items
        self.colleagues.show(begun.colleagues)

    def basis(self, item: str, language: str) -> str:
        """The legal basis of an item."""
        row = self._item(item)
        return "" if row is None else str(row[f"basis_{language}"] or row["basis_zh"] or "")

    def progress(self) -> str:
        """How many questions are answered, as 3/8."""
        rows = [row for row in self.questions.rows() if isinstance(row, QuestionRow)]
        return f"{sum(1 for row in rows if row.finding)}/{len(rows)}"

    def show_items(self, language: str) -> None:
        """The items in a language."""
        name, basis = f"name_{language}", f"basis_{language}"
        self.items.show(
            [
                ChoiceRow(str(row["item_code"]), str(row[name] or row["name_zh"]), str(row[basis] or ""))
                for row in self._rows
            ]
        )

    def show_questions(self, body: VisitDraft, language: str) -> None:
        """The check list of the chosen item, with the answers so far."""
        row = self._item(body.item_code)
        asked = [] if row is None else questions_of(row, english=language == "en")
        answers = body.answers
        self.questions.show(
            [
                QuestionRow(at, text, answers[at].finding, answers[at].note)
                if at < len(answers)
                else QuestionRow(at, text, "", "")
                for at, text in enumerate(asked)
            ]
        )

    def find(self, text: str) -> None:
        """Look for parties that the typed name may mean."""
        self._search.ask(find_parties(text), self.parties.show)

    def party(self, code: str) -> ChoiceRow | None:
        """One of the parties found; the list goes."""
        rows = (row for row in self.parties.rows() if isinstance(row, ChoiceRow))
        found = next((row for row in rows if row.code == code), None)
        if found is not None:
            self._search.forget()
            self.parties.show([])
        return found

    def _item(self, code: str) -> Row | None:
        return next((row for row in self._rows if row["item_code"] == code), None)
