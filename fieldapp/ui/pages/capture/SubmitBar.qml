// What is still missing, in words, and the one button that ends it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

Rectangle {
    id: root

    required property CaptureViewModel capture

    readonly property list<string> missing: root.capture.missing
    readonly property bool complete: root.missing.length === 0
    readonly property string lacking: root.missing.map(name => name === "photo" ? (root.capture.form.joins !== "" ? qsTr("照片或说明") : qsTr("照片")) : qsTr("类别")).join(qsTr("、"))

    implicitHeight: row.implicitHeight + 2 * Theme.spaceM
    color: Theme.surface

    RowLayout {
        id: row

        anchors.fill: parent
        anchors.leftMargin: Theme.spaceL
        anchors.rightMargin: Theme.spaceL
        spacing: Theme.spaceM

        FaIcon {
            name: root.complete ? "check-circle" : "info"
            color: root.complete ? Theme.success : Theme.textMuted
        }
        FaText {
            objectName: "submit.hint"
            text: root.complete ? qsTr("提交后先存本机，有网络时自动发送") : qsTr("还需要：%1").arg(root.lacking)
            kind: "caption"
            color: root.complete ? Theme.textMuted : Theme.text
            Layout.fillWidth: true
        }
        FaButton {
            objectName: "submit"
            text: root.capture.form.joins !== "" ? qsTr("补充") : qsTr("提交")
            iconName: "send"
            enabled: root.complete
            busy: root.capture.submitting
            Accessible.description: root.complete ? "" : qsTr("还需要：%1").arg(root.lacking)
            Layout.minimumWidth: 160
            onClicked: root.capture.submit()
        }
    }
    Rectangle {
        width: parent.width
        height: Theme.line
        color: Theme.sunlight ? Theme.outlineStrong : Theme.outline
    }
}
