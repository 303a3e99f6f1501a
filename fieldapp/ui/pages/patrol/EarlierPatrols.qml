// Patrols of one's own that have ended.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

FaCard {
    id: root

    required property PatrolViewModel patrol

    objectName: "patrol.earlier"
    title: qsTr("以前的巡查")
    iconName: "list"

    FaText {
        objectName: "patrol.none"
        text: qsTr("还没有巡查记录")
        color: Theme.textMuted
        visible: root.patrol.earlier.count === 0
        Layout.fillWidth: true
    }
    Repeater {
        model: root.patrol.earlier

        ColumnLayout {
            id: row

            required property int index
            required property string when
            required property string km
            required property int minutes
            required property int gaps

            spacing: Theme.spaceXs
            Layout.fillWidth: true

            FaDivider {
                visible: row.index > 0
                Layout.fillWidth: true
            }
            FaFact {
                objectName: "patrol.earlier." + row.index
                label: row.when
                value: [qsTr("%1 公里").arg(row.km), qsTr("%1 分钟").arg(row.minutes),
                    row.gaps > 0 ? qsTr("中断 %1 次").arg(row.gaps) : ""].filter(part => part !== "").join(" · ")
            }
        }
    }
}
