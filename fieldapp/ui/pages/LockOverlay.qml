// The locked screen. What lies under it stays as it was; the same officer goes on, another one may take over.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import fieldapp.ui
import fieldapp.viewmodels

T.Popup {
    id: root

    required property SessionViewModel session
    property bool another: false

    objectName: "lockOverlay"
    parent: T.Overlay.overlay
    width: parent ? parent.width : 0
    height: parent ? parent.height : 0
    z: 10000
    modal: true
    focus: true
    closePolicy: T.Popup.NoAutoClose
    visible: root.session.locked
    onAboutToShow: {
        root.another = false;
        pin.clear();
    }
    onOpened: pin.forceActiveFocus()

    background: Rectangle {
        color: Theme.background
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("屏幕已锁定")

        MouseArea {
            anchors.fill: parent
        }
    }

    contentItem: FaScroll {
        id: scroll

        maximumWidth: Math.round(460 * Math.min(Theme.textScale, 1.5))

        ColumnLayout {
            id: column

            spacing: Theme.spaceM
            Layout.fillWidth: true
            Layout.topMargin: Math.max(0, (scroll.height - implicitHeight) / 2 - Theme.spaceXl)

            FaIcon {
                name: "lock"
                size: 48
                color: Theme.primary
                Layout.alignment: Qt.AlignHCenter
            }
            FaText {
                kind: "title"
                text: root.another ? qsTr("换人登录") : root.session.officerName
                horizontalAlignment: Text.AlignHCenter
                Layout.fillWidth: true
            }
            FaText {
                objectName: "lock.message"
                kind: "label"
                text: root.session.errorText !== "" ? root.session.errorText
                    : root.another ? qsTr("前一位人员的草稿会保留") : qsTr("屏幕已锁定，草稿都在。请输入 PIN 码继续")
                color: root.session.errorText !== "" ? Theme.danger : Theme.textMuted
                horizontalAlignment: Text.AlignHCenter
                Accessible.role: Accessible.AlertMessage
                Layout.fillWidth: true
            }
            FaTextField {
                id: officer

                objectName: "lock.officer"
                label: qsTr("人员编号")
                iconName: "user"
                inputMethodHints: Qt.ImhPreferUppercase | Qt.ImhNoPredictiveText
                visible: root.another
                enabled: !root.session.busy
                Layout.fillWidth: true
                onEdited: root.session.clearError()
                onAccepted: pin.forceActiveFocus()
            }
            PinPad {
                id: pin

                objectName: "lock.pin"
                submitText: root.another ? qsTr("登录") : qsTr("解锁")
                busy: root.session.busy
                error: root.session.errorField === "pin"
                ready: !root.another || officer.text.trim() !== ""
                focus: true
                Layout.fillWidth: true
                onTouched: root.session.clearError()
                onSubmitted: digits => root.session.signIn(root.another ? officer.text : root.session.officerId, digits)
            }
            FaButton {
                objectName: "lock.another"
                kind: "quiet"
                iconName: root.another ? "back" : "users"
                text: root.another ? qsTr("回到 %1").arg(root.session.officerName) : qsTr("换人登录")
                enabled: !root.session.busy
                Layout.alignment: Qt.AlignHCenter
                onClicked: {
                    root.another = !root.another;
                    root.session.clearError();
                    pin.clear();
                    if (root.another)
                        officer.focusInput();
                    else
                        pin.forceActiveFocus();
                }
            }
        }
    }

    Connections {
        target: root.session

        function onRefused(): void {
            pin.clear();
        }
    }
}
