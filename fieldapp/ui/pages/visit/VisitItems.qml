// Which inspection item, and on which legal basis; and the second officer.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

ColumnLayout {
    id: root

    required property VisitViewModel visit

    spacing: Theme.spaceL

    FaCard {
        title: qsTr("检查事项")
        subtitle: root.visit.basis
        iconName: "list"
        Layout.fillWidth: true

        Repeater {
            model: root.visit.items
            delegate: FaCheckRow {
                required property string code
                required property string title

                objectName: "visit.item." + code
                text: title
                subtitle: code
                single: true
                checked: root.visit.item === code
                Layout.fillWidth: true
                onToggled: root.visit.chooseItem(code)
            }
        }
    }
    FaCard {
        title: qsTr("第二名检查人")
        subtitle: qsTr("行政检查须两名以上执法人员")
        iconName: "users"
        Layout.fillWidth: true

        Flow {
            spacing: Theme.spaceS
            Layout.fillWidth: true

            Repeater {
                model: root.visit.colleagues
                delegate: FaChip {
                    required property string code
                    required property string title

                    objectName: "visit.second." + code
                    text: title
                    checkable: true
                    checked: root.visit.second === code
                    onClicked: root.visit.edit("second_id", code)
                }
            }
        }
    }
}
