// One field of the visit, kept as it is typed; what is stored comes back when the form is shown anew.
import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

FaTextField {
    id: root

    required property VisitViewModel visit
    required property string name

    function read(): void {
        root.value = root.visit.field(root.name);
    }

    objectName: "visit." + name
    maximumLength: 120
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
