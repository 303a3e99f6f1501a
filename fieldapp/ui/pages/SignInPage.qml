// Who works with the tablet now: an officer's number and PIN, without a network too.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

EntryFrame {
    id: root

    required property SessionViewModel session

    signal rescueAsked

    objectName: "signInPage"
    heading: qsTr("登录")
    dense: true
    tools: FaButton {
        objectName: "signIn.rescue"
        kind: "quiet"
        iconName: "storage"
        text: qsTr("救援导出")
        onClicked: root.rescueAsked()
    }
    function begin(): void {
        if (root.visible)
            (officer.text === "" ? officer : pin).forceActiveFocus();
    }

    onVisibleChanged: root.begin()
    Component.onCompleted: root.begin()

    Connections {
        target: root.session

        function onRefused(): void {
            pin.clear();
        }
        function onStageChanged(): void {
            pin.clear();
        }
    }

    ListView {
        objectName: "signIn.recent"
        model: root.session.officers
        orientation: ListView.Horizontal
        spacing: Theme.spaceS
        clip: true
        visible: root.session.officers.count > 0
        implicitHeight: Math.max(Theme.target, Math.ceil(1.7 * Theme.fontLabel) + 2 * Theme.spaceXs)
        boundsBehavior: Flickable.StopAtBounds
        Layout.fillWidth: true

        delegate: FaChip {
            required property string officerId
            required property string name

            objectName: "signIn.recent." + officerId
            text: name !== "" ? name + " " + officerId : officerId
            iconName: "user"
            checked: officer.text.trim().toUpperCase() === officerId
            onClicked: {
                officer.text = officerId;
                root.session.clearError();
                pin.clear();
                pin.forceActiveFocus();
            }
        }
    }
    FaTextField {
        id: officer

        objectName: "signIn.officer"
        label: qsTr("人员编号")
        value: root.session.lastOfficer
        placeholder: qsTr("如 %1").arg("G1001")
        iconName: "user"
        inputMethodHints: Qt.ImhPreferUppercase | Qt.ImhNoPredictiveText
        error: root.session.errorField === "officer" ? root.session.errorText : ""
        enabled: !root.session.busy
        Layout.fillWidth: true
        onEdited: root.session.clearError()
        onAccepted: pin.forceActiveFocus()
    }
    FaText {
        objectName: "signIn.message"
        kind: "label"
        text: root.session.errorField !== "officer" && root.session.errorText !== "" ? root.session.errorText
            : qsTr("请输入 PIN 码")
        color: root.session.errorText !== "" && root.session.errorField !== "officer" ? Theme.danger : Theme.textMuted
        horizontalAlignment: Text.AlignHCenter
        Accessible.role: Accessible.AlertMessage
        Layout.fillWidth: true
    }
    PinPad {
        id: pin

        objectName: "signIn.pin"
        busy: root.session.busy
        error: root.session.errorField === "pin"
        ready: officer.text.trim() !== ""
        tight: root.tight
        Layout.fillWidth: true
        onTouched: root.session.clearError()
        onSubmitted: digits => root.session.signIn(officer.text, digits)
    }
}
