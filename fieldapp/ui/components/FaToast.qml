// What was just done, with a way back for as long as the countdown runs. Lay it over the window; it catches no clicks besides its own.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

Item {
    id: root

    // success, danger, info, or urgent: what must not be taken for one of the others, and has colours of its own
    property string kind: "success"
    property string text: ""
    property string actionText: ""
    property int seconds: 10
    property real remaining: 0
    // Where it stands. Whoever lays it over a page keeps barHeight free there: it must cover nothing to read or press.
    property int leftInset: Theme.spaceL
    property int topInset: Theme.spaceM
    property bool fullWidth: false
    readonly property bool showing: root.remaining > 0
    readonly property int barHeight: bar.height
    readonly property bool urgent: root.kind === "urgent"
    readonly property color ink: root.urgent ? Theme.dangerInk : Theme.toastInk
    readonly property color accent: root.urgent ? Theme.dangerInk : Theme.toastAction

    signal action
    signal expired

    function show(text: string, actionText: string, seconds: int, kind: string): void {
        countdown.stop();
        root.text = text;
        root.actionText = actionText;
        root.kind = kind === "" ? "success" : kind;
        root.seconds = Math.max(1, seconds);
        countdown.duration = root.seconds * 1000;
        root.remaining = root.seconds;
        countdown.start();
    }

    function dismiss(): void {
        countdown.stop();
        root.remaining = 0;
    }

    anchors.fill: parent
    z: 1000

    NumberAnimation {
        id: countdown

        target: root
        property: "remaining"
        to: 0
        onFinished: root.expired()
    }

    Rectangle {
        id: bar

        objectName: root.objectName + ".bar"
        anchors.left: parent.left
        anchors.leftMargin: root.leftInset
        anchors.top: parent.top
        anchors.topMargin: root.topInset
        width: Math.min(parent.width - root.leftInset - (root.fullWidth ? Theme.spaceS : Theme.spaceL),
            root.fullWidth ? parent.width : Math.max(420, row.implicitWidth + 2 * Theme.spaceL))
        height: row.implicitHeight + 2 * Theme.spaceS
        radius: Theme.radiusL
        color: root.urgent ? Theme.danger : Theme.toast
        border.width: Theme.dark ? 1 : 0
        border.color: Theme.outlineStrong
        visible: root.showing
        Accessible.role: Accessible.AlertMessage
        Accessible.name: root.text

        RowLayout {
            id: row

            anchors.fill: parent
            anchors.leftMargin: Theme.spaceL
            anchors.rightMargin: Theme.spaceS
            anchors.topMargin: Theme.spaceS
            anchors.bottomMargin: Theme.spaceS
            spacing: Theme.spaceM

            FaIcon {
                name: root.urgent ? "siren" : root.kind === "danger" ? "octagon" : root.kind === "info" ? "info" : "check-circle"
                color: root.ink
            }
            FaText {
                text: root.text
                strong: root.urgent
                color: root.ink
                Layout.fillWidth: true
                Layout.minimumHeight: Theme.target
                verticalAlignment: Text.AlignVCenter
            }
            FaButton {
                id: undo

                objectName: root.objectName + ".action"
                kind: "quiet"
                text: root.actionText
                visible: text !== ""
                onClicked: {
                    root.dismiss();
                    root.action();
                }

                contentItem: RowLayout {
                    spacing: Theme.spaceS

                    FaIcon {
                        name: "undo"
                        color: root.accent
                    }
                    FaText {
                        text: undo.text
                        kind: "label"
                        color: root.accent
                        Accessible.ignored: true
                    }
                    Rectangle {
                        implicitWidth: Math.max(34, secondsText.implicitWidth + 14)
                        implicitHeight: secondsText.implicitHeight + 4
                        radius: height / 2
                        color: "transparent"
                        border.width: 1
                        border.color: root.accent

                        FaText {
                            id: secondsText

                            anchors.centerIn: parent
                            kind: "caption"
                            text: Math.ceil(root.remaining)
                            color: root.accent
                            Accessible.ignored: true
                        }
                    }
                }
                background: Rectangle {
                    radius: Theme.radiusM
                    color: undo.down ? Qt.alpha(root.ink, 0.2) : "transparent"

                    FaFocusRing {
                        visible: undo.visualFocus
                        border.color: root.accent
                    }
                }
            }
            FaIconButton {
                id: closer

                objectName: root.objectName + ".close"
                iconName: "cross"
                text: qsTr("关闭")
                background: null
                contentItem: Item {
                    FaIcon {
                        anchors.centerIn: parent
                        name: closer.iconName
                        color: root.ink
                    }
                }
                onClicked: {
                    root.dismiss();
                    root.expired();
                }
            }
        }
        Rectangle {
            anchors.left: parent.left
            anchors.bottom: parent.bottom
            anchors.leftMargin: Theme.radiusL
            anchors.bottomMargin: root.urgent ? Theme.spaceXs : 0 // as bright as what lies below the bar
            width: (parent.width - 2 * Theme.radiusL) * root.remaining / root.seconds
            height: 3
            radius: 1.5
            color: root.accent
        }
    }
}
