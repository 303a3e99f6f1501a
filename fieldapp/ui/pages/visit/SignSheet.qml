// The field to sign in, large over the whole page.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.camera
import fieldapp.ui
import fieldapp.viewmodels

Rectangle {
    id: root

    required property VisitViewModel visit
    property string signer: ""

    signal closed

    anchors.fill: parent
    color: Theme.background
    visible: root.signer !== ""
    onVisibleChanged: pad.clear()

    MouseArea {
        anchors.fill: parent
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        FaPageHeader {
            objectName: "visit.signing"
            title: root.signer === "party" ? qsTr("请当事人签名") : qsTr("请检查人签名")
            subtitle: qsTr("用手指或笔在白色框内书写")
            showBack: true
            onBack: root.closed()
        }
        Rectangle {
            color: "white"
            border.color: Theme.outlineStrong
            border.width: Theme.lineStrong
            radius: Theme.radiusM
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.margins: Theme.spaceL
            Layout.preferredHeight: width * 0.4

            SignaturePad {
                id: pad

                objectName: "visit.pad"
                anchors.fill: parent
                anchors.margins: Theme.spaceXs
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("签名框")
            }
        }
        RowLayout {
            spacing: Theme.spaceM
            Layout.margins: Theme.spaceL
            Layout.topMargin: 0

            FaButton {
                objectName: "visit.pad.clear"
                kind: "secondary"
                large: true
                text: qsTr("重写")
                iconName: "refresh"
                onClicked: pad.clear()
            }
            FaButton {
                objectName: "visit.pad.done"
                kind: "primary"
                text: qsTr("确认签名")
                iconName: "check"
                enabled: !pad.empty
                Layout.fillWidth: true
                onClicked: {
                    root.visit.sign(root.signer, pad.strokes);
                    root.closed();
                }
            }
        }
    }
}
