// A hairline between things that belong together.
import QtQuick
import QtQuick.Layouts
import fieldapp.ui

Rectangle {
    id: root

    property bool vertical: false

    implicitWidth: root.vertical ? Theme.line : 40
    implicitHeight: root.vertical ? 40 : Theme.line
    Layout.fillWidth: !root.vertical
    Layout.fillHeight: root.vertical
    color: Theme.outline
}
