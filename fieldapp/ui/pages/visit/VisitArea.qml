// One longer text of the visit, kept as it is typed.
import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

FaTextArea {
    id: root

    required property VisitViewModel visit
    required property string name

    function read(): void {
        root.value = root.visit.field(root.name);
    }

    objectName: "visit." + name
    countLimit: 10000
    lines: 3
    Layout.fillWidth: true
    onEdited: fullText => root.visit.edit(root.name, fullText)
    Component.onCompleted: root.read()

    Connections {
        target: root.visit

        function onChanged(): void {
            root.read();
        }
    }
}
