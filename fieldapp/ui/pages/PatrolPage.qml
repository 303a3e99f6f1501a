// The patrol: start, pause, end; how far it went and how much of the grid it covered; earlier ones.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels
import "patrol"

Rectangle {
    id: root

    required property PatrolViewModel patrol
    required property ShiftCheckViewModel check
    readonly property bool narrow: root.width < 980 * Math.min(Theme.textScale, 1.6)

    signal mapAsked

    objectName: "patrolPage"
    color: Theme.background

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        FaPageHeader {
            objectName: "patrol.header"
            title: qsTr("巡查")
            subtitle: qsTr("只在值勤时由本人开始，退出登录即结束")
        }
        FaScroll {
            padding: Theme.spaceL
            Layout.fillWidth: true
            Layout.fillHeight: true

            GridLayout {
                columns: root.narrow ? 1 : 2
                columnSpacing: Theme.spaceL
                rowSpacing: Theme.spaceL
                uniformCellWidths: true
                Layout.fillWidth: true

                PatrolCard {
                    patrol: root.patrol
                    Layout.alignment: Qt.AlignTop
                    onMapAsked: root.mapAsked()
                }
                ColumnLayout {
                    spacing: Theme.spaceL
                    Layout.alignment: Qt.AlignTop
                    Layout.fillWidth: true

                    ShiftCard {
                        check: root.check
                    }
                    EarlierPatrols {
                        patrol: root.patrol
                    }
                }
            }
        }
    }
}
