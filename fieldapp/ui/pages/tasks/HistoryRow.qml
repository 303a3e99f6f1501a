// One act in the history: who, what, when, with what; and for an own act where it is on its way or why it was refused.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

RowLayout {
    id: root

    required property string actId
    required property string kind
    required property string officer
    required property string toOfficer
    required property string note
    required property string doneAt
    required property string status
    required property bool refused
    required property bool takenBack
    required property string reason
    required property int photoCount
    required property int beforeCount
    required property list<string> photos
    required property list<string> larges
    required property list<string> originals
    required property list<string> wanted
    property string caseId: ""
    property PhotoDeskViewModel photoDesk: null
    required property real away
    required property string before
    required property string after
    required property string ruling
    property bool first: false
    property bool last: false
    property bool filed: false // whether the report's own photos are shown here too

    readonly property string who: root.toOfficer !== "" ? root.officer + " → " + root.toOfficer : root.officer
    readonly property int mark: Math.round(36 * Theme.iconScale)
    readonly property bool faint: root.takenBack || root.refused

    signal compareAsked

    objectName: "tasks.history." + root.actId
    spacing: Theme.spaceM
    Accessible.role: Accessible.ListItem
    Accessible.name: words.act(root.kind) + "，" + root.who
    Accessible.description: [root.doneAt, root.note, root.reason].filter(part => part !== "").join("，")

    TaskWords {
        id: words
    }
    TaskTone {
        id: colors

        tone: root.refused ? "danger" : root.takenBack ? "normal" : root.status !== "" ? "info" : "success"
    }

    Item {
        implicitWidth: root.mark
        Layout.fillHeight: true

        Rectangle {
            x: parent.width / 2 - 1
            y: root.first ? root.mark / 2 + 2 : 0
            width: 2
            height: root.last ? root.mark / 2 + 2 - y : parent.height - y
            color: Theme.outline
        }
        Rectangle {
            y: 2
            width: root.mark
            height: root.mark
            radius: root.mark / 2
            color: colors.soft
            border.width: 2
            border.color: Theme.surface

            FaIcon {
                anchors.centerIn: parent
                name: root.refused ? "octagon" : words.actSign(root.kind)
                size: 20
                color: colors.softInk
            }
        }
    }
    ColumnLayout {
        spacing: 4
        Layout.fillWidth: true
        Layout.topMargin: 6
        Layout.bottomMargin: root.last ? 0 : Theme.spaceL

        RowLayout {
            spacing: Theme.spaceS

            FaText {
                text: words.act(root.kind)
                strong: true
                font.strikeout: root.faint
                color: root.faint ? Theme.textMuted : Theme.text
                Accessible.ignored: true
            }
            FaText {
                text: root.who
                color: Theme.textMuted
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            FaText {
                text: root.doneAt
                kind: "caption"
                color: Theme.textMuted
                Layout.alignment: Qt.AlignTop
                Accessible.ignored: true
            }
        }
        FaText {
            text: root.note
            visible: text !== ""
            color: root.faint ? Theme.textMuted : Theme.text
            Layout.fillWidth: true
            Accessible.ignored: true
        }
        FaText {
            text: root.kind === "arrive" && root.away >= 0 ? qsTr("距案件位置 %1").arg(words.metres(root.away)) : ""
            kind: "caption"
            visible: text !== ""
            color: Theme.textMuted
            Layout.fillWidth: true
            Accessible.ignored: true
        }
        FaText {
            text: ["handle", "self_handle"].includes(root.kind) && root.photoCount > 0
                ? qsTr("处置前 %1 张，处置后 %2 张").arg(root.beforeCount).arg(root.photoCount - root.beforeCount) : ""
            kind: "caption"
            visible: text !== ""
            color: Theme.textMuted
            Layout.fillWidth: true
            Accessible.ignored: true
        }
        TaskPhotos {
            objectName: root.objectName + ".photos"
            title: words.act(root.kind) + " · " + root.who
            photos: root.photos
            larges: root.larges
            originals: root.originals
            wanted: root.wanted
            caseId: root.caseId
            photoDesk: root.photoDesk
            photoCount: root.photoCount
            tileSize: 84
            visible: root.photoCount > 0 && (root.filed || root.kind !== "report")
            Layout.fillWidth: true
        }
        FaButton {
            objectName: root.objectName + ".compare"
            kind: "secondary"
            iconName: "photos"
            text: qsTr("前后对比")
            visible: root.before !== "" && root.after !== ""
            onClicked: root.compareAsked()
        }
        Flow {
            spacing: Theme.spaceS
            visible: root.refused || root.takenBack || root.status !== "" || root.ruling !== ""
            Layout.fillWidth: true

            TaskPill {
                tone: "danger"
                iconName: "octagon"
                text: root.refused ? qsTr("服务器未接受") : ""
            }
            TaskPill {
                tone: root.ruling === "upheld" ? "success" : root.ruling === "waiting" ? "warning" : "normal"
                iconName: root.ruling === "upheld" ? "check-circle" : root.ruling === "waiting" ? "clock" : "cross-circle"
                text: words.ruling(root.ruling)
            }
            TaskPill {
                iconName: "undo"
                text: root.takenBack ? qsTr("已撤回") : ""
            }
            FaStatePill {
                status: root.status
                visible: root.status !== "" && !root.refused
            }
        }
        FaText {
            text: root.reason
            visible: text !== ""
            color: root.refused ? Theme.danger : Theme.textMuted
            kind: root.refused ? "body" : "caption"
            Layout.fillWidth: true
            Accessible.ignored: true
        }
    }
}
