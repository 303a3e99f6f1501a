// A report that is open: its facts, what became of it, and the way to add a photo or a correction.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels
import "../tasks"

Rectangle {
    id: root

    required property MyReportsViewModel reports
    property bool showBack: false
    property PhotoDeskViewModel photoDesk: null
    readonly property bool open: root.reports.selected !== ""
    // Named in what follows, so that a row that changes is read again.
    readonly property int rows: root.reports.items.count + (root.reports.ready ? 1 : 0)

    signal talkAsked
    signal caseAsked

    function fact(name: string): string {
        return root.open && root.rows >= 0 ? root.reports.detail(root.reports.selected, name) : "";
    }

    color: Theme.background

    FaEmpty {
        anchors.fill: parent
        visible: !root.open && root.reports.items.count > 0
        iconName: "draft"
        title: qsTr("选一条上报看进展")
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: 0
        visible: root.open

        FaPageHeader {
            objectName: "reports.header"
            title: root.fact("title")
            subtitle: [root.fact("short_id"), root.fact("when")].filter(part => part !== "").join(" · ")
            showBack: root.showBack
            onBack: root.reports.select("")

            FaIconButton {
                objectName: "reports.talk"
                iconName: "comment"
                text: qsTr("发消息")
                kind: "secondary"
                visible: root.reports.told
                onClicked: root.talkAsked()
            }
        }
        FaScroll {
            objectName: "reports.detail"
            of: root.reports.selected
            padding: Theme.spaceL
            maximumWidth: Theme.readable
            Layout.fillWidth: true
            Layout.fillHeight: true

            FaBanner {
                objectName: "reports.here"
                kind: "info"
                title: qsTr("还在本机")
                text: qsTr("服务器收到并回传后，这里显示进展；发送情况见发件箱。")
                visible: root.reports.ready && !root.reports.told
                Layout.fillWidth: true
            }
            FaCard {
                visible: [note, address, plate].some(part => part.value !== "")

                FaFact {
                    id: note

                    label: qsTr("说明")
                    value: root.fact("note")
                    visible: value !== ""
                }
                FaFact {
                    id: address

                    label: qsTr("地点")
                    value: root.fact("address")
                    visible: value !== ""
                }
                FaFact {
                    id: plate

                    label: qsTr("车牌")
                    value: root.fact("plate")
                    visible: value !== ""
                }
            }
            FaCard {
                title: qsTr("总结")
                iconName: "flag-done"
                visible: root.reports.learned !== ""

                FaText {
                    objectName: "reports.learned"
                    text: root.reports.learned
                    Layout.fillWidth: true
                }
            }
            FaCard {
                title: qsTr("进展")
                iconName: "clock"
                visible: root.reports.ready

                TaskHistory {
                    model: root.reports.history
                    caseId: root.reports.selected
                    filed: true
                    photoDesk: root.photoDesk
                    Layout.fillWidth: true
                }
            }
        }
        Rectangle {
            implicitHeight: acts.implicitHeight + 2 * Theme.spaceM
            color: Theme.surface
            visible: root.reports.ready
            Layout.fillWidth: true

            Rectangle {
                width: parent.width
                height: Theme.line
                color: Theme.sunlight ? Theme.outlineStrong : Theme.outline
            }
            Flow {
                id: acts

                spacing: Theme.spaceM
                layoutDirection: Qt.RightToLeft
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                anchors.leftMargin: Theme.spaceL
                anchors.rightMargin: Theme.spaceL

                FaButton {
                    objectName: "reports.supplement"
                    text: qsTr("补充照片或更正")
                    iconName: "plus"
                    onClicked: root.reports.supplement()
                }
                FaButton {
                    objectName: "reports.case"
                    kind: "secondary"
                    large: true
                    text: root.reports.mayHandle ? qsTr("自行处理或撤回") : qsTr("打开案件")
                    iconName: "task"
                    onClicked: root.caseAsked()
                }
            }
        }
    }
}
