// A text field for looking things up: magnifier in front, spinner while it looks.
import fieldapp.ui
import QtQuick

FaTextField {
    iconName: "search"
    inputMethodHints: Qt.ImhNoPredictiveText
}
